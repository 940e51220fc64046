import CRI

/// Everything the runtime has, by the uid of the pod it belongs to.
package struct RuntimeSnapshot: Sendable {
    package var sandboxes: [String: [SandboxRecord]] = [:]
    package var containers: [String: [ContainerRecord]] = [:]

    package init() {}

    /// Asks the runtime for everything, the details included.
    package static func read(_ runtime: any RuntimeService) async throws(CRIError) -> RuntimeSnapshot {
        var snapshot = RuntimeSnapshot()
        for sandbox in try await runtime.listPodSandboxes(nil) {
            guard let uid = sandbox.labels[RuntimeLabels.podUID] else { continue }
            do {
                let status = try await runtime.podSandboxStatus(sandbox.id, verbose: false).status
                snapshot.sandboxes[uid, default: []].append(SandboxRecord(status))
            } catch  where error.code == .notFound {
                continue
            }
        }
        for container in try await runtime.listContainers(nil) {
            guard let uid = container.labels[RuntimeLabels.podUID] else { continue }
            do {
                let status = try await runtime.containerStatus(container.id, verbose: false).status
                let record = ContainerRecord(status, sandboxID: container.podSandboxId)
                snapshot.containers[uid, default: []].append(TerminationMessage.completed(record))
            } catch  where error.code == .notFound {
                continue
            }
        }
        return snapshot
    }
}
