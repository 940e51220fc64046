import NIOCore

/// What a decoder found in the bytes it was fed. Data comes in pieces as small as the network made them.
enum SPDYEvent: Hashable, Sendable {
    case synStream(id: UInt32, headers: SPDYHeaders, isFinal: Bool, isUnidirectional: Bool)
    case synReply(id: UInt32, headers: SPDYHeaders, isFinal: Bool)
    case reset(id: UInt32, status: UInt32)
    case ping(id: UInt32)
    case goAway(lastGoodID: UInt32)
    case headers(id: UInt32, isFinal: Bool)
    case data(id: UInt32, bytes: ByteBuffer, isFinal: Bool)
    /// SETTINGS, WINDOW_UPDATE and frames unknown here, which change nothing.
    case ignored
}

/// Types of control frames (SPDY/3, section 2.6).
enum SPDYFrameType {
    static let synStream: UInt16 = 1
    static let synReply: UInt16 = 2
    static let reset: UInt16 = 3
    static let settings: UInt16 = 4
    static let ping: UInt16 = 6
    static let goAway: UInt16 = 7
    static let headers: UInt16 = 8
    static let windowUpdate: UInt16 = 9
}

enum SPDYFlags {
    static let fin: UInt8 = 1
    static let unidirectional: UInt8 = 2
}

/// Turns received bytes into SPDY events. Holds at most one control frame besides what was fed last.
struct SPDYFrameDecoder {
    /// Largest control frame taken; the peers here send a few hundred bytes.
    static let maximumControlLength = 64 << 10

    private struct DataFrame {
        var id: UInt32
        var remaining: Int
        var isFinal: Bool
    }

    private var buffer = ByteBuffer()
    private var frame: DataFrame?
    private let inflater: SPDYHeaderInflater

    init() throws(SPDYError) {
        inflater = try SPDYHeaderInflater(limit: Self.maximumControlLength)
    }

    /// Adds received bytes. Call `next` until it returns nil before feeding more.
    mutating func feed(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            var bytes = bytes
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next event, or nil when more bytes are needed.
    /// - Throws: on a violation, after which the decoder is of no more use.
    mutating func next() throws(SPDYError) -> SPDYEvent? {
        if frame != nil { return nextData() }
        var bytes = buffer
        guard let first = bytes.readInteger(as: UInt32.self), let second = bytes.readInteger(as: UInt32.self) else {
            return nil
        }
        let flags = UInt8(second >> 24)
        let length = Int(second & 0xFF_FFFF)
        guard first & 0x8000_0000 != 0 else {
            guard first != 0 else { throw SPDYError(.protocolViolation, "data on stream 0") }
            buffer = bytes
            frame = DataFrame(id: first, remaining: length, isFinal: flags & SPDYFlags.fin != 0)
            return nextData()
        }
        guard first >> 16 & 0x7FFF == 3 else {
            throw SPDYError(.protocolViolation, "version \(first >> 16 & 0x7FFF) is not spoken here")
        }
        guard length <= Self.maximumControlLength else {
            throw SPDYError(.protocolViolation, "control frame of \(length) bytes")
        }
        guard let payload = bytes.readSlice(length: length) else { return nil }
        buffer = bytes
        return try control(UInt16(truncatingIfNeeded: first), flags: flags, payload)
    }

    private mutating func nextData() -> SPDYEvent? {
        guard var current = frame else { return nil }
        guard buffer.readableBytes > 0 || current.remaining == 0 else { return nil }
        guard let bytes = buffer.readSlice(length: min(buffer.readableBytes, current.remaining)) else { return nil }
        current.remaining -= bytes.readableBytes
        frame = current.remaining == 0 ? nil : current
        return .data(id: current.id, bytes: bytes, isFinal: current.isFinal && current.remaining == 0)
    }

    private func control(_ type: UInt16, flags: UInt8, _ payload: ByteBuffer) throws(SPDYError) -> SPDYEvent {
        var payload = payload
        let isFinal = flags & SPDYFlags.fin != 0
        switch type {
        case SPDYFrameType.synStream:
            let id = try Self.streamID(&payload)
            guard payload.readBytes(length: 6) != nil else {
                throw SPDYError(.protocolViolation, "SYN_STREAM is truncated")
            }
            return .synStream(
                id: id, headers: try headers(payload), isFinal: isFinal,
                isUnidirectional: flags & SPDYFlags.unidirectional != 0)
        case SPDYFrameType.synReply:
            let id = try Self.streamID(&payload)
            return .synReply(id: id, headers: try headers(payload), isFinal: isFinal)
        case SPDYFrameType.headers:
            let id = try Self.streamID(&payload)
            // Nobody here uses them, but the next block builds on this one.
            _ = try headers(payload)
            return .headers(id: id, isFinal: isFinal)
        case SPDYFrameType.reset:
            let id = try Self.streamID(&payload)
            return .reset(id: id, status: try Self.word(&payload))
        case SPDYFrameType.ping: return .ping(id: try Self.word(&payload))
        case SPDYFrameType.goAway:
            let id = try Self.word(&payload) & 0x7FFF_FFFF
            _ = try Self.word(&payload)
            return .goAway(lastGoodID: id)
        default: return .ignored
        }
    }

    private func headers(_ payload: ByteBuffer) throws(SPDYError) -> SPDYHeaders {
        try SPDYHeaders(block: inflater.decompress(payload))
    }

    private static func streamID(_ payload: inout ByteBuffer) throws(SPDYError) -> UInt32 {
        let id = try word(&payload) & 0x7FFF_FFFF
        guard id != 0 else { throw SPDYError(.protocolViolation, "control frame for stream 0") }
        return id
    }

    private static func word(_ payload: inout ByteBuffer) throws(SPDYError) -> UInt32 {
        guard let word = payload.readInteger(as: UInt32.self) else {
            throw SPDYError(.protocolViolation, "control frame is truncated")
        }
        return word
    }
}
