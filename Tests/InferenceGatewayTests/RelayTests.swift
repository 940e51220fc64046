import HTTPClient
import HTTPCore
import HTTPTestSupport
import Inference
import InferenceGateway
import KubeAPI
import Machinery
import NIOCore
import Synchronization
import Testing

@Suite("Relaying requests to model servers", .timeLimit(.minutes(2)))
struct RelayTests {
    private let body = #"{"model":"tiny","messages":[{"role":"user","content":"hi"}]}"#

    @Test("A request is answered by a replica, and everything is told of it but what was said")
    func unary() async throws {
        let seen = Mutex<[HTTPRequest]>([])
        try await TestServer.run(handler: { request in
            seen.withLock { $0.append(request) }
            return ModelServer.answer()
        }) { model in
            try await GatewayHarness.run([model.port]) { gateway in
                let response = try await gateway.post(
                    body, headers: ["x-custom": "1", "x-gateway-model-name": "forged"])
                #expect(response.status == .ok)
                #expect(try await response.body.text().contains("hello"))
                let record = try #require(await gateway.requests.first(1).first)
                #expect(record.outcome == .served)
                #expect(record.tenant == "team-a")
                #expect(record.model == "tiny")
                #expect(record.version == "v1")
                #expect(record.pool == GatewayHarness.pool)
                #expect(record.route == ObjectKey(namespace: "models", name: "route"))
                #expect(record.pod?.name == "pod-\(model.port)")
                #expect(record.inputTokens == 7)
                #expect(record.outputTokens == 3)
                #expect(record.status == 200)
                #expect(record.routeClass == "interactive")
                #expect(record.replicaSeconds > 0)
                #expect(abs(record.gpuSeconds - 2 * record.replicaSeconds) < 1e-9)
                #expect(abs((record.cost ?? 0) - 100 * record.replicaSeconds) < 1e-6)
                #expect(gateway.loads[GatewayHarness.pool].isIdle)
            }
        }
        let request = try #require(seen.withLock { $0.first })
        #expect(request.path == "/v1/chat/completions")
        #expect(request.headers["authorization"] == nil)
        #expect(request.headers["x-custom"] == "1")
        #expect(request.headers.values("x-gateway-model-name") == ["tiny"])
    }

    @Test("A stream goes out token by token, and its usage is told")
    func stream() async throws {
        let goOn = Signal<Void>()
        try await TestServer.run(handler: { _ in
            ModelServer.stream { stream in
                try await stream.send(ModelServer.event("a"))
                try await goOn.value()
                try await stream.send(ModelServer.event("b"))
                try await stream.send(ModelServer.end)
            }
        }) { model in
            try await GatewayHarness.run([model.port]) { gateway in
                let response = try await gateway.post(body.replacing("{\"model", with: "{\"stream\":true,\"model"))
                #expect(response.headers["content-type"] == "text/event-stream; charset=utf-8")
                var pieces = response.body.makeAsyncIterator()
                let first = try #require(try await pieces.next())
                #expect(String(buffer: first) == String(buffer: ModelServer.event("a")))
                #expect(gateway.loads[GatewayHarness.pool].running == 1)
                #expect(gateway.loads.replicas(of: GatewayHarness.pool)?.values.reduce(0, +) == 1)
                goOn.send(())
                var rest = ""
                while let piece = try await pieces.next() { rest += String(buffer: piece) }
                #expect(rest.hasSuffix("data: [DONE]\n\n"))
                let record = try #require(await gateway.requests.first(1).first)
                #expect(record.outcome == .served)
                #expect(record.inputTokens == 5)
                #expect(record.outputTokens == 4)
                #expect(record.timeToFirstToken != nil)
                #expect(record.timePerOutputToken != nil)
            }
        }
    }

    @Test("A stream that breaks is seen broken, and has failed")
    func broken() async throws {
        struct Broken: Error {}
        try await TestServer.run(handler: { _ in
            ModelServer.stream { stream in
                try await stream.send(ModelServer.event("a"))
                throw Broken()
            }
        }) { model in
            try await GatewayHarness.run([model.port]) { gateway in
                let response = try await gateway.post(body)
                #expect(response.status == .ok)
                await #expect(throws: HTTPBodyError.self) { try await response.body.text() }
                let record = try #require(await gateway.requests.first(1).first)
                #expect(record.outcome == .failed)
                #expect(record.outputTokens == 1)
                #expect(gateway.loads[GatewayHarness.pool].isIdle)
            }
        }
    }

    @Test("A client that leaves frees the replica, whose work is broken off")
    func clientLeaves() async throws {
        let ended = Signal<ResponseStream.CloseReason>()
        try await TestServer.run(handler: { _ in
            ModelServer.stream { stream in
                stream.onClose { ended.send($0) }
                try await stream.send(ModelServer.event("a"))
                _ = try await ended.value()
            }
        }) { model in
            try await GatewayHarness.run([model.port]) { gateway in
                let response = try await gateway.post(body)
                var pieces = response.body.makeAsyncIterator()
                #expect(try await pieces.next() != nil)
                response.body.discard()
                #expect(try await ended.value() == .peerGone)
                let record = try #require(await gateway.requests.first(1).first)
                #expect(record.outcome == .cancelled)
                #expect(gateway.loads[GatewayHarness.pool].isIdle)
            }
        }
    }

    @Test("A replica that takes no connection is not noticed by the client")
    func retry() async throws {
        try await TestServer.run(handler: { _ in ModelServer.answer() }) { model in
            // Nothing listens on port 1.
            try await GatewayHarness.run([1, model.port]) { gateway in
                for _ in 0..<4 {
                    let response = try await gateway.post(body)
                    #expect(response.status == .ok)
                }
                let records = await gateway.requests.first(4)
                #expect(records.allSatisfy { $0.outcome == .served && $0.pod?.name == "pod-\(model.port)" })
            }
        }
    }

    @Test("A request waits for the first replica of a pool, and is counted while it does")
    func scaleFromZero() async throws {
        try await TestServer.run(handler: { _ in ModelServer.answer() }) { model in
            try await GatewayHarness.run([]) { gateway in
                let changes = gateway.loads.changes()
                async let answer = gateway.post(body)
                for await _ in changes { break }
                #expect(gateway.loads[GatewayHarness.pool].queued == 1)
                gateway.directory.set(GatewayHarness.pool, GatewayHarness.description([model.port]))
                let response = try await answer
                #expect(response.status == .ok)
            }
        }
    }

    @Test("A request waits no longer than it may, and hears when to come back")
    func deadline() async throws {
        var limits = PoolLimits()
        limits.queueTimeout = .milliseconds(20)
        try await GatewayHarness.run([], limits: limits) { gateway in
            let response = try await gateway.post(body)
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers["retry-after"] != nil)
            let record = try #require(await gateway.requests.first(1).first)
            #expect(record.outcome == .shed)
            #expect(gateway.loads[GatewayHarness.pool].isIdle)
        }
    }

    @Test("A full queue refuses with 429, in OpenAI's shape")
    func full() async throws {
        var limits = PoolLimits()
        limits.queue = 0
        try await GatewayHarness.run([], limits: limits) { gateway in
            let response = try await gateway.post(body)
            #expect(response.status == .tooManyRequests)
            #expect(response.headers["retry-after"] == "1")
            let error = try JSON(parsing: Array(try await response.body.text().utf8))["error"]
            #expect(error?["code"]?.stringValue == "rate_limit_exceeded")
        }
    }

    @Test("A model server's errors go to the client as they are")
    func serverError() async throws {
        try await TestServer.run(handler: { _ in .text("{\"error\":{}}", status: .internalServerError) }) { model in
            try await GatewayHarness.run([model.port]) { gateway in
                let response = try await gateway.post(body)
                #expect(response.status == .internalServerError)
                #expect(await gateway.requests.first(1).first?.outcome == .failed)
            }
        }
    }
}
