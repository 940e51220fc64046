import Machinery

/// Sends requests again that the server was too busy for, when it says so: after as long as its `Retry-After` asks for,
/// ten times at most.
///
/// An answer of 429 means that nothing was begun, so any request may be repeated. Answers of 500 and above that ask
/// for it are waited for only where the request just reads: whether a write took effect, only its caller can find out.
/// Refusals without `Retry-After` (an eviction that a disruption budget forbids) are answers like any other.
///
/// Source: client-go's `rest.Request`, which repeats writes in both cases.
package struct RetryingTransport: Transport {
    private static let attempts = 10

    private let base: any Transport
    private let clock: DelayClock

    package init(_ base: any Transport, clock: DelayClock = DelayClock(ContinuousClock())) {
        self.base = base
        self.clock = clock
    }

    /// The same repeats, of requests that go by way of another transport to the one below.
    func inserting(_ make: (any Transport) -> any Transport) -> RetryingTransport {
        RetryingTransport(make(base), clock: clock)
    }

    package func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        for _ in 0..<Self.attempts {
            let response = try await base.send(request)
            guard Self.mayRepeat(request, response.status), let pause = response.retryAfter, await wait(pause) else {
                return response
            }
        }
        return try await base.send(request)
    }

    package func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        for _ in 0..<Self.attempts {
            let error: StatusError
            switch await opening(request) {
            case .success(let stream): return stream
            case .failure(let failure): error = failure
            }
            guard Self.mayRepeat(request, error.code), let pause = error.retryAfter, await wait(pause) else {
                throw error
            }
        }
        return try await base.stream(request)
    }

    private func opening(_ request: APIRequest) async -> Result<any ByteStream, StatusError> {
        do throws(StatusError) { return .success(try await base.stream(request)) } catch { return .failure(error) }
    }

    private static func mayRepeat(_ request: APIRequest, _ status: Int) -> Bool {
        status == 429 || (status >= 500 && request.method == "GET")
    }

    /// False when cancelled. Some wait longer than others, so that not all come back at once.
    private func wait(_ pause: Duration) async -> Bool {
        do { try await clock.sleep(for: pause * Double.random(in: 1..<1.5)) } catch { return false }
        return true
    }
}
