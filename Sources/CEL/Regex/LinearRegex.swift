/// A regular expression of RE2's syntax that is matched in time linear in the text: no pattern and no text can make it
/// slow, so patterns from clients are safe.
///
/// Small patterns become a table of states that is walked byte by byte; others are simulated with all their threads at
/// once. There are no back references and no look-around, as in RE2.
/// Source: RE2's syntax page; Go's regexp for limits, texts of errors, and what `find` takes when several fit.
package struct LinearRegex: Sendable {
    package let pattern: String
    let program: RegexProgram
    let table: RegexTable?

    /// - Parameter isReused: worth a table; a pattern that is used once is not.
    /// - Throws: what is wrong with the pattern, in Go's words.
    package init(_ pattern: String, isReused: Bool = true) throws(LinearRegexError) {
        self.pattern = pattern
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        var compiler = RegexCompiler(pattern)
        program = try compiler.compile(node)
        table = isReused ? RegexTable(program) : nil
    }

    /// Reads a pattern without making it ready, to know whether it is one.
    package static func validate(_ pattern: String) throws(LinearRegexError) {
        var parser = RegexParser(pattern)
        _ = try parser.parse()
    }

    /// Whether the pattern fits anywhere in the text; anchors make it fit the whole.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            if let table, !bytes.isEmpty { return table.matches(bytes) }
            var threads = RegexThreads(program)
            return threads.find(bytes, from: 0, stopsAtFirst: true) != nil
        }
    }

    /// The first place the pattern fits, the leftmost alternative preferred.
    package func firstMatch(in text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            if let table, !bytes.isEmpty, !table.matches(bytes) { return nil }
            var threads = RegexThreads(program)
            return threads.find(bytes, from: 0, stopsAtFirst: false).map {
                String(decoding: bytes[$0], as: UTF8.self)
            }
        }
    }

    /// All places it fits, without overlaps. An empty match right behind another match does not count.
    package func allMatches(in text: String, limit: Int = .max) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var threads = RegexThreads(program)
            var result: [String] = []
            var position = 0
            var previousEnd = -1
            while result.count < limit, position <= bytes.count {
                guard let found = threads.find(bytes, from: position, stopsAtFirst: false) else { break }
                let isCounted = !found.isEmpty || found.lowerBound != previousEnd
                if found.isEmpty {
                    position = Self.nextScalar(bytes, found.upperBound)
                } else {
                    position = found.upperBound
                }
                previousEnd = found.upperBound
                if isCounted { result.append(String(decoding: bytes[found], as: UTF8.self)) }
            }
            return result
        }
    }

    private static func nextScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int {
        var next = position + 1
        while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }
}

/// Why a pattern is none.
package struct LinearRegexError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ code: String, _ part: String) {
        description = "error parsing regexp: \(code): `\(part)`"
    }
}
