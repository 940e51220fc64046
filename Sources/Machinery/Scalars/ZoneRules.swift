import Glibc

/// The changes of one time zone's distance from UTC, from the system's zone files.
///
/// Names that could leave the folder are refused. Source: RFC 9636 (TZif), version 2 data.
package struct ZoneRules: Sendable {
    private let transitions: [Int64]
    private let offsets: [Int64]
    private let first: Int64
    /// What holds after the last change: `CET-1CEST,M3.5.0,M10.5.0/3`.
    private let tail: ZoneTail?

    package init?(named name: String) {
        let isPlain = name.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 && $0 != UInt8(ascii: "\\") }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard isPlain, name.utf8.count < 100, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
            let bytes = Self.read("/usr/share/zoneinfo/" + name)
        else { return nil }
        self.init(bytes)
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rbe") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 256 * 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        return count > 44 && count < bytes.count ? Array(bytes[..<count]) : nil
    }

    private init?(_ bytes: [UInt8]) {
        guard let first = Header(bytes, at: 0), first.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: first.end(timeSize: 4))
        else { return nil }
        var position = header.start
        guard bytes.count >= header.end(timeSize: 8), header.typeCount > 0 else { return nil }
        func integer(_ offset: Int, _ size: Int) -> Int64 {
            var value: UInt64 = 0
            for byte in bytes[offset..<offset + size] { value = value << 8 | UInt64(byte) }
            return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
        }
        var transitions: [Int64] = []
        for index in 0..<header.timeCount { transitions.append(integer(position + index * 8, 8)) }
        position += header.timeCount * 8
        let indices = bytes[position..<position + header.timeCount].map { Int($0) }
        position += header.timeCount
        var types: [Int64] = []
        for index in 0..<header.typeCount { types.append(integer(position + index * 6, 4)) }
        guard indices.allSatisfy({ $0 < types.count }) else { return nil }
        self.transitions = transitions
        offsets = indices.map { types[$0] }
        self.first = types[0]
        let footer = bytes[header.end(timeSize: 8)...].drop { $0 == 0x0A }.prefix { $0 != 0x0A }
        tail = ZoneTail(String(decoding: footer, as: UTF8.self))
    }

    /// The seconds by which local time is ahead of UTC.
    package func offset(at seconds: Int64) -> Int64 {
        guard let last = transitions.last else { return tail?.offset(at: seconds) ?? first }
        if seconds >= last, let tail { return tail.offset(at: seconds) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }

    private struct Header {
        let version: UInt8
        let start: Int
        let counts: [Int]

        var timeCount: Int { counts[3] }
        var typeCount: Int { counts[4] }

        init?(_ bytes: [UInt8], at offset: Int) {
            guard bytes.count >= offset + 44, bytes[offset..<offset + 4].elementsEqual("TZif".utf8) else { return nil }
            version = bytes[offset + 4]
            counts = (0..<6).map { index in
                let place = offset + 20 + index * 4
                return bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            }
            guard counts.allSatisfy({ $0 < 100_000 }) else { return nil }
            start = offset + 44
        }

        func end(timeSize: Int) -> Int {
            start + timeCount * (timeSize + 1) + typeCount * 6 + counts[5] + counts[2] * (timeSize + 4) + counts[1]
                + counts[0]
        }
    }
}
