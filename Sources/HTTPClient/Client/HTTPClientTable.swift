import Synchronization

/// Clients by what their connections may be shared by, such as whom they trust and what they show.
///
/// There are never more than `capacity`: the one whose last use is longest ago makes room. Whoever holds a client that
/// was let go of finishes with it; its idle connections end with the last holder.
package final class HTTPClientTable<Peer: Hashable & Sendable>: Sendable {
    private struct Known {
        let client: HTTPClient
        var lastUse: UInt64
    }

    private struct State {
        var clients: [Peer: Known] = [:]
        var uses: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    package init(capacity: Int = 200) { self.capacity = capacity }

    package var count: Int { state.withLock { $0.clients.count } }

    /// - Parameter make: called outside the lock; of two clients made at once for one peer the first stays.
    package func client<Failure: Error>(
        for peer: Peer, make: () throws(Failure) -> HTTPClient
    ) throws(Failure) -> HTTPClient {
        let known = state.withLock { state -> HTTPClient? in
            state.uses += 1
            state.clients[peer]?.lastUse = state.uses
            return state.clients[peer]?.client
        }
        if let known { return known }
        let made = try make()
        let (client, forgotten) = state.withLock { state -> (HTTPClient, HTTPClient?) in
            if let other = state.clients[peer]?.client { return (other, made) }
            var forgotten: HTTPClient?
            if state.clients.count >= capacity,
                let oldest = state.clients.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
            {
                forgotten = state.clients.removeValue(forKey: oldest)?.client
            }
            state.clients[peer] = Known(client: made, lastUse: state.uses)
            return (made, forgotten)
        }
        // What is let go of ends outside the lock.
        withExtendedLifetime(forgotten) {}
        return client
    }
}
