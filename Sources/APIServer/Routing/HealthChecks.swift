import Machinery
import Synchronization

/// `/livez`, `/readyz` and `/healthz`: named checks that other parts report to.
package final class HealthChecks: Sendable {
    private let failing: Mutex<[String: String]>
    private let names: [String]

    /// - Parameter pending: checks that fail until they are reported ready.
    package init(names: [String], pending: [String]) {
        self.names = names
        failing = Mutex(Dictionary(pending.map { ($0, "not yet ready") }, uniquingKeysWith: { first, _ in first }))
    }

    package func report(_ name: String, failure: String?) {
        failing.withLock { $0[name] = failure }
    }

    package var isReady: Bool { failing.withLock { $0.isEmpty } }

    func response(path: String, query: QueryParameters) -> ServerResponse? {
        let segments = path.split(separator: "/").map(String.init)
        guard let endpoint = segments.first, ["livez", "readyz", "healthz"].contains(endpoint), segments.count <= 2
        else { return nil }
        let excluded = Set(query.all("exclude"))
        // Being alive does not depend on what is still starting.
        let failures = endpoint == "livez" ? [:] : failing.withLock { $0 }
        if segments.count == 2 {
            guard names.contains(segments[1]) else { return nil }
            return failures[segments[1]].map { .text("internal server error: \($0)\n", status: 500) } ?? .text("ok")
        }
        let relevant = failures.filter { !excluded.contains($0.key) }
        if relevant.isEmpty, query["verbose"] == nil { return .text("ok") }
        var lines = names.filter { !excluded.contains($0) }.map { name in
            relevant[name] == nil ? "[+]\(name) ok" : "[-]\(name) failed: reason withheld"
        }
        lines.append("\(endpoint) check \(relevant.isEmpty ? "passed" : "failed")\n")
        return .text(lines.joined(separator: "\n"), status: relevant.isEmpty ? 200 : 500)
    }
}
