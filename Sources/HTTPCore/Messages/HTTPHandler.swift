/// Answers requests: the one seam between a server and what it serves.
///
/// `respond` runs in a task whose preferred executor is the connection's event loop: code that does not suspend runs to
/// its end in place, with no thread hop, so it must not block. The task is cancelled when the client goes away.
package protocol HTTPHandler: Sendable {
    func respond(to request: HTTPRequest) async -> HTTPResponse
}

/// A handler made of a closure.
package struct HTTPClosureHandler: HTTPHandler {
    private let body: @Sendable (HTTPRequest) async -> HTTPResponse

    package init(_ body: @escaping @Sendable (HTTPRequest) async -> HTTPResponse) {
        self.body = body
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        await body(request)
    }
}
