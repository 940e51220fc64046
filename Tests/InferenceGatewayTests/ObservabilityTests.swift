import Inference
import InferenceGateway
import KubeAPI
import Machinery
import Metrics
import NIOPosix
import Testing

@Suite("What is told of requests")
struct ObservabilityTests {
    private func request() -> InferenceRequest {
        var request = InferenceRequest()
        request.tenant = "team-a"
        request.routeClass = "interactive"
        request.route = ObjectKey(namespace: "models", name: "route")
        request.pool = ObjectKey(namespace: "models", name: "tiny")
        request.model = "tiny"
        request.version = "v1"
        request.status = 200
        request.queueWait = .milliseconds(3)
        request.duration = .milliseconds(1500)
        request.timeToFirstToken = .milliseconds(90)
        request.timePerOutputToken = .microseconds(20_500)
        request.inputTokens = 12
        request.outputTokens = 40
        request.gpuSeconds = 0.5
        return request
    }

    @Test("A line of the access log is JSON with what is known, and nothing that is not")
    func line() throws {
        let line = AccessLog.line(request(), at: Timestamp(seconds: 1_700_000_000))
        #expect(line.last == UInt8(ascii: "\n"))
        let json = try JSON(parsing: Array(line.dropLast()))
        #expect(json["tenant"]?.stringValue == "team-a")
        #expect(json["outcome"]?.stringValue == "served")
        #expect(json["ttftMs"]?.doubleValue == 90)
        #expect(json["tpotMs"]?.doubleValue == 20.5)
        #expect(json["pool"]?.stringValue == "models/tiny")
        #expect(json["pod"] == nil)
        #expect(json["cost"] == nil)
    }

    @Test("The log keeps lines until they are written, in their order")
    func log() async {
        let log = AccessLog(clock: SystemWallClock())
        log.ended(request())
        log.ended(request())
        var written: [UInt8] = []
        let (lines, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let running = Task { await log.run { continuation.yield($0) } }
        for await line in lines {
            written += line
            if written.count(where: { $0 == UInt8(ascii: "\n") }) == 2 { break }
        }
        running.cancel()
        await running.value
    }

    @Test("Metrics have the labels of pool, model, version, tenant and class; invented models have none")
    func metrics() {
        let loads = PoolLoads()
        let directory = PoolDirectory(loads: loads, timers: MultiThreadedEventLoopGroup.singleton.any())
        let metrics = GatewayMetrics(directory: directory, loads: loads)
        metrics.ended(request())
        var invented = request()
        invented.route = nil
        invented.pool = nil
        invented.model = "made-up"
        invented.outcome = .refused
        metrics.ended(invented)
        let registry = MetricRegistry()
        registry.register(metrics)
        let text = String(decoding: registry.text(.prometheus), as: UTF8.self)
        let labels = #"pool="models/tiny",model_name="tiny",version="v1",tenant="team-a",class="interactive""#
        #expect(text.contains("inference_objective_request_total{\(labels),outcome=\"served\"} 1\n"))
        #expect(text.contains("gen_ai_server_time_to_first_token_seconds_bucket{\(labels),le=\"0.1\"} 1\n"))
        #expect(text.contains("gantry_inference_gpu_seconds_total{\(labels)} 0.5\n"))
        #expect(!text.contains("made-up"))
    }
}
