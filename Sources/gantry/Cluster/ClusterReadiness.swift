import Client
import KubeAPI
import Machinery

/// Waits until a cluster can run pods: its node is Ready and the default Service is there. By watching, not asking.
struct ClusterReadiness: Sendable {
    let client: Client
    let nodeName: String

    func wait(_ done: @Sendable (String) -> Void) async throws {
        _ = try await client.get(Service.self, ObjectKey(namespace: "default", name: "kubernetes"))
        let events = try await client.watch(
            Node.self, WatchOptions(fieldSelector: "metadata.name=\(nodeName)"))
        for try await event in events {
            switch event {
            case .added(let node), .modified(let node):
                let isReady = node.status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
                let isTainted = node.spec.taints.contains { $0.key == "node.kubernetes.io/not-ready" }
                guard isReady, !isTainted else { continue }
                done("node \(nodeName) ready")
                return
            case .deleted, .bookmark:
                continue
            }
        }
        throw CommandFailure("the watch of node \(nodeName) ended before it was ready")
    }
}
