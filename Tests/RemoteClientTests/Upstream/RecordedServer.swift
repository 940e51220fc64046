import HTTPCore
import Machinery
import NIOCore
import Synchronization

/// A server that answers as kube-apiserver 1.36 was seen to: from a script where there is one, else with empty lists
/// and watches on which nothing happens.
///
/// It listens on a real port. What is created appears on the watch of its collection, as upstream would show it.
final class RecordedServer: Sendable {
    /// What a path answers at one time.
    enum Answer: Sendable {
        case body(Int, String)
        /// As above, with a field besides.
        case after(seconds: Int, Int, String)
        /// Events of a watch, which then ends in good order.
        case events([String])
        /// Events of a watch on which nothing more happens by itself.
        case open([String])
        /// Carries the creation out, and breaks the connection instead of answering.
        case broken
    }

    struct Request: Sendable {
        let method: String
        let path: String
        let query: String
        let body: String

        var isWatch: Bool { query.contains("watch=") }

        /// A parameter of the query, still encoded.
        func parameter(_ name: String) -> String? {
            query.split(separator: "&").first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }
    }

    private struct Broken: Error {}

    private struct State {
        var script: [String: [Answer]] = [:]
        var watchers: [String: [AsyncStream<String>.Continuation]] = [:]
        var objects: [String: String] = [:]
        var requests: [Request] = []
        var version = 3000
        var waiters: [(predicate: @Sendable ([Request]) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var requests: [Request] { state.withLock { $0.requests } }

    /// - Parameter key: a method and a path, as `GET /api/v1/pods`, or `WATCH` with the path of a collection.
    func script(_ key: String, _ answers: [Answer]) {
        state.withLock { $0.script[key] = answers }
    }

    /// Waits until the requests so far satisfy the test.
    func until(_ predicate: @escaping @Sendable ([Request]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isTrue = state.withLock { state in
                if predicate(state.requests) { return true }
                state.waiters.append((predicate, continuation))
                return false
            }
            if isTrue { continuation.resume() }
        }
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let body = (try? await request.body.collect(upTo: 1 << 20)) ?? []
        let seen = Request(
            method: request.method.rawValue, path: request.path, query: request.query ?? "",
            body: String(decoding: body, as: UTF8.self))
        let key = seen.isWatch ? "WATCH \(seen.path)" : "\(seen.method) \(seen.path)"
        let (answer, ready) = state.withLock { state -> (Answer?, [CheckedContinuation<Void, Never>]) in
            state.requests.append(seen)
            let ready = state.waiters.filter { $0.predicate(state.requests) }.map(\.continuation)
            state.waiters.removeAll { $0.predicate(state.requests) }
            guard let answers = state.script[key], !answers.isEmpty else { return (nil, ready) }
            return (state.script[key]?.removeFirst(), ready)
        }
        for continuation in ready { continuation.resume() }
        return reply(answer, seen)
    }

    private func reply(_ answer: Answer?, _ request: Request) -> HTTPResponse {
        switch answer {
        case .body(let code, let text): return Self.json(code, text)
        case .after(let seconds, let code, let text):
            var response = Self.json(code, text)
            response.headers.append("retry-after", "\(seconds)")
            return response
        case .events(let lines): return watch(lines, on: nil)
        case .open(let lines): return watch(lines, on: request.path)
        case .broken:
            _ = create(request)
            return HTTPResponse(headers: ["content-type": "application/json"], body: .stream { _ in throw Broken() })
        case nil: break
        }
        if request.isWatch { return watch([], on: request.path) }
        switch request.method {
        case "POST" where request.path.hasSuffix("/binding"): return Self.json(201, Recording.success)
        case "POST": return create(request)
        case "PUT", "PATCH": return Self.json(200, request.body)
        default:
            if let object = state.withLock({ $0.objects[request.path] }) { return Self.json(200, object) }
            return Self.json(200, Recording.list([], version: "1000"))
        }
    }

    private static func json(_ code: Int, _ text: String) -> HTTPResponse {
        .text(text, status: HTTPStatus(rawValue: code), contentType: "application/json")
    }

    private func watch(_ lines: [String], on path: String?) -> HTTPResponse {
        let (live, continuation) = AsyncStream.makeStream(of: String.self)
        for line in lines { continuation.yield(line) }
        if let path {
            state.withLock { $0.watchers[path, default: []].append(continuation) }
        } else {
            continuation.finish()
        }
        return HTTPResponse(
            headers: ["content-type": "application/json"],
            body: .stream { stream in
                for await line in live { stream.writeAndFlush(ByteBuffer(string: line + "\n")) }
            })
    }

    /// Stores an object as it was sent, with what a server adds, and shows it to watchers of all namespaces.
    private func create(_ request: Request) -> HTTPResponse {
        guard var object = (try? JSON(parsing: Array(request.body.utf8)))?.objectValue,
            let name = object["metadata"]?["name"]?.stringValue
        else { return Self.json(400, Recording.status(400, "BadRequest", "no name")) }
        let place = "\(request.path)/\(name)"
        let collection = request.path.split(separator: "/").last.map(String.init) ?? ""
        return state.withLock { state in
            if state.objects[place] != nil {
                return Self.json(
                    409, Recording.status(409, "AlreadyExists", "\(collection) \"\(name)\" already exists"))
            }
            state.version += 1
            var metadata = object["metadata"]?.objectValue ?? JSONObject()
            metadata["uid"] = .string("uid-\(state.version)")
            metadata["resourceVersion"] = .string("\(state.version)")
            metadata["creationTimestamp"] = "2026-11-21T22:41:47Z"
            object["metadata"] = .object(metadata)
            let text = String(decoding: JSON.object(object).encoded(), as: UTF8.self)
            state.objects[place] = text
            let everywhere = request.path.replacing("/namespaces/default", with: "")
            for watcher in state.watchers[everywhere] ?? [] {
                watcher.yield(#"{"type":"ADDED","object":\#(text)}"#)
            }
            return Self.json(201, text)
        }
    }
}
