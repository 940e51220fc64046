import HTTPClient
import HTTPCore
import Machinery
import NIOCore

/// Every update must reach every watch.
struct FanOut {
    private static let patience = Duration.seconds(120)

    let writer: BenchmarkClient
    let readers: BenchmarkClient
    let path: String
    let watchers: Int
    let updates: Int

    func run(_ report: inout Report) async throws {
        let version = try await version()
        let open = try await openAll(version)
        let begin = try report.measurement()
        let expected = watchers * updates
        let received = try await withThrowingTaskGroup(of: Int.self) { group in
            for response in open {
                group.addTask { try await Self.count(response, until: updates) }
            }
            group.addTask {
                for number in 0..<updates {
                    try await writer.send(
                        number, .patch, "\(path)/\(SamplePod.name(number))",
                        #"{"metadata":{"labels":{"fan":"f\#(number)"}}}"#, type: "application/merge-patch+json")
                }
                return 0
            }
            return try await group.reduce(into: 0) { $0 += $1 }
        }
        var samples = Samples()
        samples.lose(expected - received, "events did not come")
        try report.add("watch event", since: begin, operations: max(received, 1), samples)
    }

    private func version() async throws -> String {
        let list = try JSON(parsing: try await writer.send(0, .get, path + "?limit=1"))
        guard let version = list["metadata"]?["resourceVersion"]?.stringValue else {
            throw BenchmarkClient.Failure(description: "a list without a resource version")
        }
        return version
    }

    private func openAll(_ version: String) async throws -> [HTTPClientResponse] {
        try await withThrowingTaskGroup(of: HTTPClientResponse.self) { group in
            for number in 0..<watchers {
                group.addTask {
                    try await readers.open(number, .get, path + "?watch=true&resourceVersion=\(version)")
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Counts changes until all came, the stream ended or the patience did.
    private static func count(_ response: HTTPClientResponse, until expected: Int) async throws -> Int {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask {
                var counter = EventCounter()
                var pieces = response.body.makeAsyncIterator()
                while counter.count < expected, let piece = try await pieces.next() { counter.add(piece) }
                return counter.count
            }
            group.addTask {
                // Ended by the group where the events come in time.
                try? await Task.sleep(for: patience)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first ?? 0
        }
    }
}

/// Counts the changes in a watch's stream: lines that begin as ours do. A line may come in pieces.
struct EventCounter {
    private static let start = Array(#"{"type":"MODIFIED""#.utf8)

    private(set) var count = 0
    /// How much of the current line is looked at; nil: the rest of it does not matter.
    private var matched: Int? = 0

    mutating func add(_ piece: ByteBuffer) {
        for byte in piece.readableBytesView {
            if byte == UInt8(ascii: "\n") {
                matched = 0
            } else if let place = matched {
                let next = place + 1
                matched = byte != Self.start[place] || next == Self.start.count ? nil : next
                if byte == Self.start[place], next == Self.start.count { count += 1 }
            }
        }
    }
}
