import Glibc

/// How much the server does at once, and how long requests wait for their turn.
package struct FlowSettings: Sendable {
    /// Borrowed seats are dealt anew so often.
    static let adjustmentSeconds: Seconds = 10

    /// Requests at once, of all levels that have limits.
    package var seats: Int
    /// Who waited so long is rejected.
    package var waitSeconds: Seconds

    /// Kubernetes' numbers of requests at once: `--max-requests-inflight`, `--max-mutating-requests-inflight`.
    package static let kubernetesReads = 400
    package static let kubernetesWrites = 200
    private static let seatsPerProcessor = 300

    /// - Parameter waitSeconds: a quarter of the sixty seconds that requests have.
    package init(seats: Int, waitSeconds: Seconds = 15) {
        self.seats = max(1, seats)
        self.waitSeconds = waitSeconds
    }

    package static var forThisMachine: FlowSettings { forProcessors(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Seats for a machine of so many processors. Most of those who hold one wait for the disk, and fewer at once means
    /// smaller commits; what keeps the others from waiting long for a processor are the turns that levels take.
    package static func forProcessors(_ count: Int) -> FlowSettings {
        FlowSettings(seats: min(kubernetesReads + kubernetesWrites, max(1, count) * seatsPerProcessor))
    }
}
