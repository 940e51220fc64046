import Client
import HTTPCore
import Machinery
import Node
import Synchronization
import Testing

/// An API server that knows two tokens, and lets their users do what they are made for.
private final class Reviewer: Transport {
    let asked = Mutex<[String]>([])
    let isDown = Mutex(false)

    func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        if isDown.withLock({ $0 }) { throw StatusError.serviceUnavailable("down") }
        guard case .object(var object)? = try? JSON(parsing: request.body) else {
            throw StatusError.badRequest("no object")
        }
        let resource = request.path.split(separator: "/").last.map(String.init) ?? ""
        asked.withLock { $0.append(resource) }
        let spec = object["spec"] ?? .null
        if resource == "tokenreviews" {
            let users = ["metrics-token": "prometheus", "admin-token": "root"]
            if let user = users[spec["token"]?.stringValue ?? ""] {
                object["status"] = [
                    "authenticated": true, "user": ["username": .string(user), "groups": ["scrapers"]],
                ]
            } else {
                object["status"] = ["authenticated": false, "error": "unknown token"]
            }
        } else {
            let attributes = spec["resourceAttributes"] ?? .null
            let isNode = attributes["resource"] == "nodes" && attributes["name"] == "n1"
            let isAllowed: Bool
            switch spec["user"]?.stringValue {
            case "prometheus":
                isAllowed = attributes["subresource"] == "metrics" && attributes["verb"] == "get"
            case "root": isAllowed = attributes["subresource"] == "proxy"
            default: isAllowed = false
            }
            object["status"] = ["allowed": .bool(isNode && isAllowed)]
        }
        return APIResponse(status: 201, body: JSON.object(object).encoded())
    }

    func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        throw StatusError.badRequest("nothing is streamed")
    }
}

@Suite("Access to the node's API")
struct NodeAccessTests {
    private static func decide(
        _ access: NodeAccess, _ path: String, _ token: String?, _ method: HTTPMethod = .get
    ) async -> NodeServer.Decision {
        await access.decide(method, path, certificate: nil, authorization: token.map { "Bearer \($0)" })
    }

    private static let paths: [(path: String, subresources: [String])] = [
        ("/metrics", ["metrics"]), ("/metrics/resource", ["metrics"]), ("/metricsx", ["proxy"]),
        ("/stats/summary", ["stats"]), ("/logs/x", ["log"]), ("/pods", ["pods", "proxy"]),
        ("/healthz", ["healthz", "proxy"]), ("/exec/ns/pod/c", ["proxy"]), ("/", ["proxy"]),
    ]

    @Test("is access to a part of the node", arguments: paths.indices)
    func parts(_ index: Int) {
        #expect(NodeAccess.subresources(Self.paths[index].path) == Self.paths[index].subresources)
    }

    @Test("is the API server's to give to whom it knows by a token")
    func tokens() async {
        let reviewer = Reviewer()
        let access = NodeAccess(nodeName: "n1", client: Client(transport: reviewer, userAgent: "test"))
        func decide(_ path: String, _ token: String?, _ method: HTTPMethod = .get) async -> NodeServer.Decision {
            await Self.decide(access, path, token, method)
        }
        #expect(await decide("/metrics", nil) == .unauthorized)
        #expect(await decide("/metrics", "guess") == .unauthorized)
        #expect(await decide("/metrics/cadvisor", "metrics-token") == .allowed)
        #expect(
            await decide("/stats/summary", "metrics-token")
                == .forbidden("Forbidden (user=prometheus, verb=get, resource=nodes, subresource(s)=[stats])"))
        #expect(
            await decide("/pods", "metrics-token")
                == .forbidden("Forbidden (user=prometheus, verb=get, resource=nodes, subresource(s)=[pods proxy])"))
        #expect(
            await decide("/exec/ns/p/c", "metrics-token", .post)
                == .forbidden("Forbidden (user=prometheus, verb=create, resource=nodes, subresource(s)=[proxy])"))
        #expect(await decide("/pods", "admin-token") == .allowed)
        #expect(await decide("/exec/ns/p/c", "admin-token") == .allowed)
    }

    @Test("is remembered, and refused while nobody can be asked")
    func remembers() async {
        let reviewer = Reviewer()
        let access = NodeAccess(nodeName: "n1", client: Client(transport: reviewer, userAgent: "test"))
        for _ in 0..<5 {
            #expect(await Self.decide(access, "/metrics", "metrics-token") == .allowed)
        }
        #expect(reviewer.asked.withLock { $0 } == ["tokenreviews", "subjectaccessreviews"])
        reviewer.isDown.withLock { $0 = true }
        #expect(await Self.decide(access, "/metrics", "metrics-token") == .allowed)
        #expect(await Self.decide(access, "/metrics", "admin-token") == .unauthorized)
    }
}
