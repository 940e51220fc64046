import Glibc
import Machinery
import Synchronization

/// Where loops tell of failures they survive and retry. Nothing is ever swallowed: it is handled, thrown or told here.
package struct FailureLog: Sendable {
    /// How lines are written to standard error.
    package enum Format: Sendable, Hashable {
        /// `component: message`
        case text
        /// One JSON object a line, with the keys of Kubernetes' structured logs: `ts` in milliseconds, `msg`, `v`.
        case json
    }

    private static let format = Mutex(Format.text)

    private let write: @Sendable (_ component: String, _ message: String) -> Void

    package init(_ write: @escaping @Sendable (_ component: String, _ message: String) -> Void) {
        self.write = write
    }

    /// - Parameter component: what failed, as in `deployment` or `informer pods`.
    package func report(_ component: String, _ message: String) {
        write(component, message)
    }

    /// Sets how this process writes; once, at its start.
    package static func setFormat(_ format: Format) { self.format.withLock { $0 = format } }

    /// One line per failure on standard error.
    package static let standardError = FailureLog { component, message in
        let line = line(component, message, format.withLock { $0 }, now: SystemWallClock().now)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    package static func line(
        _ component: String, _ message: String, _ format: Format, now: @autoclosure () -> Timestamp
    ) -> [UInt8] {
        switch format {
        case .text: return Array("\(component): \(message)\n".utf8)
        case .json:
            let time = now()
            let milliseconds = Double(time.seconds) * 1000 + Double(time.nanoseconds) / 1e6
            let object: JSONObject = [
                "ts": .double((milliseconds * 1000).rounded() / 1000), "logger": .string(component),
                "msg": .string(message), "v": 0,
            ]
            return object.encoded() + [UInt8(ascii: "\n")]
        }
    }
}
