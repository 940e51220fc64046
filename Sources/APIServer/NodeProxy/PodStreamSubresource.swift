import HTTPCore
import KubeAPI
import Machinery
import NIOCore

/// `pods/exec`, `pods/attach` and `pods/portforward`: tunnels to the agent of the pod's node, which speaks the
/// protocol.
struct PodStreamSubresource: SubresourceHandler {
    enum Operation: String, Sendable {
        case exec
        case attach
        case portForward
    }

    let operation: Operation
    let pods: Registry
    let connector: NodeConnector

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        // What a GET may do is what a POST may do: opening a stream is always `create`.
        var access = AccessAttributes(user: request.user, info: request.info)
        access.verb = "create"
        if let refusal = access.refusal(await server.authorizer.authorize(access)) { throw refusal }
        let (object, _) = try pods.current(request.info.namespace, request.info.name)
        let pod = Pod(json: object)
        try await pods.admit(
            .connect, namespace: request.info.namespace, name: request.info.name, body: demand(request.query),
            kind: kind, options: WriteOptions(connecting: request, now: server.clock.now))
        let node = try PodLocation.node(of: pod)
        guard let http = request.http else {
            throw StatusError.badRequest("streams need a connection that can be upgraded")
        }
        let place = "\(PercentEncoding.encode(pod.namespace))/\(PercentEncoding.encode(pod.name))"
        let target: String
        switch operation {
        case .portForward:
            target = "/portForward/\(place)" + PodLocation.query(request.query, ["ports"])
        case .exec, .attach:
            let container = try PodLocation.container(request.query["container"], of: pod)
            if operation == .exec, request.query.all("command").isEmpty {
                throw StatusError.badRequest("you must specify at least 1 command for the container")
            }
            let names = ["command", "stdin", "stdout", "stderr", "tty"]
            target =
                "/\(operation.rawValue)/\(place)/\(PercentEncoding.encode(container))"
                + PodLocation.query(request.query, names)
        }
        return try await connector.tunnel(http, to: node, target: target)
    }

    private var kind: GroupVersionKind {
        let name =
            switch operation {
            case .exec: "PodExecOptions"
            case .attach: "PodAttachOptions"
            case .portForward: "PodPortForwardOptions"
            }
        return GroupVersionKind(group: "", version: "v1", kind: name)
    }

    /// What is asked for, as admission sees it.
    private func demand(_ query: QueryParameters) -> JSONObject {
        var demand = JSONObject()
        if operation == .portForward {
            demand.set("ports", query.all("ports").flatMap { $0.split(separator: ",") }.compactMap { Int64($0) })
            return demand
        }
        for name in ["stdin", "stdout", "stderr", "tty"] where ["true", "1"].contains(query[name] ?? "") {
            demand[name] = true
        }
        demand.set("container", query["container"].flatMap { $0.isEmpty ? nil : $0 })
        demand.set("command", query.all("command"))
        return demand
    }
}

/// `pods/log`: relays a container's log from its node.
struct PodLogSubresource: SubresourceHandler {
    let pods: Registry
    let connector: NodeConnector

    private static let parameters = [
        "follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes", "stream",
    ]

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        let (object, _) = try pods.current(request.info.namespace, request.info.name)
        let pod = Pod(json: object)
        let container = try PodLocation.container(request.query["container"], of: pod)
        guard let node = pod.spec.nodeName, !node.isEmpty else {
            // Nothing has run yet, so there is nothing to show.
            return ServerResponse(contentType: "text/plain", body: .bytes([]))
        }
        let target =
            "/containerLogs/\(PercentEncoding.encode(pod.namespace))/\(PercentEncoding.encode(pod.name))/"
            + PercentEncoding.encode(container) + PodLocation.query(request.query, Self.parameters)
        let answer = try await connector.get(node, target: target)
        guard answer.status.rawValue == 200 else {
            var text = "the node answered \(answer.status.rawValue)"
            do {
                text = String(decoding: try await answer.body.collect(upTo: 64 * 1024), as: UTF8.self)
            } catch {
                text += ", and its words were lost: \(error)"
            }
            throw StatusError(
                code: answer.status.rawValue, reason: answer.status.rawValue == 404 ? .notFound : .badRequest,
                message: text)
        }
        return ServerResponse(
            contentType: "text/plain",
            body: .stream { writer in
                for try await piece in answer.body { try await writer.write(Array(piece.readableBytesView)) }
            })
    }
}

/// Where a pod's containers are, and which one is meant.
enum PodLocation {
    static func node(of pod: Pod) throws(StatusError) -> String {
        guard let node = pod.spec.nodeName, !node.isEmpty else {
            throw StatusError.badRequest("pod \(pod.name) does not have a host assigned")
        }
        return node
    }

    static func container(_ asked: String?, of pod: Pod) throws(StatusError) -> String {
        let names = pod.spec.containers.map(\.name)
        let all = names + pod.spec.initContainers.map(\.name) + pod.spec.ephemeralContainers.map(\.name)
        if let asked, !asked.isEmpty {
            guard all.contains(asked) else {
                throw StatusError.badRequest("container \(asked) is not valid for pod \(pod.name)")
            }
            return asked
        }
        if names.count == 1 { return names[0] }
        var text =
            "a container name must be specified for pod \(pod.name), choose one of: [\(names.joined(separator: " "))]"
        let initNames = pod.spec.initContainers.map(\.name)
        if !initNames.isEmpty { text += " or one of the init containers: [\(initNames.joined(separator: " "))]" }
        throw StatusError.badRequest(text)
    }

    /// The named parameters of a query, as a query.
    static func query(_ query: QueryParameters, _ names: [String]) -> String {
        let kept = query.pairs.filter { names.contains($0.name) }
        guard !kept.isEmpty else { return "" }
        return "?"
            + kept.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
