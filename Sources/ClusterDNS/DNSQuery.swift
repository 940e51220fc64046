/// A question as it came in.
struct DNSQuery: Sendable {
    /// What a client said about extensions (RFC 6891).
    struct Extensions: Hashable, Sendable {
        var payloadSize: UInt16
        var version: UInt8
        var wantsDNSSEC: Bool
    }

    /// What is done with a message.
    enum Outcome: Sendable {
        case query(DNSQuery)
        /// Answered with a code only.
        case refuse(id: UInt16, flags: UInt16, code: UInt8)
        /// No question at all: answering could go on forever.
        case ignore
    }

    var id: UInt16
    /// As in the message: opcode, RD and CD are sent back.
    var flags: UInt16
    /// As the client spelled it.
    var name: DNSName
    var type: UInt16
    var recordClass: UInt16
    var extensions: Extensions?

    static func parse(_ message: [UInt8]) -> Outcome {
        var reader = MessageReader(message)
        guard let id = reader.number16(), let flags = reader.number16() else { return .ignore }
        guard flags & 0x8000 == 0 else { return .ignore }
        guard let questions = reader.number16(), let answers = reader.number16(), let authorities = reader.number16(),
            let additionals = reader.number16()
        else { return .refuse(id: id, flags: flags, code: ResponseCode.formatError) }
        guard flags >> 11 & 15 == 0 else {
            return .refuse(id: id, flags: flags, code: ResponseCode.notImplemented)
        }
        guard questions == 1, answers == 0, authorities == 0, let name = reader.plainName(),
            let type = reader.number16(), let recordClass = reader.number16()
        else { return .refuse(id: id, flags: flags, code: ResponseCode.formatError) }
        var query = DNSQuery(id: id, flags: flags, name: name, type: type, recordClass: recordClass)
        for _ in 0..<min(additionals, 8) {
            guard let record = reader.record() else {
                return .refuse(id: id, flags: flags, code: ResponseCode.formatError)
            }
            guard record.type == RecordType.opt else { continue }
            guard query.extensions == nil, record.isRoot else {
                return .refuse(id: id, flags: flags, code: ResponseCode.formatError)
            }
            query.extensions = Extensions(
                payloadSize: record.recordClass, version: UInt8(truncatingIfNeeded: record.seconds >> 16),
                wantsDNSSEC: record.seconds & 0x8000 != 0)
        }
        return .query(query)
    }

    /// How long an answer by UDP may be.
    var datagramLimit: Int { max(512, min(1232, Int(extensions?.payloadSize ?? 512))) }

    /// The question's bytes, as they stand in answers.
    var question: [UInt8] {
        var bytes = name.wire
        bytes.append(bigEndian: type)
        bytes.append(bigEndian: recordClass)
        return bytes
    }
}

/// Reads a message from its start to its end; every step says `nil` when the bytes are no message.
struct MessageReader {
    struct Record {
        var type: UInt16
        var recordClass: UInt16
        var seconds: UInt32
        var isRoot: Bool
        /// Where in the message the seconds stand.
        var secondsOffset: Int
    }

    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func number16() -> UInt16? {
        guard offset + 2 <= bytes.count else { return nil }
        defer { offset += 2 }
        return UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }

    mutating func number32() -> UInt32? {
        guard let high = number16(), let low = number16() else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// A name that is spelled out, as names in questions are.
    mutating func plainName() -> DNSName? {
        let start = offset
        while offset < bytes.count, offset - start < DNSName.maximumLength {
            let length = Int(bytes[offset])
            guard length < 64 else { return nil }
            offset += length + 1
            if length == 0 {
                guard offset - start <= DNSName.maximumLength else { return nil }
                return DNSName(uncheckedWire: Array(bytes[start..<offset]))
            }
        }
        return nil
    }

    /// Goes past a name, spelled out or not, without following where it points.
    private mutating func skipName() -> Bool {
        while offset < bytes.count {
            let length = Int(bytes[offset])
            if length >= 192 {
                offset += 2
                return offset <= bytes.count
            }
            guard length < 64 else { return false }
            offset += length + 1
            if length == 0 { return true }
        }
        return false
    }

    /// Goes past a record.
    mutating func record() -> Record? {
        let start = offset
        guard skipName() else { return nil }
        let isRoot = offset == start + 1
        guard let type = number16(), let recordClass = number16() else { return nil }
        let secondsOffset = offset
        guard let seconds = number32(), let length = number16(), offset + Int(length) <= bytes.count else { return nil }
        offset += Int(length)
        return Record(
            type: type, recordClass: recordClass, seconds: seconds, isRoot: isRoot, secondsOffset: secondsOffset)
    }
}
