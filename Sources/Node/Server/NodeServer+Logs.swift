import HTTPCore
import Machinery

extension NodeServer {
    /// `/containerLogs/<namespace>/<pod>/<container>`
    func containerLogs(_ container: ContainerReference, _ words: NodeRequest) async throws -> HTTPResponse {
        let options = try Self.logOptions(words, now: wallClock.now)
        let location = try await backend.logLocation(of: container, previous: words.flag("previous"))
        // Opened before the answer begins, so that a missing log is an error and not an empty answer.
        let reader: ContainerLogReader
        do {
            reader = try await ContainerLogReader(path: location.path, options: options)
        } catch let error as LogFileError {
            throw NodeServerError(.badRequest, error.description)
        }
        return HTTPResponse(
            headers: ["content-type": "text/plain; charset=utf-8"],
            body: .stream { output in
                try await reader.run(until: location.ending) { try await output.send($0) }
            })
    }

    /// The container's part of `PodLogOptions`, with Kubernetes' rules for it.
    static func logOptions(_ words: NodeRequest, now: Timestamp) throws(NodeServerError) -> ContainerLogOptions {
        var options = ContainerLogOptions()
        options.follow = words.flag("follow")
        options.timestamps = words.flag("timestamps")
        options.limitBytes = try words.number("limitBytes", minimum: 1)
        // An older name; "all" is the same as none.
        switch words.value("tail") {
        case "all": options.tailLines = nil
        case nil, "": options.tailLines = try words.number("tailLines", minimum: 0)
        case .some: options.tailLines = try words.number("tail", minimum: 0)
        }
        let seconds = try words.number("sinceSeconds", minimum: 1)
        if let text = words.value("sinceTime"), !text.isEmpty {
            guard seconds == nil else {
                throw NodeServerError(
                    .unprocessableContent, "at most one of `sinceTime` or `sinceSeconds` may be specified")
            }
            guard let time = try? Timestamp(rfc3339: text) else {
                throw .undecodableQuery
            }
            options.since = time
        } else if let seconds {
            options.since = now - .seconds(seconds)
        }
        if let text = words.value("stream"), !text.isEmpty {
            guard let stream = ContainerLogOptions.Stream(rawValue: text) else {
                throw NodeServerError(.unprocessableContent, "stream: Unsupported value: \"\(text)\"")
            }
            options.stream = stream
            // The tail is counted before the streams are told apart.
            guard stream == .all || options.tailLines == nil else {
                throw NodeServerError(
                    .unprocessableContent, "`tailLines` and specific `stream` are mutually exclusive for now")
            }
        }
        return options
    }
}
