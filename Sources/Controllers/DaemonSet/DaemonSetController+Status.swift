import Client
import KubeAPI
import Machinery

extension DaemonSetController {
    func updateStatus(of daemonSet: DaemonSet, _ placement: DaemonPlacement) async throws(StatusError) {
        var updated = daemonSet
        updated.status = placement.status()
        guard updated.status != daemonSet.status else { return }
        do throws(StatusError) {
            _ = try await context.client.updateStatus(updated)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}
