import Client
import KubeAPI
import Machinery

/// How many pods the owners of some pods want: of the built-in workloads from the informers, of any other kind by its
/// `scale` subresource.
struct PodOwners: Sendable {
    /// Why the owners' wishes are not known.
    enum Failure: Error, CustomStringConvertible {
        case request(StatusError)
        case cannotCount(String)

        var description: String {
            switch self {
            case .request(let error): error.message
            case .cannotCount(let why): why
            }
        }
    }

    private struct Owner: Sendable {
        let uid: String
        let replicas: Int
    }

    private let context: ControllerContext
    private let deployments: Informer<Deployment>
    private let replicaSets: Informer<ReplicaSet>
    private let replicationControllers: Informer<ReplicationController>
    private let statefulSets: Informer<StatefulSet>
    private let scales: ScaleFinder

    init(_ context: ControllerContext) {
        self.context = context
        deployments = context.informers.informer(Deployment.self)
        replicaSets = context.informers.informer(ReplicaSet.self)
        replicationControllers = context.informers.informer(ReplicationController.self)
        statefulSets = context.informers.informer(StatefulSet.self)
        scales = ScaleFinder(client: context.client)
    }

    var sources: [any InformerSource] { [deployments, replicaSets, replicationControllers, statefulSets] }

    /// How many pods there should be, and the names of those nobody asked for.
    func expectedPods(_ pods: [Pod]) async throws(Failure) -> (total: Int, unmanaged: [String]) {
        var unmanaged: [String] = []
        var seen: Set<String> = []
        var wanted: [String: Int] = [:]
        for pod in pods {
            guard let reference = pod.controllerOwner else {
                unmanaged.append(pod.name)
                continue
            }
            guard seen.insert(reference.uid).inserted else { continue }
            guard let owner = try await owner(reference, pod.namespace) else {
                throw .cannotCount("found no controllers for pod \(GoQuote.quote(pod.name))")
            }
            wanted[owner.uid] = owner.replicas
        }
        return (wanted.values.reduce(0, +), unmanaged)
    }

    private func owner(_ reference: OwnerReference, _ namespace: String) async throws(Failure) -> Owner? {
        let key = ObjectKey(namespace: namespace, name: reference.name)
        guard let version = GroupVersion(apiVersion: reference.apiVersion) else { return nil }
        switch (version.group, reference.kind) {
        case ("", "ReplicationController"):
            return replicationControllers.get(key).flatMap { Self.owner($0, reference, $0.replicas) }
        case ("apps", "StatefulSet"):
            return statefulSets.get(key).flatMap { Self.owner($0, reference, $0.replicas) }
        case ("apps", "ReplicaSet"):
            guard let replicaSet = replicaSets.get(key), replicaSet.uid == reference.uid else { return nil }
            guard let above = replicaSet.controllerOwner, above.kind == "Deployment" else {
                return Self.owner(replicaSet, reference, replicaSet.replicas)
            }
            let deployment = deployments.get(ObjectKey(namespace: namespace, name: above.name))
            return deployment.flatMap { Self.owner($0, above, Int($0.spec.replicas ?? 1)) }
        default:
            return try await scaled(reference, version, key)
        }
    }

    private static func owner(_ object: some KubeObject, _ reference: OwnerReference, _ replicas: Int) -> Owner? {
        object.uid == reference.uid ? Owner(uid: object.uid, replicas: replicas) : nil
    }

    private func scaled(
        _ reference: OwnerReference, _ version: GroupVersion, _ key: ObjectKey
    ) async throws(Failure) -> Owner? {
        let kind = GroupVersionKind(group: version.group, version: version.version, kind: reference.kind)
        do throws(StatusError) {
            guard let target = try await scales.target(of: kind) else {
                throw StatusError.badRequest(
                    "no matches for kind \(GoQuote.quote(kind.kind)) in version "
                        + GoQuote.quote(version.apiVersion))
            }
            guard target.hasScale else {
                throw StatusError.badRequest(
                    "\(target.resource.groupResource) does not implement the scale subresource")
            }
            let scale = try await scales.get(target.resource, key)
            guard scale.metadata.uid == reference.uid else { return nil }
            return Owner(uid: reference.uid, replicas: Int(scale.spec.replicas ?? 0))
        } catch {
            if error.isNotFound { return nil }
            throw .request(error)
        }
    }
}
