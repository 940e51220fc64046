import HTTPCore
import Machinery
import NIOCore

extension APIServer: HTTPHandler {
    /// Serves a request that came over a socket.
    package func respond(to http: HTTPRequest) async -> HTTPResponse {
        let isHead = http.method == .head
        do throws(StatusError) {
            var request = try ServerRequest(http)
            let found = await identify(http)
            switch found {
            case .success(let authenticated):
                request.user = authenticated.user
                for warning in authenticated.warnings { request.warnings.add(warning) }
                for note in authenticated.annotations { request.auditAnnotations.add(note.key, note.value) }
                if WebSocketToken.isOffered(http.headers) { request.http = WebSocketToken.stripped(http) }
            case .failure(let failure):
                return HTTPResponse(await refuse(request, http, failure), isHead: isHead)
            }
            return HTTPResponse(
                await handle(request), isHead: isHead, isCompressed: compression.applies(to: http, request.info))
        } catch {
            metrics.requests.refused(status: error.code)
            return HTTPResponse(FormEncoding.error(error, accept: http.headers["accept"] ?? ""), isHead: isHead)
        }
    }

    private func identify(_ http: HTTPRequest) async -> Result<Authenticated, StatusError> {
        let begin = ContinuousClock.now
        do throws(StatusError) {
            guard let found = try await authenticator.authenticate(http) else { throw StatusError.unauthorized() }
            metrics.authentication.authenticated(found.user, since: begin)
            return .success(found)
        } catch {
            metrics.authentication.refused(since: begin)
            metrics.requests.refused(status: error.code)
            return .failure(error)
        }
    }
}

extension ServerRequest {
    init(_ http: HTTPRequest) throws(StatusError) {
        guard let query = QueryParameters(decoding: http.query),
            let info = RequestInfo(method: http.method.rawValue, path: http.path, query: query)
        else { throw StatusError.badRequest("the request's path or query is malformed") }
        self.init(
            method: http.method.rawValue, info: info, query: query, contentType: http.headers["content-type"] ?? "",
            accept: http.headers["accept"] ?? "", userAgent: http.headers["user-agent"] ?? "", body: .http(http.body),
            http: http)
        auditID = http.headers[Auditor.header].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension HTTPResponse {
    /// - Parameter isCompressed: whether a long body may go out as gzip.
    init(_ response: ServerResponse, isHead: Bool, isCompressed: Bool = false) {
        if case .upgrade(let http) = response.body {
            self = http
            return
        }
        var headers = HTTPHeaders()
        headers.append("content-type", response.contentType)
        headers.append("cache-control", "no-cache, private")
        for header in response.headers { headers.append(header.name, header.value) }
        if isCompressed, let body = CompressedBody(response.body) {
            headers.append("content-encoding", "gzip")
            headers.append("vary", "Accept-Encoding")
            self.init(
                status: HTTPStatus(rawValue: response.status), headers: headers,
                body: .stream { [seat = response.seat] stream in
                    try await body.send(to: stream)
                    seat?.giveBack()
                })
            return
        }
        if !isHead, let body = LongBody(response.body, seat: response.seat) {
            if let length = body.length { headers.append("content-length", String(length)) }
            self.init(
                status: HTTPStatus(rawValue: response.status), headers: headers,
                body: .stream { stream in try await body.send(to: stream) })
            return
        }
        self.init(
            status: HTTPStatus(rawValue: response.status), headers: headers, body: Self.body(response, isHead: isHead))
    }

    private static func body(_ response: ServerResponse, isHead: Bool) -> Body {
        switch response.body {
        case .bytes(let bytes):
            return isHead ? .empty : .bytes(ByteBuffer(bytes: bytes))
        case .list(let list):
            return isHead ? .empty : .bytes(ByteBuffer(bytes: list.joined()))
        case .watch(let watch) where watch.registry.convertsImmediately:
            return .push { stream in watch.start(on: stream) }
        case .watch(let watch):
            return .stream { stream in try await ConvertedWatch.send(watch, to: stream) }
        case .stream(let write):
            return .stream { stream in try await write(StreamBodyWriter(stream: stream)) }
        case .relay(let relayed):
            return .stream { stream in for try await piece in relayed.body { try await stream.send(piece) } }
        case .upgrade(let http):
            return http.body
        }
    }
}

/// Writes pieces to a streamed response.
private struct StreamBodyWriter: BodyWriter {
    let stream: ResponseStream

    func write(_ bytes: [UInt8]) async throws {
        try await stream.send(ByteBuffer(bytes: bytes))
    }
}
