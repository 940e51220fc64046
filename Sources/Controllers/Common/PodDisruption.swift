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
        var updated = pod
        if !isMarked {
            var condition = PodCondition()
            condition.type = "DisruptionTarget"
            condition.status = "True"
            condition.reason = reason
            condition.message = message
            condition.lastTransitionTime = context.now
            updated.status.conditions = pod.status.conditions.filter { $0.type != "DisruptionTarget" } + [condition]
        }
        if failing, !pod.isTerminal { updated.status.phase = "Failed" }
        do throws(StatusError) {
            _ = try await context.client.updateStatus(updated)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}
