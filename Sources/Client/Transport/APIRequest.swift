import Machinery

/// One HTTP exchange with an API server, free of any wire.
package struct APIRequest: Sendable {
    /// The HTTP method in capitals.
    package var method: String
    /// The path, percent-encoded where its segments need it, without the query.
    package var path: String
    /// The query's parameters as they are meant, not encoded.
    package var query: [(name: String, value: String)]
    package var contentType: String?
    package var body: [UInt8]
    package var accept: String?
    /// Looked at in the last moment before the request leaves this process.
    package var fence: LeadershipFence?

    package init(
        method: String, path: String, query: [(name: String, value: String)] = [], contentType: String? = nil,
        body: [UInt8] = [], accept: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.contentType = contentType
        self.body = body
        self.accept = accept
    }
}

/// A whole answer.
package struct APIResponse: Sendable {
    package var status: Int
    package var contentType: String
    package var body: [UInt8]
    /// How long the server asks to be left alone (`Retry-After`).
    package var retryAfter: Duration?

    package init(
        status: Int, contentType: String = "application/json", body: [UInt8], retryAfter: Duration? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.retryAfter = retryAfter
    }

    /// Reads a `Retry-After` in seconds; a date, which no API server sends, says nothing.
    package static func pause(_ header: String?) -> Duration? {
        header.flatMap { Int64($0) }.flatMap { $0 > 0 ? .seconds($0) : nil }
    }

    package var isSuccess: Bool { (200..<300).contains(status) }
}
