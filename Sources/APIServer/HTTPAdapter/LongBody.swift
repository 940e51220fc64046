import HTTPCore
import NIOCore

/// A long body on its way to a client, in pieces that are copied one at a time, so that a slow client costs what one
/// piece takes and not what the body does.
struct LongBody: Sendable {
    /// Bodies up to this size go out at once.
    static let pieceBytes = 128 * 1024

    private let body: ServerResponse.Body
    /// Kept until the body is sent.
    private let seat: HeldSeat?

    /// `nil` for what is short, and for what comes in pieces by itself.
    init?(_ body: ServerResponse.Body, seat: HeldSeat?) {
        guard Self.isLong(body) else { return nil }
        self.body = body
        self.seat = seat
    }

    static func isLong(_ body: ServerResponse.Body) -> Bool {
        switch body {
        case .bytes(let bytes): bytes.count > pieceBytes
        case .list(let list): !list.isShort(pieceBytes)
        case .watch, .stream, .relay, .upgrade: false
        }
    }

    /// What the client can be told of the length in advance. Lists are not gone through for it.
    var length: Int? {
        if case .bytes(let bytes) = body { return bytes.count }
        return nil
    }

    func send(to stream: ResponseStream) async throws {
        for piece in BodyPieces(body, of: Self.pieceBytes) {
            try await stream.send(piece)
            seat?.giveBackIfLate()
        }
        seat?.giveBack()
    }
}
