import HTTPCore

/// An answer. The body may still be on its way: it is held back while nobody reads it, and dropping it unread resets
/// the stream (HTTP/2) or closes the connection (HTTP/1.1).
package struct HTTPClientResponse: Sendable {
    package var status: HTTPStatus
    package var headers: HTTPHeaders
    package var body: HTTPBody
    package var httpVersion: HTTPVersion

    package init(status: HTTPStatus, headers: HTTPHeaders, body: HTTPBody, httpVersion: HTTPVersion) {
        self.status = status
        self.headers = headers
        self.body = body
        self.httpVersion = httpVersion
    }
}
