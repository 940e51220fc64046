/// An answer in the making.
struct DNSReply: Sendable {
    typealias Entry = (name: DNSName, record: DNSRecord)

    var code = ResponseCode.success
    var isAuthoritative = true
    var answers: [Entry] = []
    var authorities: [Entry] = []
    var additionals: [Entry] = []
    /// Records an upstream server gave for the target of an alias, already in the form messages have.
    var foreignAnswers: (count: Int, bytes: [UInt8]) = (0, [])

    /// The message.
    ///
    /// What does not fit is left out: additional records quietly, answers with the bit that makes clients ask by TCP.
    func encode(for query: DNSQuery, limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.append(bigEndian: query.id)
        var flags = 0x8080 | query.flags & 0x7910
        if isAuthoritative { flags |= 0x0400 }
        // Extended codes have their upper bits in the OPT record.
        flags |= UInt16(code & 15)
        bytes.append(bigEndian: flags)
        bytes += [0, 1, 0, 0, 0, 0, 0, 0]
        bytes += query.question
        let limit = min(limit, 65535) - (query.extensions == nil ? 0 : 11)
        var counts = [0, 0, 0]
        var isTruncated = false
        for (section, entries) in [answers, authorities, additionals].enumerated() where !isTruncated {
            for entry in entries {
                let mark = bytes.count
                Self.append(entry, question: query.name, to: &bytes)
                if bytes.count > limit {
                    bytes.removeSubrange(mark...)
                    isTruncated = section == 0
                    break
                }
                counts[section] += 1
            }
            if section == 0, !isTruncated, foreignAnswers.count > 0 {
                if bytes.count + foreignAnswers.bytes.count > limit {
                    isTruncated = true
                } else {
                    bytes += foreignAnswers.bytes
                    counts[0] += foreignAnswers.count
                }
            }
        }
        if isTruncated { bytes[2] |= 2 }
        if query.extensions != nil {
            // 4 · 256 + 208 = 1232 bytes are what we take ourselves.
            bytes += [0, 0, 41, 4, 208, code >> 4, 0, 0, 0, 0, 0]
            counts[2] += 1
        }
        for (section, count) in counts.enumerated() {
            bytes[6 + section * 2] = UInt8(truncatingIfNeeded: count >> 8)
            bytes[7 + section * 2] = UInt8(truncatingIfNeeded: count)
        }
        return bytes
    }

    private static func append(_ entry: Entry, question: DNSName, to bytes: inout [UInt8]) {
        if entry.name == question {
            bytes += [0xC0, 12]
        } else {
            bytes += entry.name.wire
        }
        bytes.append(bigEndian: entry.record.data.type)
        bytes.append(bigEndian: UInt16(1))
        bytes.append(bigEndian: entry.record.seconds)
        let start = bytes.count
        bytes += [0, 0]
        entry.record.data.append(to: &bytes)
        let length = bytes.count - start - 2
        bytes[start] = UInt8(truncatingIfNeeded: length >> 8)
        bytes[start + 1] = UInt8(truncatingIfNeeded: length)
    }

    /// An answer that is only a code, to a message that was no question.
    static func refusal(id: UInt16, flags: UInt16, code: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: id)
        bytes.append(bigEndian: 0x8080 | flags & 0x7900 | UInt16(code & 15))
        return bytes + [0, 0, 0, 0, 0, 0, 0, 0]
    }
}
