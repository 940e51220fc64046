import NIOCore
import Synchronization

/// The open connections of a server: counted, limited, and told when the server shuts down.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var draining = false
        var whenEmpty: EventLoopPromise<Void>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { state.withLock { $0.channels.count } }

    /// Admits a connection; false where there are too many or the server is shutting down.
    func admit(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let admitted = state.withLock { state -> Bool in
            guard !state.draining, state.channels.count < limit else { return false }
            state.channels[id] = channel
            return true
        }
        if admitted {
            channel.closeFuture.whenComplete { _ in self.remove(id) }
        }
        return admitted
    }

    private func remove(_ id: ObjectIdentifier) {
        let whenEmpty = state.withLock { state -> EventLoopPromise<Void>? in
            state.channels[id] = nil
            guard state.channels.isEmpty else { return nil }
            defer { state.whenEmpty = nil }
            return state.whenEmpty
        }
        whenEmpty?.succeed()
    }

    /// Tells every connection to end, waits for that up to `deadline`, then closes those left and waits for them.
    func drain(deadline: TimeAmount, on loop: any EventLoop) async {
        let empty = loop.makePromise(of: Void.self)
        let open = state.withLock { state -> [any Channel] in
            state.draining = true
            if !state.channels.isEmpty { state.whenEmpty = empty }
            return Array(state.channels.values)
        }
        if open.isEmpty { empty.succeed() }
        for channel in open {
            channel.pipeline.fireUserInboundEventTriggered(ConnectionDrainEvent())
        }
        let force = loop.scheduleTask(in: deadline) {
            let left = self.state.withLock { Array($0.channels.values) }
            for channel in left { channel.close(promise: nil) }
        }
        await withCheckedContinuation { continuation in
            empty.futureResult.whenComplete { _ in continuation.resume() }
        }
        force.cancel()
    }
}

/// Travels a connection's pipeline when the server shuts down: finish what runs, take nothing new.
struct ConnectionDrainEvent: Sendable {}
