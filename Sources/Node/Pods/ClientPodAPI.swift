import Client
import KubeAPI
import Machinery

/// Pods through the cluster's API.
package struct ClientPodAPI: PodAPI {
    private let client: Client
    private let events: EventRecorder

    package init(client: Client, events: EventRecorder) {
        self.client = client
        self.events = events
    }

    package func patchStatus(_ pod: Pod, _ patch: ObjectPatch) async throws -> Pod {
        try await client.patch(Pod.self, pod.key, patch, subresource: "status")
    }

    package func finalize(_ pod: Pod) async throws {
        var options = DeleteOptions()
        options.gracePeriodSeconds = 0
        var preconditions = Preconditions()
        preconditions.uid = pod.uid
        options.preconditions = preconditions
        do {
            try await client.delete(Pod.self, pod.key, options)
        } catch {
            // Gone already, or another pod of the same name is there now.
            guard error.reason == .notFound || error.reason == .conflict else { throw error }
        }
    }

    package func event(_ pod: Pod, isWarning: Bool, reason: String, message: String, container: String?) {
        var path: String?
        if let container, let kind = pod.container(named: container)?.kind {
            switch kind {
            case .main: path = "spec.containers{\(container)}"
            case .initialization, .sidecar: path = "spec.initContainers{\(container)}"
            case .ephemeral: path = "spec.ephemeralContainers{\(container)}"
            }
        }
        events.event(pod, type: isWarning ? .warning : .normal, reason: reason, message: message, fieldPath: path)
    }
}
