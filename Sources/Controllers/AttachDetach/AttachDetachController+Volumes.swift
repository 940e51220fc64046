import Client
import KubeAPI
import Machinery

extension AttachDetachController {
    func attachAndDetach(_ volume: AttachableVolume) async throws -> ReconcileOutcome {
        let users = users(of: volume)
        let present = attachments.byIndex(Index.volume, volume.name)
            .filter { $0.name == volume.attachmentName($0.spec.nodeName) }
        var wait: Duration?
        for attachment in present {
            if users[attachment.spec.nodeName] != nil {
                keep(attachment, volume, users[attachment.spec.nodeName] ?? [])
            } else if let delay = try await detach(attachment, volume) {
                wait = min(wait ?? delay, delay)
            }
        }
        // Until an attachment is gone, the volume is where it was.
        var taken = present.map(\.spec.nodeName)
        for (node, pods) in users.sorted(by: { $0.key < $1.key }) where !taken.contains(node) {
            guard taken.isEmpty || volume.isShared else {
                report(volume, pods, taken: taken)
                continue
            }
            try await attach(volume, node)
            taken.append(node)
        }
        return wait.map { .requeue(after: $0) } ?? .done
    }

    /// The pods that need a volume, by their node; none when its driver needs no attaching.
    private func users(of volume: AttachableVolume) -> [String: [Pod]] {
        if drivers.get(ObjectKey(namespace: "", name: volume.driver))?.spec.attachRequired == false { return [:] }
        guard let object = volumes.get(ObjectKey(namespace: "", name: volume.name)), let key = object.claimKey,
            let claim = claims.get(key), claim.uid == object.spec.claimRef?.uid, claim.volumeName == volume.name
        else { return [:] }
        let using = PodsByClaim.pods(using: key, in: pods).filter { pod in
            guard !pod.nodeName.isEmpty, !VolumeUsers.isEnded(pod) else { return false }
            let node = nodes.get(ObjectKey(namespace: "", name: pod.nodeName))
            return node.map(Self.isManaged) ?? false
        }
        return Dictionary(grouping: using, by: \.nodeName)
    }

    private func attach(_ volume: AttachableVolume, _ node: String) async throws(StatusError) {
        do throws(StatusError) {
            _ = try await context.client.create(volume.attachment(node))
        } catch {
            if !error.isAlreadyExists { throw error }
        }
    }

    /// An attachment that is needed: pods hear how it is.
    private func keep(_ attachment: VolumeAttachment, _ volume: AttachableVolume, _ pods: [Pod]) {
        memory.unwanted.withLock { $0[attachment.name] = nil }
        guard !attachment.isBeingDeleted else { return }
        let isBack = memory.detaching.withLock { $0.remove(attachment.name) != nil }
        if isBack { queue.add(.node(attachment.spec.nodeName)) }
        if attachment.status.attached {
            guard isNews("attached", attachment.name) else { return }
            for pod in pods {
                recorder.event(
                    pod, reason: "SuccessfulAttachVolume",
                    message: "AttachVolume.Attach succeeded for volume \"\(volume.name)\" ")
            }
        } else if let error = attachment.status.attachError?.message {
            guard isNews(error, attachment.name) else { return }
            for pod in pods {
                recorder.event(
                    pod, type: .warning, reason: "FailedAttachVolume",
                    message: "AttachVolume.Attach failed for volume \"\(volume.name)\" : \(error)")
            }
        }
    }

    private func isNews(_ what: String, _ attachment: String) -> Bool {
        memory.told.withLock { told in
            defer { told[attachment] = what }
            return told[attachment] != what
        }
    }

    /// Gives up an attachment that nobody needs, once its node has unmounted the volume.
    /// - Returns: how long a node that does not answer may still keep it.
    private func detach(_ attachment: VolumeAttachment, _ volume: AttachableVolume) async throws -> Duration? {
        guard !attachment.isBeingDeleted else { return nil }
        let name = attachment.spec.nodeName
        let node = nodes.get(ObjectKey(namespace: "", name: name))
        let isMounted = node?.status.volumesInUse.contains(volume.uniqueName) ?? false
        let isOutOfService = node?.spec.taints.contains { $0.key == Self.outOfServiceTaint } ?? false
        if isMounted, !isOutOfService {
            let now = context.now
            let since = memory.unwanted.withLock { unwanted in
                let since = unwanted[attachment.name] ?? now
                unwanted[attachment.name] = since
                return since
            }
            let left = since + Self.unmountLimit - now
            // A node that answers unmounts it in its own time.
            guard left <= .zero, node?.readyStatus != "True" else { return left > .zero ? left : nil }
        }
        // The node hears first, so that it does not mount what is on its way out.
        memory.detaching.withLock { _ = $0.insert(attachment.name) }
        do {
            try await tell(name)
            try await delete(attachment)
        } catch {
            memory.detaching.withLock { _ = $0.remove(attachment.name) }
            throw error
        }
        return nil
    }

    private func delete(_ attachment: VolumeAttachment) async throws(StatusError) {
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = attachment.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(VolumeAttachment.self, attachment.key, options)
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    /// Writes into a node's status what is attached to it.
    func tell(_ name: String) async throws {
        guard let node = nodes.get(ObjectKey(namespace: "", name: name)), Self.isManaged(node) else { return }
        let detaching = memory.detaching.withLock { $0 }
        let names = attachments.byIndex(Index.node, name).compactMap { attachment -> String? in
            guard attachment.status.attached, !attachment.isBeingDeleted, !detaching.contains(attachment.name),
                let volumeName = attachment.spec.source.persistentVolumeName,
                let volume = volumes.get(ObjectKey(namespace: "", name: volumeName)), let source = volume.spec.csi
            else { return nil }
            return AttachableVolume(name: volumeName, source: source, volume: volume).uniqueName
        }.sorted()
        guard names != node.status.volumesAttached.map(\.name).sorted() else { return }
        let list: [JSON] = names.map { ["name": .string($0), "devicePath": ""] }
        let patch: JSON = [
            "metadata": ["uid": .string(node.uid)],
            "status": ["volumesAttached": list.isEmpty ? .null : .array(list)],
        ]
        do throws(StatusError) {
            _ = try await context.client.patch(Node.self, node.key, .merge(patch), subresource: "status")
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    /// Tells pods whose volume another node has.
    private func report(_ volume: AttachableVolume, _ waiting: [Pod], taken: [String]) {
        let holders = claimants(of: volume).filter { taken.contains($0.nodeName) }
        for pod in waiting {
            let near = holders.filter { $0.namespace == pod.namespace }.map(\.name).sorted()
            let far = holders.count { $0.namespace != pod.namespace }
            let why: String
            if holders.isEmpty {
                why = "Volume is already exclusively attached to one node and can't be attached to another"
            } else if near.isEmpty {
                why = "Volume is already used by \(far) pod(s) in different namespaces"
            } else {
                why =
                    "Volume is already used by pod(s) \(near.joined(separator: ", "))"
                    + (far > 0 ? " and \(far) pod(s) in different namespaces" : "")
            }
            guard isNews(why, "\(pod.uid)/\(volume.name)") else { continue }
            recorder.event(
                pod, type: .warning, reason: "FailedAttachVolume",
                message: "Multi-Attach error for volume \"\(volume.name)\" \(why)")
        }
    }

    private func claimants(of volume: AttachableVolume) -> [Pod] {
        volumes.get(ObjectKey(namespace: "", name: volume.name))?.claimKey
            .map { PodsByClaim.pods(using: $0, in: pods) } ?? []
    }
}
