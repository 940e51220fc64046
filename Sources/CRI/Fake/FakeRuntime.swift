import Machinery
import Synchronization

/// A container runtime that runs nothing: sandboxes and containers exist as records, and end when they are told to.
///
/// For tests of the node agent and for clusters of make-believe nodes. Every image is present unless `missingImages`
/// names it. Calls are recorded in order; failures can be planted per call.
package final class FakeRuntime: ContainerRuntime {
    /// One record of what was asked for, such as `RunPodSandbox default/web`.
    package typealias Call = String

    struct State {
        var sandboxes: [String: RuntimeV1.PodSandboxStatus] = [:]
        var containers: [String: FakeContainer] = [:]
        var images: [String: RuntimeV1.Image] = [:]
        var missingImages: Set<String> = []
        /// What views of images show, by the image's id.
        var imageFolders: [String: String] = [:]
        var imageViews: [String: ImageView] = [:]
        var imageLabels: [String: [String: String]] = [:]
        var failures: [String: [CRIError]] = [:]
        var execResults: [String: RuntimeV1.ExecSyncResponse] = [:]
        var calls: [Call] = []
        var nextNumber = 1
        var subscribers: [Int: AsyncStream<RuntimeEvent>.Continuation] = [:]
        var nextSubscriber = 0
        /// Containers of these names end at once with this code.
        var exitCodes: [String: Int32] = [:]
        /// Containers of these names ignore the request to end until they are killed by `exit(containerNamed:)`.
        var stubborn: Set<String> = []
        var stopWaiters: [String: [CheckedContinuation<Void, Never>]] = [:]
        var callWaiters: [(prefix: String, continuation: CheckedContinuation<Void, Never>)] = []
    }

    struct FakeContainer {
        var status: RuntimeV1.ContainerStatus
        var sandbox: String
        var config: RuntimeV1.ContainerConfig
    }

    let state = Mutex(State())
    let clock: any WallClock

    package init(clock: any WallClock = SystemWallClock()) {
        self.clock = clock
    }

    var nanoseconds: Int64 {
        let now = clock.now
        return now.seconds * 1_000_000_000 + Int64(now.nanoseconds)
    }

    /// Notes a call, and fails it when a failure was planted for it.
    func note(_ call: String, _ subject: String = "") throws(CRIError) {
        let text = subject.isEmpty ? call : "\(call) \(subject)"
        let (failure, waiters) = state.withLock { state -> (CRIError?, [CheckedContinuation<Void, Never>]) in
            state.calls.append(text)
            let waiters = state.callWaiters.filter { text.hasPrefix($0.prefix) }.map(\.continuation)
            state.callWaiters.removeAll { text.hasPrefix($0.prefix) }
            guard var planted = state.failures[call], !planted.isEmpty else { return (nil, waiters) }
            let first = planted.removeFirst()
            state.failures[call] = planted
            return (first, waiters)
        }
        for waiter in waiters { waiter.resume() }
        if let failure { throw failure }
    }

    func emit(_ event: RuntimeEvent) {
        let subscribers = state.withLock { Array($0.subscribers.values) }
        for subscriber in subscribers { subscriber.yield(event) }
    }

    static func notFound(_ what: String, _ id: String) -> CRIError {
        CRIError(code: .notFound, message: "\(what) \"\(id)\": not found")
    }
}
