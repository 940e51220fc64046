import Client
import KubeAPI
import Machinery

extension ResourceClaimController {
    /// Sees to it that a pod has the claims it asks for by template, and that what it runs with is reserved for it.
    func provide(for pod: Pod) async throws {
        var names: [JSON] = []
        for wanted in PodClaims.wanted(by: pod) {
            do throws(StatusError) {
                guard let name = try await claimName(wanted, pod) else { continue }
                names.append(["name": .string(wanted.name), "resourceClaimName": .string(name)])
            } catch {
                recorder.event(
                    pod, type: .warning, reason: "FailedResourceClaimCreation",
                    message: "PodResourceClaim \(wanted.name): \(error.message)")
                throw error
            }
        }
        if !names.isEmpty {
            // Told in the status, the pod comes here again.
            return try await PodDisruption.patch(pod, ["resourceClaimStatuses": .array(names)], context)
        }
        guard !pod.nodeName.isEmpty else { return }
        for wanted in PodClaims.wanted(by: pod) { try await reserve(wanted, for: pod) }
    }

    /// The claim's name where the pod's status does not say it yet.
    private func claimName(_ wanted: PodResourceClaim, _ pod: Pod) async throws(StatusError) -> String? {
        guard let template = wanted.resourceClaimTemplateName else { return nil }
        switch PodClaims.name(of: wanted, in: pod) {
        case .given, .unneeded: return nil
        case .made(let name):
            let present = claims.get(ObjectKey(namespace: pod.namespace, name: name))
            if present.flatMap(PodClaims.owner)?.uid == pod.uid { return nil }
        case .unknown: break
        }
        let owned = claims.byIndex(Index.owner, pod.uid)
        if let made = owned.first(where: { $0.annotations[Self.podClaimAnnotation] == wanted.name }) {
            return made.name
        }
        let entry = Memory.Entry(pod: pod.uid, claim: wanted.name)
        if let made = memory.made.withLock({ $0[entry] }) { return made }
        let made = try await make(wanted, template, for: pod)
        memory.made.withLock { $0[entry] = made.name }
        return made.name
    }

    private func make(
        _ wanted: PodResourceClaim, _ name: String, for pod: Pod
    ) async throws(StatusError) -> ResourceResourceClaim {
        guard let template = templates.get(ObjectKey(namespace: pod.namespace, name: name)) else {
            let why = "resourceclaimtemplate.resource.k8s.io \"\(name)\" not found"
            throw StatusError(
                code: 404, reason: .notFound, message: "resource claim template \"\(name)\": \(why)")
        }
        var claim = ResourceResourceClaim(json: [:])
        claim.metadata.namespace = pod.namespace
        claim.metadata.generateName = PodClaims.generateName(pod: pod.name, claim: wanted.name)
        var owner = pod.controllerReference
        owner.blockOwnerDeletion = nil
        claim.metadata.ownerReferences = [owner]
        claim.metadata.labels = template.spec.metadata.labels
        claim.metadata.annotations = template.spec.metadata.annotations
        claim.metadata.annotations[Self.podClaimAnnotation] = wanted.name
        claim.spec = template.spec.spec
        do throws(StatusError) {
            return try await context.client.create(claim)
        } catch {
            throw StatusError(
                code: error.code, reason: error.reason, message: "create ResourceClaim : \(error.message)")
        }
    }

    /// For pods that did not come by way of the scheduler.
    private func reserve(_ wanted: PodResourceClaim, for pod: Pod) async throws(StatusError) {
        let name: String
        switch PodClaims.name(of: wanted, in: pod) {
        case .given(let given): name = given
        case .made(let made): name = made
        case .unknown, .unneeded: return
        }
        guard var claim = claims.get(ObjectKey(namespace: pod.namespace, name: name)),
            claim.status.allocation != nil, claim.status.reservedFor.count < Self.maximumConsumers,
            !claim.status.reservedFor.contains(where: { $0.uid == pod.uid })
        else { return }
        if wanted.resourceClaimName == nil, PodClaims.owner(of: claim)?.uid != pod.uid { return }
        var consumer = ResourceClaimConsumerReference()
        consumer.resource = "pods"
        consumer.name = pod.name
        consumer.uid = pod.uid
        claim.status.reservedFor.append(consumer)
        _ = try await context.client.updateStatus(claim)
    }
}
