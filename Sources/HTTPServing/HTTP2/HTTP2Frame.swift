import NIOCore

/// The head of a frame (RFC 9113 §4.1): nine bytes.
struct HTTP2FrameHead: Hashable {
    static let size = 9

    enum Kind {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let priority: UInt8 = 2
        static let rstStream: UInt8 = 3
        static let settings: UInt8 = 4
        static let pushPromise: UInt8 = 5
        static let ping: UInt8 = 6
        static let goAway: UInt8 = 7
        static let windowUpdate: UInt8 = 8
        static let continuation: UInt8 = 9
    }

    enum Flag {
        static let acknowledged: UInt8 = 0x1
        static let endStream: UInt8 = 0x1
        static let endHeaders: UInt8 = 0x4
        static let padded: UInt8 = 0x8
        static let priority: UInt8 = 0x20
    }

    var length: Int
    var kind: UInt8
    var flags: UInt8 = 0
    var streamID: UInt32 = 0

    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }

    /// Writes its nine bytes to the beginning of `target`.
    func write(to target: UnsafeMutableRawBufferPointer) {
        let first = UInt32(truncatingIfNeeded: length) << 8 | UInt32(kind)
        target.storeBytes(of: first.bigEndian, as: UInt32.self)
        target[4] = flags
        target.storeBytes(of: streamID.bigEndian, toByteOffset: 5, as: UInt32.self)
    }
}

/// Why a stream or a connection ends (RFC 9113 §7).
enum HTTP2ErrorCode: UInt32 {
    case noError = 0
    case protocolError = 1
    case internalError = 2
    case flowControlError = 3
    case settingsTimeout = 4
    case streamClosed = 5
    case frameSizeError = 6
    case refusedStream = 7
    case cancel = 8
    case compressionError = 9
    case connectError = 10
    case enhanceYourCalm = 11
    case inadequateSecurity = 12
    case http11Required = 13
}

/// What the peer did that ends its connection.
struct HTTP2ConnectionError: Error, Hashable {
    var code: HTTP2ErrorCode
    /// For the debug data of GOAWAY.
    var reason: String

    init(_ code: HTTP2ErrorCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// The parameters of SETTINGS (RFC 9113 §6.5.2) that matter to a server.
enum HTTP2Parameter {
    static let headerTableSize: UInt16 = 1
    static let enablePush: UInt16 = 2
    static let maxConcurrentStreams: UInt16 = 3
    static let initialWindowSize: UInt16 = 4
    static let maxFrameSize: UInt16 = 5
    static let maxHeaderListSize: UInt16 = 6
}

/// The bounds of flow control (RFC 9113 §6.9).
enum HTTP2Window {
    static let initial = 65_535
    static let maximum = Int(Int32.max)
}

extension ByteBuffer {
    mutating func writeFrameHead(_ head: HTTP2FrameHead) {
        writeMultipleIntegers(
            UInt32(truncatingIfNeeded: head.length) << 8 | UInt32(head.kind), head.flags, head.streamID)
    }

    /// A frame that only says a number: RST_STREAM or WINDOW_UPDATE.
    mutating func writeFrame(_ kind: UInt8, stream: UInt32, value: UInt32) {
        writeFrameHead(HTTP2FrameHead(length: 4, kind: kind, streamID: stream))
        writeInteger(value)
    }

    mutating func writeFrame(ping data: UInt64, isAnswer: Bool) {
        writeFrameHead(
            HTTP2FrameHead(
                length: 8, kind: HTTP2FrameHead.Kind.ping, flags: isAnswer ? HTTP2FrameHead.Flag.acknowledged : 0))
        writeInteger(data)
    }

    mutating func writeFrame(settings: [(UInt16, UInt32)]) {
        writeFrameHead(HTTP2FrameHead(length: settings.count * 6, kind: HTTP2FrameHead.Kind.settings))
        for (parameter, value) in settings { writeMultipleIntegers(parameter, value) }
    }

    mutating func writeSettingsAcknowledgement() {
        writeFrameHead(
            HTTP2FrameHead(length: 0, kind: HTTP2FrameHead.Kind.settings, flags: HTTP2FrameHead.Flag.acknowledged))
    }

    mutating func writeFrame(goAway lastStream: UInt32, _ code: HTTP2ErrorCode, reason: String = "") {
        writeFrameHead(HTTP2FrameHead(length: 8 + reason.utf8.count, kind: HTTP2FrameHead.Kind.goAway))
        writeMultipleIntegers(lastStream, code.rawValue)
        writeString(reason)
    }
}
