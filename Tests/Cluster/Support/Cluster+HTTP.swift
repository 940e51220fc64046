import Foundation

/// The API without kubectl: what it answers to requests that kubectl would never send.
extension Cluster {
    struct Answer: Sendable, CustomStringConvertible {
        let code: Int
        let body: String
        let description: String

        /// The answer's object, empty when it is none.
        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
        }

        /// A field of a `Status` answer.
        var reason: String { object["reason"] as? String ?? "" }
        var message: String { object["message"] as? String ?? "" }
        var causes: [(reason: String, field: String)] {
            let details = object["details"] as? [String: Any] ?? [:]
            return (details["causes"] as? [[String: Any]] ?? []).map {
                ($0["reason"] as? String ?? "", $0["field"] as? String ?? "")
            }
        }
        var resourceVersion: String {
            (object["metadata"] as? [String: Any])?["resourceVersion"] as? String ?? ""
        }
    }

    /// Sends one request with curl. `token: nil` sends none. Code 0 means that no answer came.
    func send(
        _ method: String, _ path: String, body: String? = nil, type: String = "application/json",
        token: String?? = .none, headers: [String] = [], limit: Duration = .seconds(60)
    ) async throws -> Answer {
        var arguments = ["-sk", "-X", method, "-w", "\n%{http_code}", server + path, "-H", "Content-Type: \(type)"]
        let bearer: String? = if case .some(let given) = token { given } else { self.token }
        if let bearer { arguments += ["-H", "Authorization: Bearer \(bearer)"] }
        for header in headers { arguments += ["-H", header] }
        if body != nil { arguments += ["--data-binary", "@-"] }
        let output = try await Command(program: "curl", arguments: arguments, input: body, limit: limit).run()
        var lines = output.out.split(separator: "\n", omittingEmptySubsequences: false)
        let code = lines.popLast().flatMap { Int($0) } ?? 0
        let text = lines.joined(separator: "\n")
        return Answer(
            code: code, body: text, description: "\(method) \(path): \(code) \(text.prefix(2000)) \(output.errors)")
    }

    /// The text behind any address, or nil while it does not answer with success.
    static func page(_ url: String, limit: Duration = .seconds(5)) async throws -> String? {
        let output = try await Command(
            program: "curl", arguments: ["-sSf", "--max-time", "\(limit.components.seconds)", url], limit: limit * 2
        ).run()
        return output.succeeded ? output.out : nil
    }

    /// Whether the API server says it is ready.
    func isReady() async throws -> Bool {
        try await send("GET", "/readyz", limit: .seconds(5)).code == 200
    }
}
