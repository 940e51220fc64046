import Glibc

/// Work on texts by bytes or code points, never by grapheme clusters.
enum Text {
    static func contains(_ text: String, _ part: String) -> Bool {
        var text = text
        var part = part
        return text.withUTF8 { bytes in
            part.withUTF8 { wanted in contains(bytes, wanted) }
        }
    }

    private static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = wanted.first else { return true }
        guard let begin = bytes.baseAddress, let part = wanted.baseAddress else { return false }
        var position = 0
        while position + wanted.count <= bytes.count {
            let rest = bytes.count - wanted.count - position + 1
            guard let found = memchr(begin + position, Int32(first), rest) else { return false }
            if memcmp(found, part, wanted.count) == 0 { return true }
            position = found.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(mutating: begin) + 1
        }
        return false
    }

    static func find<Unit: Equatable>(_ part: [Unit], in whole: [Unit], from start: Int) -> Int? {
        guard !part.isEmpty else { return start }
        guard part.count <= whole.count else { return nil }
        var place = start
        while place + part.count <= whole.count {
            if whole[place] == part[0], whole[place..<place + part.count].elementsEqual(part) { return place }
            place += 1
        }
        return nil
    }

    static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    static func mapASCII(_ text: String, _ change: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map(change), as: UTF8.self)
    }

    /// Without the white space around it, as Unicode defines that.
    static func trim(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return string(scalars[first...last])
    }

    /// - Parameter limit: how many are replaced; all for a negative one.
    /// - Throws: when the result could be longer than evaluations may make texts.
    static func replace(
        _ text: String, _ old: String, _ new: String, limit: Int64
    ) throws(CELEvaluationError) -> String {
        let places = UInt64(text.utf8.count / max(1, old.utf8.count) + 1)
        let longest = places.saturatingMultiply(UInt64(new.utf8.count)).saturatingAdd(UInt64(text.utf8.count))
        guard longest <= CELLimits.textBytes else { throw .costLimitExceeded }
        return replaceAll(text, old, new, limit: limit)
    }

    private static func replaceAll(_ text: String, _ old: String, _ new: String, limit: Int64) -> String {
        if limit == 0 { return text }
        var left = limit < 0 ? Int64.max : limit
        if old.isEmpty {
            // Between all code points, and at both ends.
            var result = ""
            for scalar in text.unicodeScalars {
                if left > 0 {
                    result += new
                    left -= 1
                }
                result.unicodeScalars.append(scalar)
            }
            return left > 0 ? result + new : result
        }
        let bytes = Array(text.utf8)
        let wanted = Array(old.utf8)
        var result: [UInt8] = []
        var position = 0
        while left > 0, let place = find(wanted, in: bytes, from: position) {
            result += bytes[position..<place]
            result += new.utf8
            position = place + wanted.count
            left -= 1
        }
        result += bytes[position...]
        return String(decoding: result, as: UTF8.self)
    }

    /// - Parameter limit: the most parts, the last of which is the rest; all for a negative one.
    static func split(_ text: String, _ separator: String, limit: Int64) -> [String] {
        if limit == 0 { return [] }
        let most = limit < 0 ? Int.max : Int(clamping: limit)
        if separator.isEmpty {
            let scalars = Array(text.unicodeScalars)
            guard scalars.count > most else { return scalars.map { String(Character($0)) } }
            return scalars[..<(most - 1)].map { String(Character($0)) } + [string(scalars[(most - 1)...])]
        }
        let bytes = Array(text.utf8)
        let wanted = Array(separator.utf8)
        var parts: [String] = []
        var position = 0
        while parts.count < most - 1, let place = find(wanted, in: bytes, from: position) {
            parts.append(String(decoding: bytes[position..<place], as: UTF8.self))
            position = place + wanted.count
        }
        parts.append(String(decoding: bytes[position...], as: UTF8.self))
        return parts
    }

    /// In double quotes, with the escapes the language reads back.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": result += "\\a"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0B}": result += "\\v"
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
