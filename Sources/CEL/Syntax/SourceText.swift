/// An expression's text, and how places in it are shown.
struct SourceText {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// An issue at a byte; one of the whole text has none and is shown at line -1, as cel-go does.
    func issue(_ message: String, at offset: Int?) -> CELIssue {
        guard let offset else { return CELIssue(message: message, line: -1, column: -1) }
        let before = bytes[..<min(offset, bytes.count)]
        let line = before.count { $0 == UInt8(ascii: "\n") }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = before[start...].count { $0 & 0xC0 != 0x80 }
        return CELIssue(message: message, line: line + 1, column: column)
    }

    /// All issues in the order of their places, as cel-go prints them.
    func error(_ issues: [CELIssue]) -> CELCompileError {
        let sorted = issues.enumerated().sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }.map(\.element)
        return CELCompileError(
            kind: .issues, issues: sorted, description: sorted.map(display).joined(separator: "\n"))
    }

    private func display(_ issue: CELIssue) -> String {
        let head = "ERROR: <input>:\(issue.line):\(issue.column + 1): \(issue.message)"
        guard issue.line >= 1 else { return head }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard issue.line <= lines.count else { return head }
        let snippet = String(decoding: lines[issue.line - 1], as: UTF8.self)
        let scalars = snippet.unicodeScalars.map { $0 == "\t" ? " " : $0 }
        guard scalars.count <= 16_384 else { return head }
        // Wide characters are marked with wide dots, so that the mark stands below what it means.
        var marks = scalars.prefix(max(0, issue.column)).map { $0.isASCII ? "." : "\u{FF0E}" }.joined()
        let isWide = scalars.dropFirst(max(0, issue.column)).first.map { !$0.isASCII } ?? false
        marks += isWide ? "\u{FF3E}" : "^"
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return "\(head)\n | \(text)\n | \(marks)"
    }
}
