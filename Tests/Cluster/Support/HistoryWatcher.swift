import Foundation
import Synchronization

/// Sees every event of a collection, whatever happens to the server meanwhile: each new watch begins where the one
/// before it broke off, and the store keeps what was in between.
final class HistoryWatcher: Sendable {
    enum Kind: String, Sendable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    private struct State {
        var version: String
        var faults: [String] = []
    }

    private let server: String
    private let token: String
    private let path: String
    private let take: @Sendable (Kind, Object) -> Void
    private let state: Mutex<State>

    /// - Parameter take: called for one event at a time, in order.
    init(
        server: String, token: String, _ path: String, from version: String,
        take: @escaping @Sendable (Kind, Object) -> Void
    ) {
        self.server = server
        self.token = token
        self.path = path
        self.take = take
        state = Mutex(State(version: version))
    }

    /// What the watch said that it must not.
    var faults: [String] { state.withLock { $0.faults } }
    var version: Int { state.withLock { Int($0.version) ?? 0 } }

    /// Until cancelled.
    func run() async throws {
        while !Task.isCancelled {
            let version = state.withLock { $0.version }
            let stream = try LineStream(
                Command(
                    program: "curl",
                    arguments: [
                        "-skN", "-H", "Authorization: Bearer \(token)",
                        "\(server)\(path)?watch=true&allowWatchBookmarks=true&resourceVersion=\(version)",
                    ]))
            await withTaskCancellationHandler {
                for await line in stream.lines { handle(line) }
            } onCancel: {
                stream.end()
            }
            stream.end()
            try await Ticker.wait(.milliseconds(20))
        }
    }

    private func handle(_ line: String) {
        guard let event = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any],
            let type = event["type"] as? String, let json = event["object"] as? [String: Any],
            let metadata = json["metadata"] as? [String: Any]
            // A line cut off by a kill is no event; the next watch brings it whole.
        else { return }
        let version = metadata["resourceVersion"] as? String ?? ""
        if let kind = Kind(rawValue: type) {
            if (Int(version) ?? 0) <= self.version {
                state.withLock { $0.faults.append("\(type) with version \(version) after \($0.version)") }
            }
            take(kind, Object(json: json))
        } else if type != "BOOKMARK" {
            return state.withLock { $0.faults.append("unexpected: \(line.prefix(300))") }
        }
        state.withLock { $0.version = version }
    }
}
