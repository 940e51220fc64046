import HTTPCore
import NIOCore

/// Relays an answer that is no stream of events: at once where it is not too long, else as it comes.
struct WholeAnswerRelay: Sendable {
    /// Longer answers, such as those with many embeddings, are not gathered.
    private static let gatheredBytes = 512 * 1024

    let hand: RequestInHand
    let status: HTTPStatus

    /// Throws where the answer broke off and nothing of it has gone out.
    func body(_ body: HTTPBody) async throws(HTTPBodyError) -> HTTPResponse.Body {
        if let length = body.contentLength, length <= Self.gatheredBytes {
            return gathered(try await body.collectBuffer(upTo: Self.gatheredBytes))
        }
        var begin = ByteBuffer()
        var pieces = body.makeAsyncIterator()
        while begin.readableBytes <= Self.gatheredBytes {
            guard var piece = try await pieces.next(isolation: nil) else { return gathered(begin) }
            begin.writeBuffer(&piece)
        }
        return .stream { [self, begin] stream in try await relay(begin, body, to: stream) }
    }

    private func gathered(_ whole: ByteBuffer) -> HTTPResponse.Body {
        finish(TokenUsage(answer: whole))
        return .bytes(whole)
    }

    private nonisolated(nonsending) func relay(
        _ begin: ByteBuffer, _ body: HTTPBody, to stream: ResponseStream
    ) async throws {
        var tail = AnswerTail()
        var pieces = body.makeAsyncIterator()
        do {
            tail.take(begin)
            try await stream.send(begin)
            while let piece = try await pieces.next(isolation: #isolation) {
                tail.take(piece)
                try await stream.send(piece)
            }
        } catch {
            let isUpstream = (error as? HTTPBodyError).map { $0 != .cancelled } ?? false
            hand.end(isUpstream ? .failed : .cancelled, status: status.rawValue)
            throw error
        }
        finish(tail.usage)
    }

    private func finish(_ usage: TokenUsage?) {
        hand.note { record in
            record.inputTokens = usage?.input ?? 0
            record.outputTokens = usage?.output ?? 0
        }
        if usage?.output ?? 0 > 0 { hand.token() }
        hand.end(.init(status: status), status: status.rawValue)
    }
}
