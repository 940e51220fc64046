import APIServer
import Foundation
import Store
import Synchronization

/// Passes the store's health on to the server's checks, which are made after it.
final class StoreHealthRelay: Sendable {
    private struct State {
        var health = StoreHealth.ok
        var checks: HealthChecks?
    }

    private let state = Mutex(State())

    func report(_ health: StoreHealth) {
        let checks = state.withLock { state in
            state.health = health
            return state.checks
        }
        switch health {
        case .ok: Self.log("the store takes writes again")
        case .full(let reason): Self.log("the store is full, and takes deletions only: \(reason)")
        case .failed(let reason): Self.log("the store has failed: \(reason)")
        case .closed: break
        }
        checks.map { Self.tell($0, health) }
    }

    func connect(_ checks: HealthChecks) {
        let health = state.withLock { state in
            state.checks = checks
            return state.health
        }
        Self.tell(checks, health)
    }

    /// A full store still reads and deletes, which is what clients need to make room.
    private static func tell(_ checks: HealthChecks, _ health: StoreHealth) {
        if case .failed(let reason) = health {
            checks.report("store", failure: reason)
        } else {
            checks.report("store", failure: nil)
        }
    }

    private static func log(_ text: String) { FileHandle.standardError.write(Data("store: \(text)\n".utf8)) }
}
