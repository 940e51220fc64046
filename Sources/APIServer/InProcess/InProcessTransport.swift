import Client
import Machinery

/// Reaches an API server in the same process: no socket, no TLS, no HTTP; authorization, admission and everything after
/// them are the same as for anybody.
package struct InProcessTransport: Transport {
    private let server: APIServer
    private let user: User
    private let userAgent: String

    /// - Parameter user: who the client is; the wiring that makes it vouches for that.
    package init(server: APIServer, user: User, userAgent: String) {
        self.server = server
        var user = user
        if !user.groups.contains(User.authenticatedGroup) { user.groups.append(User.authenticatedGroup) }
        self.user = user
        self.userAgent = userAgent
    }

    package func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        let response = await server.handle(try serverRequest(request))
        switch response.body {
        case .bytes(let bytes):
            return APIResponse(
                status: response.status, contentType: response.contentType, body: bytes,
                retryAfter: APIResponse.pause(response.headers.first { $0.name == "Retry-After" }?.value))
        case .list(let list):
            return APIResponse(status: response.status, contentType: response.contentType, body: list.joined())
        case .relay(let relayed):
            return APIResponse(
                status: response.status, contentType: response.contentType, body: try await relayed.collect())
        case .watch, .stream, .upgrade:
            throw StatusError.badRequest("\(request.path) answers with a stream")
        }
    }

    package func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        let response = await server.handle(try serverRequest(request))
        switch response.body {
        case .watch(let watch):
            return try InProcessWatch(watch, clock: server.clock)
        case .bytes(let bytes):
            throw Self.error(status: response.status, bytes)
        case .relay(let relayed) where (200..<300).contains(response.status):
            return RelayedStream(relayed)
        case .relay(let relayed):
            throw Self.error(status: response.status, try await relayed.collect())
        case .list, .stream, .upgrade:
            throw StatusError.badRequest("\(request.path) is not a watch")
        }
    }

    private static func error(status: Int, _ bytes: [UInt8]) -> StatusError {
        if case .object(let object)? = try? JSON(parsing: bytes), let error = StatusError(json: object) { return error }
        return StatusError.internalError("the server answered \(status) instead of a stream")
    }

    private func serverRequest(_ request: APIRequest) throws(StatusError) -> ServerRequest {
        let query = QueryParameters(request.query)
        guard let info = RequestInfo(method: request.method, path: request.path, query: query) else {
            throw StatusError.badRequest("the request's path is malformed")
        }
        return ServerRequest(
            method: request.method, info: info, query: query, contentType: request.contentType ?? "",
            accept: request.accept ?? "", userAgent: userAgent, body: .bytes(request.body), user: user)
    }
}
