import Inference
import Machinery
import Synchronization

/// A line of JSON for each request that ended: who asked which model, what it took and came to. Nothing that was asked
/// or answered.
///
/// Requests never wait for the log: lines that cannot be written in time are dropped, and their number is told in the
/// next line.
package final class AccessLog: InferenceObserver {
    private struct State {
        var bytes: [UInt8] = []
        var dropped = 0
    }

    private static let waitingBytes = 4 * 1024 * 1024

    private let clock: any WallClock
    private let state = Mutex(State())
    private let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    package init(clock: any WallClock = SystemWallClock()) { self.clock = clock }

    package func ended(_ request: InferenceRequest) {
        let line = Self.line(request, at: clock.now)
        let isFirst = state.withLock { state -> Bool in
            guard state.bytes.count + line.count < Self.waitingBytes else {
                state.dropped += 1
                return false
            }
            if state.dropped > 0 {
                state.bytes += Array("{\"dropped\":\(state.dropped)}\n".utf8)
                state.dropped = 0
            }
            defer { state.bytes += line }
            return state.bytes.isEmpty
        }
        if isFirst { bell.yield() }
    }

    /// Writes lines, many at a time, until cancelled.
    package func run(_ write: (_ lines: [UInt8]) -> Void) async {
        for await _ in bells {
            let lines = state.withLock { state in
                defer { state.bytes = [] }
                return state.bytes
            }
            if !lines.isEmpty { write(lines) }
        }
    }

    package static func line(_ request: InferenceRequest, at now: Timestamp) -> [UInt8] {
        var line: JSONObject = [
            "time": .string(now.rfc3339Micro), "tenant": .string(request.tenant), "class": .string(request.routeClass),
            "model": .string(request.model), "version": .string(request.version),
            "outcome": .string(request.outcome.rawValue), "status": .int(Int64(request.status)),
            "queueMs": milliseconds(request.queueWait), "durationMs": milliseconds(request.duration),
            "inputTokens": .int(Int64(request.inputTokens)), "outputTokens": .int(Int64(request.outputTokens)),
            "gpuSeconds": .double(request.gpuSeconds),
        ]
        line["route"] = request.route.map { .string($0.description) }
        line["pool"] = request.pool.map { .string($0.description) }
        line["pod"] = request.pod.map { .string($0.description) }
        line["ttftMs"] = request.timeToFirstToken.map(milliseconds)
        line["tpotMs"] = request.timePerOutputToken.map(milliseconds)
        line["cost"] = request.cost.map(JSON.double)
        return line.encoded() + [UInt8(ascii: "\n")]
    }

    /// To the microsecond.
    private static func milliseconds(_ duration: Duration) -> JSON {
        .double((duration / .microseconds(1)).rounded() / 1000)
    }
}
