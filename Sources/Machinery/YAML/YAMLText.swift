/// A string on its way into YAML, and the style that brings it back unchanged.
struct YAMLText {
    private enum Style {
        case plain
        case singleQuoted
        case doubleQuoted
        /// `|`, for text of several lines.
        case literal
    }

    private let text: String
    private let style: Style

    init(_ text: String) {
        var text = text
        let style = text.withUTF8 { Self.style(of: $0) }
        self.text = text
        self.style = style
    }

    /// - Parameters:
    ///   - indent: of the collection the text belongs to; its lines are indented by two more.
    ///   - onOneLine: whether the text may not span lines, as keys may not.
    func write(to bytes: inout [UInt8], indent: Int, onOneLine: Bool) {
        switch style {
        case .plain: bytes.append(contentsOf: text.utf8)
        case .singleQuoted: singleQuoted(&bytes)
        case .doubleQuoted: doubleQuoted(&bytes)
        case .literal: if onOneLine { doubleQuoted(&bytes) } else { literal(&bytes, indent: indent + 2) }
        }
    }

    // MARK: Choice of style

    private static func style(of text: UnsafeBufferPointer<UInt8>) -> Style {
        guard let first = text.first, let last = text.last else { return .doubleQuoted }
        var hasBreak = false
        var mustEscape = false
        var endsBlank = false  // a line that ends with a blank, which block style would lose or readers trim
        var needsQuotes = false
        var previous: UInt8 = 0
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"):
                hasBreak = true
                if previous == 0x20 { endsBlank = true }
            case 0..<0x20, 0x7f: mustEscape = true
            case UInt8(ascii: ":"):
                if index + 1 == text.count || text[index + 1] == 0x20 { needsQuotes = true }
            case UInt8(ascii: "#"): if previous == 0x20 { needsQuotes = true }
            case 0xc2...: if isSpecial(text, at: index) { mustEscape = true }
            default: break
            }
            previous = byte
        }
        if mustEscape { return .doubleQuoted }
        if hasBreak {
            let onlyBreaks = text.allSatisfy { $0 == UInt8(ascii: "\n") }
            return endsBlank || last == 0x20 || onlyBreaks ? .doubleQuoted : .literal
        }
        if isAmbiguous(text) { return .doubleQuoted }
        if needsQuotes || first == 0x20 || last == 0x20 || startsSpecially(text) { return .singleQuoted }
        return .plain
    }

    /// Characters that a reader may refuse, change, or take for a line break: C1 controls, NEL, the line and paragraph
    /// separators, byte order marks and other characters outside of what YAML calls printable.
    private static func isSpecial(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        func next(_ offset: Int) -> UInt8 { index + offset < text.count ? text[index + offset] : 0 }
        switch text[index] {
        case 0xc2: return next(1) < 0xa0
        case 0xe2: return next(1) == 0x80 && (next(2) == 0xa8 || next(2) == 0xa9)
        case 0xef: return next(1) == 0xbb && next(2) == 0xbf || next(1) == 0xbf && next(2) >= 0xbe
        default: return false
        }
    }

    /// Whether unquoted text would be read as something else than text, by some reader if not by ours.
    private static func isAmbiguous(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if YAMLScalar(resolving: text) != .string { return true }
        if text.count == 1, text[0] == UInt8(ascii: "=") { return true }
        return isBase60(text) || isTimestamp(text) || isDocumentMark(text)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// YAML 1.1 reads `1:30` as ninety.
    private static func isBase60(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
            return false
        }
        var hasColon = false
        for byte in text.dropFirst() {
            if byte == UInt8(ascii: ":") {
                hasColon = true
            } else if !isDigit(byte), byte != UInt8(ascii: "_"), byte != UInt8(ascii: ".") {
                return false
            }
        }
        return hasColon
    }

    /// `2006-1-2`, alone or with a time after `T`, `t` or a blank.
    private static func isTimestamp(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        func digits(_ count: ClosedRange<Int>) -> Bool {
            let start = position
            while position < text.count, isDigit(text[position]) { position += 1 }
            return count.contains(position - start)
        }
        func dash() -> Bool {
            guard position < text.count, text[position] == UInt8(ascii: "-") else { return false }
            position += 1
            return true
        }
        guard digits(4...4), dash(), digits(1...2), dash(), digits(1...2) else { return false }
        guard position < text.count else { return true }
        let separator = text[position]
        guard separator | 0x20 == UInt8(ascii: "t") || separator == 0x20 else { return false }
        return position + 1 < text.count && isDigit(text[position + 1])
    }

    private static func isDocumentMark(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        (text.starts(with: "---".utf8) || text.starts(with: "...".utf8)) && (text.count == 3 || text[3] == 0x20)
    }

    /// Whether the first character is one of YAML's indicators.
    private static func startsSpecially(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch text[0] {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
            UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
            UInt8(ascii: "`"):
            return true
        case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): return text.count == 1 || text[1] == 0x20
        default: return false
        }
    }

    // MARK: Output

    private func singleQuoted(_ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "'"))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "'") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "'"))
    }

    private func doubleQuoted(_ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes.append(contentsOf: "\\\"".utf8)
            case "\\": bytes.append(contentsOf: "\\\\".utf8)
            case "\n": bytes.append(contentsOf: "\\n".utf8)
            case "\r": bytes.append(contentsOf: "\\r".utf8)
            case "\t": bytes.append(contentsOf: "\\t".utf8)
            case "\0"..."\u{1f}", "\u{7f}"..."\u{9f}": escape(scalar, "\\x", digits: 2, &bytes)
            case "\u{2028}", "\u{2029}", "\u{feff}", "\u{fffe}", "\u{ffff}": escape(scalar, "\\u", digits: 4, &bytes)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ scalar: Unicode.Scalar, _ prefix: StaticString, digits: Int, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
        for shift in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: scalar.value >> UInt32(4 * shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
        }
    }

    /// Lines as they are, indented. The header says how many line breaks end the text, and the indentation where the
    /// text's own first line would hide it.
    private func literal(_ bytes: inout [UInt8], indent: Int) {
        let utf8 = Array(text.utf8)
        let lineBreak = UInt8(ascii: "\n")
        bytes.append(UInt8(ascii: "|"))
        if utf8.first == 0x20 || utf8.first == lineBreak { bytes.append(UInt8(ascii: "2")) }
        if utf8.last != lineBreak {
            bytes.append(UInt8(ascii: "-"))
        } else if utf8.count > 1, utf8[utf8.count - 2] == lineBreak {
            bytes.append(UInt8(ascii: "+"))
        }
        bytes.append(lineBreak)
        // The caller ends the last line.
        let body = utf8.last == lineBreak ? utf8.dropLast() : utf8[...]
        var first = true
        for line in body.split(separator: lineBreak, omittingEmptySubsequences: false) {
            if !first { bytes.append(lineBreak) }
            first = false
            guard !line.isEmpty else { continue }
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
            bytes.append(contentsOf: line)
        }
    }
}
