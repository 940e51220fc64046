import Foundation
import Synchronization

/// Judges the whole history of a churn's pods and Jobs.
final class ChurnAudit: Sendable {
    private struct State {
        /// Pods that are there, by name.
        var present: [String: String] = [:]
        /// How many pods were made for each place: a Job's index, a Job as a whole, a StatefulSet's ordinal.
        var made: [String: Int] = [:]
        var completed: [String: String] = [:]
        var faults: [String] = []
        var podCount = 0
        var completions = 0
    }

    private let state = Mutex(State())

    var faults: [String] { state.withLock { $0.faults } }
    var podCount: Int { state.withLock { $0.podCount } }
    var completions: Int { state.withLock { $0.completions } }

    /// How many pods were ever made for a place.
    func made(_ place: String) -> Int { state.withLock { $0.made[place] ?? 0 } }

    func take(pod kind: HistoryWatcher.Kind, _ pod: Object) {
        state.withLock { state in
            switch kind {
            case .added:
                state.podCount += 1
                if let other = state.present[pod.name] {
                    state.faults.append("\(pod.name) was made while \(other) had that name")
                }
                state.present[pod.name] = pod.uid
                for place in Self.places(pod) { state.made[place, default: 0] += 1 }
                if let index = pod.annotations["batch.kubernetes.io/job-completion-index"],
                    state.made["\(pod.ownerUID)/\(index)"] ?? 0 > 1
                {
                    state.faults.append(
                        "index \(index) of \(pod.labels["job-name"] ?? "") got a second pod, \(pod.name)")
                }
            case .modified: break
            case .deleted: state.present[pod.name] = nil
            }
        }
    }

    private static func places(_ pod: Object) -> [String] {
        if let index = pod.annotations["batch.kubernetes.io/job-completion-index"] {
            return [pod.ownerUID, "\(pod.ownerUID)/\(index)"]
        }
        if let ordinal = pod.labels["apps.kubernetes.io/pod-index"] { return ["\(pod.ownerUID)/\(ordinal)"] }
        return [pod.ownerUID]
    }

    func take(job kind: HistoryWatcher.Kind, _ job: Object) {
        guard kind != .deleted else { return }
        let status = job.part("status")
        let wanted = job.part("spec")["completions"] as? Int ?? 1
        let succeeded = status["succeeded"] as? Int ?? 0
        let conditions = status["conditions"] as? [[String: Any]] ?? []
        let isComplete = conditions.contains {
            $0["type"] as? String == "Complete" && $0["status"] as? String == "True"
        }
        let time = status["completionTime"] as? String ?? ""
        state.withLock { state in
            if succeeded > wanted { state.faults.append("\(job.name) succeeded \(succeeded) times of \(wanted)") }
            if conditions.contains(where: { $0["type"] as? String == "Failed" }) {
                state.faults.append("\(job.name) failed")
            }
            if let before = state.completed[job.uid] {
                if !isComplete || time != before || succeeded != wanted {
                    state.faults.append("\(job.name) was complete at \(before), then: \(status)")
                }
            } else if isComplete {
                state.completed[job.uid] = time
                state.completions += 1
                if succeeded != wanted { state.faults.append("\(job.name) complete with \(succeeded) of \(wanted)") }
            }
        }
    }
}
