import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Synchronization
import Testing

/// A server that gives prepared answers, the last of them again and again.
private final class BusyServer: Transport {
    private let answers: Mutex<[APIResponse]>
    private let count = Mutex(0)

    init(_ answers: [APIResponse]) {
        self.answers = Mutex(answers)
    }

    var requests: Int { count.withLock { $0 } }

    func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        count.withLock { $0 += 1 }
        return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }

    func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        let answer = try await send(request)
        guard answer.isSuccess else { throw StatusError(response: answer) }
        return FakeByteStream()
    }
}

@Suite("A client of a busy server", .timeLimit(.minutes(1)))
struct RetryingTransportTests {
    private func refusal(_ status: Int, after seconds: Int?) -> APIResponse {
        let error = StatusError(
            code: status, reason: .tooManyRequests, message: "busy",
            details: .init(retryAfterSeconds: seconds ?? 0))
        return APIResponse(
            status: status, body: error.json.encoded(), retryAfter: seconds.map { .seconds($0) })
    }

    private let success = APIResponse(status: 200, body: Array("{}".utf8))

    /// What a request comes to, and how many it took, where no time is lost with waiting.
    private func outcome(
        of method: String, _ answers: [APIResponse], streaming: Bool = false
    ) async -> (status: Int, requests: Int) {
        let server = BusyServer(answers)
        let transport = RetryingTransport(server, clock: DelayClock(HurriedClock()))
        let request = APIRequest(method: method, path: "/api/v1/pods")
        do throws(StatusError) {
            if streaming {
                try await transport.stream(request).cancel()
                return (200, server.requests)
            }
            return (try await transport.send(request).status, server.requests)
        } catch {
            return (error.code, server.requests)
        }
    }

    @Test("comes again as long as it is asked to", arguments: ["GET", "POST", "PATCH", "DELETE"])
    func repeats(_ method: String) async {
        #expect(await outcome(of: method, [refusal(429, after: 1), refusal(429, after: 3), success]) == (200, 3))
    }

    @Test("comes again for a watch too")
    func watches() async {
        #expect(await outcome(of: "GET", [refusal(429, after: 1), success], streaming: true) == (200, 2))
        #expect(await outcome(of: "GET", [refusal(429, after: nil)], streaming: true) == (429, 1))
    }

    @Test("takes a refusal that names no time as the answer")
    func answers() async {
        #expect(await outcome(of: "POST", [refusal(429, after: nil)]) == (429, 1))
        #expect(await outcome(of: "GET", [refusal(503, after: nil)]) == (503, 1))
        #expect(await outcome(of: "GET", [APIResponse(status: 404, body: [], retryAfter: .seconds(1))]) == (404, 1))
    }

    @Test("repeats a failed request only where that cannot have done anything")
    func failures() async {
        #expect(await outcome(of: "GET", [refusal(504, after: 1), success]) == (200, 2))
        #expect(await outcome(of: "POST", [refusal(504, after: 1), success]) == (504, 1))
    }

    @Test("gives up after the tenth time")
    func bounded() async {
        #expect(await outcome(of: "PUT", [refusal(429, after: 1)]) == (429, 11))
    }

    @Test("waits as long as the server says")
    func waits() async throws {
        let time = TestTime()
        let server = BusyServer([refusal(429, after: 4), success])
        let transport = RetryingTransport(server, clock: DelayClock(time))
        let answer = Task { () async throws -> Int in
            try await transport.send(APIRequest(method: "POST", path: "/api/v1/pods")).status
        }
        await time.untilSleepers(1)
        time.advance(by: .seconds(3))
        #expect(server.requests == 1)
        time.advance(by: .seconds(3))
        #expect(try await answer.value == 200)
    }

    @Test("is what every client is, however it is made")
    func everywhere() async throws {
        let client = FakeAPIServer().client()
        #expect(client.transport is RetryingTransport)
        let server = BusyServer([refusal(429, after: 1), success])
        let transport = RetryingTransport(server, clock: DelayClock(HurriedClock()))
        _ = try await Client(transport: transport, userAgent: "test").list(Pod.self)
        #expect(server.requests == 2)
    }
}

/// A clock by which every pause is over at once.
private struct HurriedClock: Clock {
    let base = ContinuousClock()
    var now: ContinuousClock.Instant { base.now }
    var minimumResolution: Duration { base.minimumResolution }
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
    }
}
