import HTTPClient
import HTTPCore
import Machinery
import Store
import Synchronization

/// Follows etcd by one watch of everything below the prefix, and brings what it tells into the replica: in order, each
/// change once, from the revision on where the last watch ended, whichever member it was of.
final class EtcdFollower: Sendable {
    private enum Ending {
        case cancelled
        /// The changes asked for are gone.
        case compacted
        case failed(String)
    }

    private struct State {
        var call: GRPCCall?
        var hasOrderedProgress = false
        var health = StoreHealth.ok
    }

    private static let pauseBase = Duration.milliseconds(50)

    private let client: EtcdClient
    private let keys: EtcdKeys
    private let configuration: EtcdConfiguration
    private let replica: EtcdReplica
    private let state = Mutex(State())

    init(client: EtcdClient, keys: EtcdKeys, configuration: EtcdConfiguration, replica: EtcdReplica) {
        self.client = client
        self.keys = keys
        self.configuration = configuration
        self.replica = replica
    }

    var health: StoreHealth { state.withLock { $0.health } }

    /// Follows until cancelled.
    ///
    /// - Parameter applied: told of each revision that the replica has come to.
    func run(applied: @Sendable (UInt64) -> Void) async {
        var failures = 0
        while !Task.isCancelled {
            let member = client.current
            let start = replica.core.revision
            let ending = await follow(member, applied)
            switch ending {
            case .cancelled: return
            case .compacted:
                if await !readAnew(applied) { failures += 1 } else { failures = 0 }
            case .failed(let reason):
                client.leave(member)
                report(.failed("the watch of etcd at \(member.endpoint) broke: \(reason)"))
                failures = replica.core.revision > start ? 1 : failures + 1
            }
            guard failures > 0 else { continue }
            do {
                try await Task.sleep(for: Self.pauseBase * (1 << min(failures - 1, 5)))
            } catch {
                // Cancelled.
                return
            }
        }
    }

    /// Asks how far the watch has come; a change of our own tells, where etcd cannot.
    func nudge() async {
        let (call, isOrdered) = state.withLock { ($0.call, $0.hasOrderedProgress) }
        guard let call else { return }
        do {
            if isOrdered {
                try await call.send(EtcdWatchRequest.progress.encoded())
            } else {
                try await client.put(keys.heartbeat, [])
            }
        } catch {
            // The next watch brings what is missing, or those who wait are told in time.
            report(.failed("etcd did not tell how far it is: \(error)"))
        }
    }

    /// Ends the watch under way, so that another one is made.
    func renew() {
        state.withLock { $0.call }?.cancel()
    }

    private func follow(_ member: EtcdClient.Member, _ applied: @Sendable (UInt64) -> Void) async -> Ending {
        // A member that has lost the others ends the watch rather than being silent.
        let call = member.connection.bidirectional("/etcdserverpb.Watch/Watch", metadata: ["hasleader": "true"])
        return await withTaskCancellationHandler {
            defer {
                state.withLock { $0.call = nil }
                call.cancel()
            }
            do {
                return try await receive(call, applied)
            } catch {
                return Task.isCancelled ? .cancelled : .failed(String(describing: error))
            }
        } onCancel: {
            call.cancel()
        }
    }

    private func receive(_ call: GRPCCall, _ applied: @Sendable (UInt64) -> Void) async throws -> Ending {
        let start = replica.core.revision + 1
        try await call.send(
            EtcdWatchRequest.create(key: keys.first, end: keys.end, startRevision: start).encoded())
        var events: [EtcdWatchResponse.Event] = []
        for try await message in try await call.messages() {
            let response = try EtcdWatchResponse(message)
            if response.isCanceled {
                return response.compactRevision > 0
                    ? .compacted : .failed(response.cancelReason.isEmpty ? "ended by etcd" : response.cancelReason)
            }
            if response.isCreated {
                let isOrdered = try await client.hasOrderedProgress()
                state.withLock { state in
                    state.call = call
                    state.hasOrderedProgress = isOrdered
                }
                report(.ok)
                continue
            }
            events += response.events
            if response.isFragment { continue }
            if events.isEmpty {
                replica.advance(to: response.revision)
            } else {
                await configuration.store.cipher?.prepare(events.map(\.value.value))
                replica.apply(events)
                events = []
            }
            applied(replica.core.revision)
        }
        return Task.isCancelled ? .cancelled : .failed("ended by etcd")
    }

    /// Reads everything once more after history was lost; false when that failed.
    private func readAnew(_ applied: @Sendable (UInt64) -> Void) async -> Bool {
        configuration.log("etcd has compacted changes that this server had not seen: it reads everything anew")
        do throws(StoreError) {
            replica.replace(with: try await EtcdReading.load(client, keys: keys, configuration: configuration))
            applied(replica.core.revision)
            return true
        } catch {
            report(.failed("etcd could not be read anew: \(error)"))
            return false
        }
    }

    private func report(_ health: StoreHealth) {
        let old = state.withLock { state in
            defer { state.health = health }
            return state.health
        }
        switch (old, health) {
        case (.ok, .failed(let reason)): configuration.log(reason)
        case (.failed, .ok): configuration.log("etcd is followed again")
        default: break
        }
    }
}
