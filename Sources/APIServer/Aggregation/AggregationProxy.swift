import HTTPClient
import HTTPCore
import Machinery
import NIOCore

/// Passes requests on to extension servers, with the user this server authenticated.
///
/// Bodies and watches are streamed, upgrades relayed. What the client proved itself with ends here. A redirect is
/// refused rather than followed or passed on: the server would be sent to places of somebody else's choice.
///
/// Source: k8s.io/kube-aggregator/pkg/apiserver/handler_proxy.go
struct AggregationProxy: Sendable {
    /// Until an answer begins; a watch may take as long as its client waits.
    private static let answerTimeout = Duration.seconds(60)
    private static let upgradeTimeout = Duration.seconds(30)
    private static let redirectText = "the backend attempted to redirect this request, which is not permitted"

    let client: AggregationClient

    func handle(_ request: ServerRequest, to service: AggregatedService) async -> ServerResponse {
        guard service.isAvailable else { return Self.unavailable("service unavailable") }
        let endpoint: HTTPEndpoint
        let client: HTTPClient
        do {
            endpoint = try self.client.endpoint(service)
        } catch {
            return Self.unavailable("service unavailable")
        }
        do {
            client = try self.client.client(service)
        } catch {
            return Self.text(error.description, status: 500)
        }
        let forwarded = Self.forwarded(request, endpoint)
        do {
            if let http = request.http, let upgrade = http.requestedUpgrade {
                return try await ProxyTunnel.open(
                    forwarded, upgrade, client, deadline: .now + Self.upgradeTimeout)
            }
            let isWatch = request.info.verb == "watch"
            let answer = try await client.execute(
                forwarded, deadline: isWatch ? nil : .now + Self.answerTimeout)
            return Self.response(answer, to: request, keeping: client)
        } catch {
            let cause = RefusedCall.text(error, endpoint: AggregationClient.address(endpoint))
            return Self.unavailable("error trying to reach service: \(cause)")
        }
    }

    // MARK: Requests

    private static func forwarded(_ request: ServerRequest, _ endpoint: HTTPEndpoint) -> HTTPClientRequest {
        var headers: HTTPHeaders
        var body = HTTPClientRequest.Body.empty
        let target: String
        if let http = request.http {
            headers = ProxyHeaders.request(http)
            if let address = http.remoteAddress?.ipAddress {
                let before = http.headers.values("x-forwarded-for")
                headers.set("X-Forwarded-For", (before + [address]).joined(separator: ", "))
            }
            target = http.path + (http.query.map { "?\($0)" } ?? "")
            if !http.body.isEmpty, http.requestedUpgrade == nil {
                let sent = http.body
                body = .stream { stream in for try await piece in sent { try await stream.send(piece) } }
            }
        } else {
            headers = ["Accept": request.accept.isEmpty ? ContentType.json : request.accept]
            headers.append("User-Agent", request.userAgent)
            if !request.contentType.isEmpty { headers.append("Content-Type", request.contentType) }
            target = request.info.path + encoded(request.query)
            if case .bytes(let bytes) = request.body, !bytes.isEmpty { body = .bytes(ByteBuffer(bytes: bytes)) }
        }
        RemoteUserHeaders.append(request.user, to: &headers)
        return HTTPClientRequest(
            method: HTTPMethod(rawValue: request.method), endpoint: endpoint, target: target, headers: headers,
            body: body)
    }

    private static func encoded(_ query: QueryParameters) -> String {
        guard !query.isEmpty else { return "" }
        return "?"
            + query.pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }

    // MARK: Answers

    private static func response(
        _ answer: HTTPClientResponse, to request: ServerRequest, keeping client: HTTPClient
    ) -> ServerResponse {
        let status = answer.status.rawValue
        if (300..<400).contains(status), answer.headers["location"] != nil {
            answer.body.discard()
            return text(redirectText, status: 502)
        }
        let headers = ProxyHeaders.response(answer.headers)
        guard let http = request.http else {
            var response = ServerResponse(
                status: status, contentType: answer.headers["content-type"] ?? "",
                body: .relay(RelayedBody(answer.body, keeping: client)))
            response.headers = headers.filter { !HTTPHeaders.equal($0.name, "content-type") }.map {
                ($0.name, $0.value)
            }
            return response
        }
        let hasBody = http.method != .head && status != 204 && status != 304
        if !hasBody { answer.body.discard() }
        let body: HTTPResponse.Body =
            hasBody
            ? .stream { stream in
                // Outlives the answer's body, which ends with it.
                defer { withExtendedLifetime(client) {} }
                for try await piece in answer.body { try await stream.send(piece) }
            } : .empty
        return ServerResponse(
            status: status, body: .upgrade(HTTPResponse(status: answer.status, headers: headers, body: body)))
    }

    private static func unavailable(_ text: String) -> ServerResponse { self.text(text, status: 503) }

    /// An error in the plain text that Go's servers and kube-aggregator give.
    private static func text(_ text: String, status: Int) -> ServerResponse {
        var response = ServerResponse.text(text + "\n", status: status)
        response.headers.append(("X-Content-Type-Options", "nosniff"))
        return response
    }
}

/// An extension server's answer on its way to a client in this process.
package struct RelayedBody: Sendable {
    let body: HTTPBody
    /// Connections close with the last one who holds their client.
    private let client: HTTPClient
    /// Lets go of the audit's record when the body is sent, or nobody sends it any more.
    var kept: AuditCompletion?

    init(_ body: HTTPBody, keeping client: HTTPClient) {
        self.body = body
        self.client = client
    }
}
