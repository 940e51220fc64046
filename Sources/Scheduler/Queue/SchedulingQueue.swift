import KubeAPI
import Machinery
import Synchronization

/// The pods that wait for a node: those to try now, by priority and age; those resting after a failure; and those that
/// cannot be placed until something changes.
final class SchedulingQueue: Sendable {
    private struct Waiting {
        /// At rest, unless it is to be tried soon.
        var info: PodInfo
        var attempts = 0
        let order: UInt64
        var readyAt: ContinuousClock.Instant?
        var isGated = false
        /// Whether other labels of its own might let the pod fit.
        var dependsOnLabels = true
    }

    private struct State {
        var active = WaitingPods<Waiting>()
        var backingOff: [String: Waiting] = [:]
        /// Not later than the first moment at which one of those is ready.
        var firstReady: ContinuousClock.Instant?
        var unschedulable: [String: Waiting] = [:]
        /// Pods being tried, with their attempts so far.
        var inFlight: [String: Waiting] = [:]
        /// Something changed while a pod was being tried: its failure may be out of date.
        var changesWhileInFlight: Set<String> = []
        var lastOrder: UInt64 = 0
        var waiter: CheckedContinuation<Void, Never>?
        var isClosed = false
    }

    private static let initialBackoff = Duration.seconds(1)
    private static let maximumBackoff = Duration.seconds(10)
    /// Pods that nothing woke are tried again after this.
    static let maximumUnschedulableTime = Duration.seconds(300)

    private let state = Mutex(State())

    /// - Parameter onlyLabelsChanged: nothing but its labels is new about a pod that may be waiting already: one that
    ///   waits for something else goes on waiting.
    func add(_ info: PodInfo, isGated: Bool, onlyLabelsChanged: Bool = false) {
        wake { state in
            if onlyLabelsChanged, Self.relabel(info, &state) { return }
            var waiting = Self.take(info.uid, &state) ?? Waiting(info: info, order: Self.nextOrder(&state))
            waiting = Waiting(info: info, attempts: waiting.attempts, order: waiting.order, isGated: isGated)
            if isGated {
                state.unschedulable[info.uid] = waiting
            } else {
                Self.activate(waiting, &state)
            }
        }
    }

    func remove(uid: String) {
        state.withLock { state in
            _ = Self.take(uid, &state)
            state.inFlight[uid] = nil
        }
    }

    /// A pod could not be placed: it rests, then waits for a change, or for the next try when something changed
    /// meanwhile.
    func giveBack(_ info: PodInfo, dependsOnLabels: Bool = true) {
        wake { state in
            guard var waiting = state.inFlight.removeValue(forKey: info.uid) else { return }
            waiting.attempts += 1
            waiting.info = waiting.info.atRest()
            waiting.dependsOnLabels = dependsOnLabels
            let rest = min(
                Self.initialBackoff * Double(1 << min(waiting.attempts - 1, 10)), Self.maximumBackoff)
            if state.changesWhileInFlight.remove(info.uid) != nil {
                waiting.readyAt = .now + rest
                Self.backOff(waiting, &state)
            } else {
                waiting.readyAt = .now + rest
                state.unschedulable[info.uid] = waiting
            }
        }
    }

    /// A pod was placed.
    func done(uid: String) {
        state.withLock { state in
            state.inFlight[uid] = nil
            state.changesWhileInFlight.remove(uid)
        }
    }

    /// Something changed that may let waiting pods fit (a node came or changed, a pod went).
    func moveAll() {
        wake { state in
            state.changesWhileInFlight.formUnion(state.inFlight.keys)
            let now = ContinuousClock.now
            for (uid, waiting) in state.unschedulable where !waiting.isGated {
                state.unschedulable[uid] = nil
                if let readyAt = waiting.readyAt, readyAt > now {
                    Self.backOff(waiting, &state)
                } else {
                    Self.activate(waiting, &state)
                }
            }
        }
    }

    func close() {
        wake { $0.isClosed = true }
    }

    /// The next pod to try; waits for one. `nil` when closed.
    func next() async -> PodInfo? {
        while true {
            enum Step {
                case pod(PodInfo)
                case closed
                case wait(ContinuousClock.Instant?)
            }
            let step = state.withLock { state -> Step in
                if state.isClosed { return .closed }
                Self.activateReady(&state)
                if let first = state.active.popFirst() {
                    state.inFlight[first.info.uid] = first
                    return .pod(first.info)
                }
                return .wait(state.firstReady)
            }
            switch step {
            case .pod(let info): return info.awake()
            case .closed: return nil
            case .wait(let deadline): await wait(until: deadline)
            }
        }
    }

    private func wait(until deadline: ContinuousClock.Instant?) async {
        let timer = deadline.map { deadline in
            Task { [weak self] in
                // Cancelled when something else woke the queue first.
                do { try await Task.sleep(until: deadline) } catch { return }
                self?.wake { _ in }
            }
        }
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state -> Bool in
                if state.isClosed || !state.active.isEmpty { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        timer?.cancel()
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// How many pods to be tried are kept as trees.
    private static let awakeLimit = 256

    private static func activate(_ waiting: Waiting, _ state: inout State) {
        var waiting = waiting
        if state.active.count >= awakeLimit { waiting.info = waiting.info.atRest() }
        state.active.insert(
            waiting, uid: waiting.info.uid,
            rank: .init(priority: waiting.info.priority, order: waiting.order))
    }

    private static func backOff(_ waiting: Waiting, _ state: inout State) {
        state.backingOff[waiting.info.uid] = waiting
        if let readyAt = waiting.readyAt { state.firstReady = min(state.firstReady ?? readyAt, readyAt) }
    }

    /// Lets those try again that have rested long enough.
    private static func activateReady(_ state: inout State) {
        let now = ContinuousClock.now
        guard let first = state.firstReady, first <= now else { return }
        state.firstReady = nil
        for (uid, waiting) in state.backingOff {
            if let readyAt = waiting.readyAt, readyAt > now {
                state.firstReady = min(state.firstReady ?? readyAt, readyAt)
            } else {
                state.backingOff[uid] = nil
                activate(waiting, &state)
            }
        }
    }

    /// Notes a waiting pod's new labels; false where they may matter, or where it does not wait for a change.
    private static func relabel(_ info: PodInfo, _ state: inout State) -> Bool {
        if let waiting = state.unschedulable[info.uid], !waiting.dependsOnLabels {
            state.unschedulable[info.uid]?.info = info.atRest()
            return true
        }
        if let waiting = state.backingOff[info.uid], !waiting.dependsOnLabels {
            state.backingOff[info.uid]?.info = info.atRest()
            return true
        }
        return false
    }

    private static func take(_ uid: String, _ state: inout State) -> Waiting? {
        state.active.remove(uid: uid) ?? state.backingOff.removeValue(forKey: uid)
            ?? state.unschedulable.removeValue(forKey: uid)
    }

    private static func nextOrder(_ state: inout State) -> UInt64 {
        state.lastOrder += 1
        return state.lastOrder
    }
}
