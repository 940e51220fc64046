import HTTPCore
import NIOCore

/// The messages a server sends in a call: read once. Ends after an `OK`, throws `GRPCError` on any other status.
package struct GRPCMessages: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = GRPCError

    fileprivate let body: HTTPBody
    fileprivate let limit: Int
    fileprivate let deadline: ContinuousClock.Instant?
    private let timer: Timer?

    init(body: HTTPBody, limit: Int, deadline: ContinuousClock.Instant?, group: any EventLoopGroup) {
        self.body = body
        self.limit = limit
        self.deadline = deadline
        timer = deadline.map { deadline in
            Timer(group.any().scheduleTask(in: (deadline - .now).timeAmount) { body.discard() })
        }
    }

    /// Cuts the call off at its deadline, unless nobody reads it any more.
    fileprivate final class Timer: Sendable {
        private let scheduled: Scheduled<Void>

        init(_ scheduled: Scheduled<Void>) {
            self.scheduled = scheduled
        }

        deinit {
            scheduled.cancel()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            body: body, pieces: body.makeAsyncIterator(), framing: GRPCFraming(limit: limit), deadline: deadline,
            timer: timer)
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let body: HTTPBody
        fileprivate var pieces: HTTPBody.AsyncIterator
        fileprivate var framing: GRPCFraming
        fileprivate let deadline: ContinuousClock.Instant?
        fileprivate let timer: Timer?

        package mutating func next() async throws(GRPCError) -> [UInt8]? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(GRPCError) -> [UInt8]? {
            while true {
                do {
                    if let message = try framing.next() { return message }
                } catch {
                    body.discard()
                    throw error
                }
                guard let piece = try await piece() else { break }
                framing.append(piece)
            }
            if let failure = GRPCStatus.failure(trailers: body.trailers ?? HTTPHeaders()) { throw failure }
            if framing.isPartial { throw GRPCError(.internalError, "the server ended the call inside a message") }
            return nil
        }

        private mutating func piece() async throws(GRPCError) -> ByteBuffer? {
            do {
                return try await pieces.next(isolation: #isolation)
            } catch {
                if let deadline, deadline <= .now { throw GRPCError(.deadlineExceeded, "context deadline exceeded") }
                switch error {
                case .cancelled: throw GRPCError(.cancelled, "the call was cancelled")
                case .connectionClosed: throw GRPCError(.unavailable, "the connection closed during the call")
                case .malformed, .timedOut, .tooLarge: throw GRPCError(.internalError, error.description)
                }
            }
        }
    }
}
