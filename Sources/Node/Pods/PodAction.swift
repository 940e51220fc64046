/// Work in flight for a pod. A pod never has two of the same.
package enum PodOperation: Hashable, Sendable {
    case prepareVolumes
    case createSandbox
    case start(container: String)
    case stop(containerID: String)
    case stopSandbox(id: String)
    case removeContainer(id: String)
    case removeSandbox(id: String)
    case finalize
    case cleanUp
}

/// Why containers of a pod are killed.
package struct StopOrder: Hashable, Sendable {
    package let containerID: String
    package let name: String
    package let graceSeconds: Int64
    /// The event's words; `nil` for a stop that needs none.
    package let message: String?
    /// Hooks are skipped for containers that are broken or were never ready to be asked.
    package let runsPreStop: Bool

    package init(containerID: String, name: String, graceSeconds: Int64, message: String?, runsPreStop: Bool) {
        self.containerID = containerID
        self.name = name
        self.graceSeconds = graceSeconds
        self.message = message
        self.runsPreStop = runsPreStop
    }
}

/// What the machine wants done. The worker does it outside, and brings back the result as an input.
package enum PodAction: Hashable, Sendable {
    case prepareVolumes
    case createSandbox(attempt: Int64)
    case start(container: String, kind: ContainerKind, restartCount: Int32, sandboxID: String)
    case stop(StopOrder)
    case stopSandbox(id: String)
    case removeContainer(id: String, name: String, isKnown: Bool)
    /// Forgets a sandbox that was replaced.
    case removeSandbox(id: String)
    /// Deletes the pod from the API, its containers being gone.
    case finalize
    /// Removes what is left of the pod on this node.
    case cleanUp
    case wake(after: Duration)
    case event(isWarning: Bool, reason: String, message: String, container: String?)
}

/// What the outside tells the machine.
package enum PodInput: Sendable {
    case sandbox(SandboxRecord)
    case sandboxGone(id: String)
    case container(ContainerRecord)
    case containerGone(id: String)
    case volumesPrepared
    /// An operation failed; it is tried again after the delay.
    case failed(PodOperation, reason: String, message: String, retryAfter: Duration)
    /// The start of a container ended without a container: its image is on the way.
    case pulling(container: String)
    case pullEnded(container: String)
    case finished(PodOperation)
    case finalized
    case cleanedUp
    case probe(containerID: String, ProbeVerdict)
    case tick
}

/// What a probe decided about a container.
package enum ProbeVerdict: Hashable, Sendable {
    case started
    case ready(Bool)
    /// Liveness or startup failed for good: the container has to go.
    case failing(kind: ProbeKind, graceSeconds: Int64?)
}

package enum ProbeKind: String, Hashable, Sendable, CaseIterable {
    case startup = "Startup"
    case liveness = "Liveness"
    case readiness = "Readiness"

    /// As in `failed liveness probe`.
    package var word: String {
        switch self {
        case .startup: "startup"
        case .liveness: "liveness"
        case .readiness: "readiness"
        }
    }
}
