import Client
import KubeAPI
import Machinery

/// Tells a pod's readers why it is about to be deleted, by its condition `DisruptionTarget`.
enum PodDisruption {
    /// - Parameter failing: also set the phase of a pod whose node can no longer do it.
    static func mark(
        _ pod: Pod, reason: String, message: String, failing: Bool, _ context: ControllerContext
    ) async throws(StatusError) {
        let isMarked = pod.condition("DisruptionTarget")?.status == "True"
        guard !isMarked || (failing && !pod.isTerminal) else { return }
        var status = JSONObject()
        if !isMarked {
            var condition = PodCondition()
            condition.type = "DisruptionTarget"
            condition.status = "True"
            condition.reason = reason
            condition.message = message
            condition.lastTransitionTime = context.now
            status["conditions"] = [.object(condition.json)]
        }
        if failing, !pod.isTerminal { status["phase"] = "Failed" }
        try await patch(pod, status, context)
    }

    /// Merges into a pod's status: others write it too, and conditions merge by their type.
    static func patch(_ pod: Pod, _ status: JSONObject, _ context: ControllerContext) async throws(StatusError) {
        let patch: JSON = ["metadata": ["uid": .string(pod.uid)], "status": .object(status)]
        do throws(StatusError) {
            _ = try await context.client.patch(Pod.self, pod.key, .strategic(patch), subresource: "status")
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}
