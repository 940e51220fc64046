import Client
import HTTPCore
import Machinery

extension RelayedBody {
    /// The most of an extension server's answer that a client in this process takes.
    private static let maximumBytes = 128 << 20

    /// Everything up to the end.
    func collect() async throws(StatusError) -> [UInt8] {
        do {
            return try await body.collect(upTo: Self.maximumBytes)
        } catch {
            throw StatusError.serviceUnavailable("error trying to reach service: \(error)")
        }
    }
}

/// A watch of an extension server's objects, taken by a client in this process.
final class RelayedStream: ByteStream {
    private let relayed: RelayedBody

    init(_ relayed: RelayedBody) { self.relayed = relayed }

    func next() async throws -> [UInt8]? {
        var iterator = relayed.body.makeAsyncIterator()
        return try await iterator.next().map { Array($0.readableBytesView) }
    }

    func cancel() { relayed.body.discard() }

    deinit { cancel() }
}
