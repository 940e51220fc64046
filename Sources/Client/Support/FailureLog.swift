import Glibc

/// Where loops tell of failures they survive and retry. Nothing is ever swallowed: it is handled, thrown or told here.
package struct FailureLog: Sendable {
    private let write: @Sendable (_ component: String, _ message: String) -> Void

    package init(_ write: @escaping @Sendable (_ component: String, _ message: String) -> Void) {
        self.write = write
    }

    /// - Parameter component: what failed, as in `deployment` or `informer pods`.
    package func report(_ component: String, _ message: String) {
        write(component, message)
    }

    /// One line per failure on standard error.
    package static let standardError = FailureLog { component, message in
        let line = Array("\(component): \(message)\n".utf8)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
