import HTTPCore
import NIOCore

/// Relays a streamed answer, piece by piece as it comes.
struct EventStreamRelay: Sendable {
    let hand: RequestInHand
    let status: HTTPStatus

    /// Throws where the stream broke, so that the client sees it broken and not ended.
    nonisolated(nonsending) func run(_ body: HTTPBody, to stream: ResponseStream) async throws {
        var scan = EventStreamScan()
        var pieces = body.makeAsyncIterator()
        do {
            while let piece = try await pieces.next(isolation: #isolation) {
                let before = scan.events
                scan.take(piece)
                if scan.events > before { hand.token() }
                try await stream.send(piece)
            }
        } catch {
            note(scan)
            // Read or written: a replica's stream fails in its own words, a client's by being gone.
            let isUpstream = (error as? HTTPBodyError).map { $0 != .cancelled } ?? false
            hand.end(isUpstream ? .failed : .cancelled, status: status.rawValue)
            throw error
        }
        note(scan)
        hand.end(scan.hasFailed ? .failed : .init(status: status), status: status.rawValue)
    }

    private func note(_ scan: EventStreamScan) {
        let usage = scan.usage
        hand.note { record in
            record.inputTokens = usage?.input ?? 0
            record.outputTokens = usage?.output ?? scan.events
        }
    }
}
