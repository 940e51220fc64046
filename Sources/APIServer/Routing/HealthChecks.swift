import Machinery
import Synchronization

/// `/livez`, `/readyz` and `/healthz`: named checks that other parts report to.
///
/// Source: k8s.io/apiserver/pkg/server/healthz: texts, `verbose` and `exclude`.
package final class HealthChecks: Sendable {
    /// Fails as soon as the process is to end, so that clients are sent elsewhere while it still answers.
    static let shutdown = "shutdown"

    private struct State {
        var failing: [String: String]
        var tallies: [String: (passed: UInt64, failed: UInt64)] = [:]
    }

    /// What a check said so far.
    struct CheckResult: Sendable {
        let name: String
        let type: String
        let isPassed: Bool
        let passed: UInt64
        let failed: UInt64
    }

    private let state: Mutex<State>
    private let names: [String]

    /// - Parameter pending: checks that fail until they are reported ready.
    package init(names: [String], pending: [String]) {
        self.names = names
        state = Mutex(
            State(failing: Dictionary(pending.map { ($0, "not yet ready") }, uniquingKeysWith: { first, _ in first })))
    }

    package func report(_ name: String, failure: String?) {
        state.withLock { $0.failing[name] = failure }
    }

    /// The process is about to end: it is alive, but no longer ready.
    package func beginShutdown() { report(Self.shutdown, failure: "process is shutting down") }

    package var isReady: Bool { state.withLock { $0.failing.isEmpty } }

    private func checks(_ endpoint: String) -> [String] { endpoint == "readyz" ? names + [Self.shutdown] : names }

    private func failures(_ endpoint: String) -> [String: String] {
        // Being alive does not depend on what is still starting, or ending.
        endpoint == "livez" ? [:] : state.withLock { $0.failing }
    }

    func response(path: String, query: QueryParameters) -> ServerResponse? {
        let segments = path.split(separator: "/", maxSplits: 1).map(String.init)
        guard let endpoint = segments.first, ["livez", "readyz", "healthz"].contains(endpoint) else { return nil }
        let failures = failures(endpoint)
        if segments.count == 2 {
            guard checks(endpoint).contains(segments[1]) else { return nil }
            return failures[segments[1]].map { plain("internal server error: \($0)\n", status: 500) } ?? plain("ok")
        }
        var excluded = Set(query.all("exclude"))
        var lines: [String] = []
        var hasFailed = false
        for name in checks(endpoint) {
            if excluded.remove(name) != nil {
                lines.append("[+]\(name) excluded: ok")
                continue
            }
            let isPassed = failures[name] == nil
            count(name, endpoint, isPassed)
            hasFailed = hasFailed || !isPassed
            lines.append(isPassed ? "[+]\(name) ok" : "[-]\(name) failed: reason withheld")
        }
        if !excluded.isEmpty {
            let unknown = excluded.sorted().map { GoQuote.quote($0) }.joined(separator: ", ")
            lines.append("warn: some health checks cannot be excluded: no matches for \(unknown)")
        }
        let text = lines.joined(separator: "\n") + "\n\(endpoint) check "
        if hasFailed { return plain(text + "failed\n", status: 500) }
        return query["verbose"] == nil ? plain("ok") : plain(text + "passed\n")
    }

    private func plain(_ text: String, status: Int = 200) -> ServerResponse {
        var response = ServerResponse.text(text, status: status)
        response.headers.append(("X-Content-Type-Options", "nosniff"))
        return response
    }

    private func count(_ name: String, _ type: String, _ isPassed: Bool) {
        state.withLock { state in
            let tally = state.tallies["\(type) \(name)"] ?? (0, 0)
            state.tallies["\(type) \(name)"] =
                isPassed ? (tally.passed + 1, tally.failed) : (tally.passed, tally.failed + 1)
        }
    }

    /// Every check of every endpoint, with how often it was asked for and passed.
    var results: [CheckResult] {
        let tallies = state.withLock { $0.tallies }
        return ["healthz", "livez", "readyz"].flatMap { endpoint in
            let failures = failures(endpoint)
            return checks(endpoint).map { name in
                let tally = tallies["\(endpoint) \(name)"] ?? (0, 0)
                return CheckResult(
                    name: name, type: endpoint, isPassed: failures[name] == nil, passed: tally.passed,
                    failed: tally.failed)
            }
        }
    }
}
