import Client
import HTTPClient
import Machinery
import PKI
import Synchronization

/// Traces requests and sends what it traced to a collector, in batches.
///
/// A request that belongs to a sampled trace is traced; of the others so many as the configuration says. What the
/// collector does not take in time is dropped, oldest first: serving never waits for it.
///
/// Source: KEP-647.
package final class Tracer: Sendable {
    private static let method = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
    private static let maximumWaiting = 2048
    private static let maximumBatch = 512
    private static let batchDelay = Duration.seconds(1)
    private static let timeout = Duration.seconds(10)

    private struct State {
        var waiting: [FinishedSpan] = []
        var dropped = 0
        var isFailing = false
    }

    private let rate: Int64
    private let clock: any WallClock
    private let connection: GRPCConnection
    private let log: FailureLog
    private let state = Mutex(State())
    private let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    package init(
        _ configuration: TracingConfiguration, clock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) {
        self.log = log
        rate = configuration.samplingRatePerMillion
        self.clock = clock
        let place = configuration.place
        connection = GRPCConnection(.http(host: place.host, port: place.port), maxMessageBytes: 1 << 20)
    }

    /// How many spans were dropped, as nobody took them.
    package var droppedCount: Int { state.withLock { $0.dropped } }

    /// - Returns: `nil` for a request that is not traced.
    func begin(_ name: String, traceparent: String?) -> Span? {
        let parent = traceparent.flatMap(TraceContext.init(traceparent:))
        let isSampled = parent?.isSampled ?? (rate > 0 && Int64.random(in: 0..<1_000_000) < rate)
        guard isSampled else { return nil }
        let context = TraceContext(
            trace: parent?.trace ?? SecureRandom.bytes(16), span: SecureRandom.bytes(8), isSampled: true)
        let now = clock.now
        return Span(
            name: name, context: context, parent: parent?.span,
            wallBegin: .seconds(now.seconds) + .nanoseconds(Int64(now.nanoseconds)))
    }

    func finish(_ span: Span, _ attributes: [Span.Attribute], hasFailed: Bool) {
        let finished = FinishedSpan(
            span: span, duration: span.begin.duration(to: .now), steps: span.taken, attributes: attributes,
            hasFailed: hasFailed)
        state.withLock { state in
            if state.waiting.count >= Self.maximumWaiting {
                state.waiting.removeFirst(Self.maximumBatch)
                state.dropped += Self.maximumBatch
            }
            state.waiting.append(finished)
        }
        bell.yield()
    }

    /// Sends until cancelled, and then what is left.
    package func run(delay: some Clock<Duration> = ContinuousClock()) async {
        for await _ in bells {
            // More may come at once; only a cancelled wait is cut short.
            try? await delay.sleep(for: Self.batchDelay)
            await sendAll()
        }
        connection.shutDown()
    }

    private func sendAll() async {
        while true {
            let batch = state.withLock { state -> [FinishedSpan] in
                let batch = Array(state.waiting.prefix(Self.maximumBatch))
                state.waiting.removeFirst(batch.count)
                return batch
            }
            guard !batch.isEmpty else { return }
            do {
                _ = try await connection.unary(
                    Self.method, TraceExport.request(batch), deadline: .now + Self.timeout)
                state.withLock { $0.isFailing = false }
            } catch {
                // The next batch may fare better; a collector that stays away is told of once.
                let isNew = state.withLock { state -> Bool in
                    state.dropped += batch.count
                    defer { state.isFailing = true }
                    return !state.isFailing
                }
                if isNew { log.report("tracing", "sending spans: \(error)") }
                return
            }
        }
    }
}
