import Machinery
import Synchronization

/// Open as long as this process certainly leads: a leader's writes pass here, and none after its Lease may be gone.
///
/// Cancelling a leader's work is not enough. A process that was paused goes on in the middle of whatever it was about
/// to write, before any timer of its own has run. So the time itself is looked at, once when a write is made and once
/// more when its bytes are handed to a connection.
package final class LeadershipFence: Sendable {
    private let clock: DelayClock
    private let end = Mutex<Duration?>(nil)

    init(clock: DelayClock) {
        self.clock = clock
    }

    package var isOpen: Bool {
        let now = clock.now
        return end.withLock { end in end.map { now < $0 } ?? false }
    }

    func open(until end: Duration) {
        self.end.withLock { $0 = end }
    }

    func close() {
        end.withLock { $0 = nil }
    }

    /// What a write is answered with that came too late.
    package var refusal: StatusError {
        StatusError.serviceUnavailable("this process does not lead any more; nothing was written")
    }
}

/// Lets writes through while a fence is open, and reads always.
private struct FencedTransport: Transport {
    let inner: any Transport
    let fence: LeadershipFence

    func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        guard request.method != "GET" else { return try await inner.send(request) }
        guard fence.isOpen else { throw fence.refusal }
        var fenced = request
        fenced.fence = fence
        return try await inner.send(fenced)
    }

    func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        try await inner.stream(request)
    }
}

extension Client {
    /// The same client, for writes of a leader.
    package func fenced(by fence: LeadershipFence) -> Client {
        inserting { FencedTransport(inner: $0, fence: fence) }
    }
}
