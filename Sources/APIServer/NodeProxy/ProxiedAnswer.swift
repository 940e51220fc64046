import HTTPClient
import HTTPCore
import NIOCore

/// What a backend answered, made fit for the place at which the client sees it: absolute links and redirects to itself
/// are put behind the proxy's path, as Kubernetes does.
struct ProxiedAnswer: Sendable {
    /// Pages beyond this size pass as they are.
    private static let maximumPageBytes = 4 << 20

    private let answer: HTTPClientResponse
    private let links: LinkRewriter

    init(_ answer: HTTPClientResponse, prefix: String, backend: String, client: String) {
        self.answer = answer
        links = LinkRewriter(prefix: prefix, hosts: [backend, client])
    }

    func response(to method: HTTPMethod) async throws -> HTTPResponse {
        var headers = ProxyHeaders.response(answer.headers)
        if let location = answer.headers["location"] { headers.set("Location", links.rewritten(location)) }
        guard method != .head, answer.status.rawValue != 204, answer.status.rawValue != 304 else {
            answer.body.discard()
            return HTTPResponse(status: answer.status, headers: headers)
        }
        let type = answer.headers["content-type"]?.lowercased() ?? ""
        guard type.hasPrefix("text/html"), answer.headers["content-encoding"] == nil else {
            return HTTPResponse(status: answer.status, headers: headers, body: Self.stream(answer.body, after: []))
        }
        var page: [ByteBuffer] = []
        var size = 0
        for try await piece in answer.body {
            page.append(piece)
            size += piece.readableBytes
            if size > Self.maximumPageBytes {
                return HTTPResponse(
                    status: answer.status, headers: headers, body: Self.stream(answer.body, after: page))
            }
        }
        var whole: [UInt8] = []
        whole.reserveCapacity(size)
        for piece in page { whole.append(contentsOf: piece.readableBytesView) }
        return HTTPResponse(
            status: answer.status, headers: headers, body: .bytes(ByteBuffer(bytes: links.page(whole))))
    }

    private static func stream(_ body: HTTPBody, after first: [ByteBuffer]) -> HTTPResponse.Body {
        .stream { stream in
            for piece in first { try await stream.send(piece) }
            for try await piece in body { try await stream.send(piece) }
        }
    }
}
