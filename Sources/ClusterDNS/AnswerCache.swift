/// Answers of upstream servers that are still true.
struct AnswerCache {
    struct Key: Hashable {
        let name: DNSName
        let type: UInt16
        let flags: UInt16
        let extensions: DNSQuery.Extensions?
        let isStream: Bool

        init(_ query: DNSQuery, isStream: Bool) {
            name = query.name.lowercased
            type = query.type
            flags = query.flags & 0x0110
            extensions = query.extensions
            self.isStream = isStream
        }
    }

    private struct Entry {
        let answer: [UInt8]
        let secondsOffsets: [Int]
        let kept: ContinuousClock.Instant
        let expiry: ContinuousClock.Instant
    }

    static let maximumEntries = 4096
    static let maximumSeconds: UInt32 = 30

    private var entries: [Key: Entry] = [:]

    func answer(_ key: Key, at now: ContinuousClock.Instant) -> [UInt8]? {
        guard let entry = entries[key], now < entry.expiry else { return nil }
        var answer = entry.answer
        let age = UInt32(clamping: (now - entry.kept).components.seconds)
        for offset in entry.secondsOffsets {
            let old = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(answer[offset + $1]) }
            let rest = old > age ? old - age : 0
            for index in 0..<4 { answer[offset + index] = UInt8(truncatingIfNeeded: rest >> UInt32(24 - 8 * index)) }
        }
        return answer
    }

    /// Keeps a positive answer as long as its shortest record lives, within the bound.
    mutating func keep(_ answer: [UInt8], for key: Key, at now: ContinuousClock.Instant) {
        guard let parsed = ForeignAnswer(answer), parsed.code == ResponseCode.success, parsed.answers > 0,
            answer[2] & 2 == 0, let seconds = parsed.shortest, seconds > 0
        else { return }
        if entries.count >= Self.maximumEntries {
            entries = entries.filter { now < $0.value.expiry }
            // All of them young: starting anew is cheaper than finding the least useful one.
            if entries.count >= Self.maximumEntries { entries = [:] }
        }
        entries[key] = Entry(
            answer: answer, secondsOffsets: parsed.secondsOffsets, kept: now,
            expiry: now + .seconds(Int64(min(seconds, Self.maximumSeconds))))
    }
}

/// What can be told of an upstream server's answer without understanding its records.
struct ForeignAnswer {
    let code: UInt8
    let answers: Int
    let secondsOffsets: [Int]
    let shortest: UInt32?
    private let message: [UInt8]

    /// - Returns: `nil` for bytes that are no answer to one question.
    init?(_ message: [UInt8]) {
        var reader = MessageReader(message)
        guard reader.number16() != nil, let flags = reader.number16(), flags & 0x8000 != 0, reader.number16() == 1,
            let answers = reader.number16(), let authorities = reader.number16(), let additionals = reader.number16(),
            reader.plainName() != nil, reader.number32() != nil
        else { return nil }
        var offsets: [Int] = []
        var shortest: UInt32?
        for _ in 0..<(Int(answers) + Int(authorities) + Int(additionals)) {
            guard let record = reader.record() else { return nil }
            guard record.type != RecordType.opt else { continue }
            offsets.append(record.secondsOffset)
            shortest = min(shortest ?? .max, record.seconds)
        }
        code = UInt8(flags & 15)
        self.answers = Int(answers)
        secondsOffsets = offsets
        self.shortest = shortest
        self.message = message
    }

    /// The address records of the answer, in the name of the question: whatever aliases lie between are not told.
    func plainAnswers(to query: DNSQuery, named name: DNSName) -> (count: Int, bytes: [UInt8]) {
        var reader = MessageReader(message)
        for _ in 0..<6 { _ = reader.number16() }
        _ = reader.plainName()
        _ = reader.number32()
        var found: (count: Int, bytes: [UInt8]) = (0, [])
        for _ in 0..<answers {
            guard let record = reader.record() else { break }
            // Addresses are the same in every message; data with names in it may point into this one.
            guard record.type == query.type, [1, 28].contains(record.type) else { continue }
            found.bytes += name.wire + message[(record.secondsOffset - 4)..<reader.offset]
            found.count += 1
        }
        return found
    }
}
