import Client
import Machinery
import Testing

/// Reads a watch line by line.
final class WatchReader {
    struct Event {
        let type: String
        let object: JSON

        var name: String { object.at("metadata.name").stringValue ?? "" }
        /// `ADDED a`, to compare sequences.
        var summary: String { "\(type) \(name)" }
    }

    private let stream: any ByteStream
    private var buffer: [UInt8] = []

    init(_ stream: any ByteStream) { self.stream = stream }

    /// The next event; `nil` when the watch ended.
    func next() async throws -> Event? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                let json = try JSON(parsing: line)
                return Event(type: json["type"]?.stringValue ?? "", object: json["object"] ?? .null)
            }
            guard let chunk = try await stream.next() else { return nil }
            buffer += chunk
        }
    }

    /// As many events, as `TYPE name`.
    func summaries(_ count: Int) async throws -> [String] {
        var result: [String] = []
        while result.count < count {
            guard let event = try await next() else { break }
            result.append(event.summary)
        }
        return result
    }

    func cancel() { stream.cancel() }
}
