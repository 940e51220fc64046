import NIOCore

/// What a handler answers. The server adds `Date`, `Content-Length` or `Transfer-Encoding` and connection fields.
package struct HTTPResponse: Sendable {
    package var status: HTTPStatus
    package var headers: HTTPHeaders
    package var body: Body

    package init(status: HTTPStatus = .ok, headers: HTTPHeaders = HTTPHeaders(), body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// How the body comes.
    package enum Body: Sendable {
        /// No bytes; `Content-Length: 0` where the status allows a body.
        case empty
        /// The whole body.
        case bytes(ByteBuffer)
        /// The whole body in pieces, sent one after the other without being joined.
        case chunks([ByteBuffer])
        /// Written by the closure, in the handler's task on the connection's loop, after the head went out. Returning
        /// ends the body; throwing cuts it off so that the client sees a broken response, not a short one.
        case stream(@Sendable (ResponseStream) async throws -> Void)
        /// Written by whoever keeps the stream: the closure is called once, on the loop, after the head went out. The
        /// response ends with `finish()` or when the client goes away (`onClose`). No task exists while it is open.
        case push(@Sendable (ResponseStream) -> Void)
        /// HTTP/1.1 only: answers `101 Switching Protocols` with `Upgrade: protocol` and these fields besides the
        /// response's own, then hands over the raw connection with whatever the client had already sent. The connection
        /// is closed when the closure returns. On a request that asked for no upgrade, 500 is answered instead.
        case upgrade(protocol: String, headers: HTTPHeaders, @Sendable (any ByteDuplex) async -> Void)
    }
}

extension HTTPResponse {
    /// A body of text.
    package static func text(
        _ text: String, status: HTTPStatus = .ok, contentType: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["content-type": contentType], body: .bytes(ByteBuffer(string: text)))
    }

    /// A body of bytes.
    package static func bytes(_ bytes: [UInt8], status: HTTPStatus = .ok, contentType: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["content-type": contentType], body: .bytes(ByteBuffer(bytes: bytes)))
    }
}
