import ArgumentParser
import Client

/// Kubernetes' `--logging-format`.
enum LoggingFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json

    /// Has all parts of this process write so.
    func apply() {
        switch self {
        case .text: FailureLog.setFormat(.text)
        case .json: FailureLog.setFormat(.json)
        }
    }
}
