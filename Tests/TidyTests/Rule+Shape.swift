import Foundation

extension Rule {
    static let longestFile = 500
    static let longestFunction = 100

    static let fileLength = perFile("File length") { file in
        guard file.isSwift, !file.isData else { return [] }
        let count = file.text.utf8.count { $0 == UInt8(ascii: "\n") }
        guard count > longestFile else { return [] }
        return [
            Violation(
                path: file.path, line: count, message: "\(count) lines; a file has at most \(longestFile): split it")
        ]
    }

    static let functionLength = perFile("Function length") { file in
        guard file.isSwift, !file.isData else { return [] }
        return file.functions.filter { $0.length > longestFunction }.map {
            Violation(
                path: file.path, line: $0.line,
                message: "\($0.length) lines; a function has at most \(longestFunction): take steps out of it")
        }
    }

    /// A folder that the package does not name is never built.
    static let knownFolders = Rule(name: "Known folders") { files in
        guard let package = files.first(where: { $0.path == "Package.swift" }) else { return [] }
        var folders: [String: String] = [:]
        // Tests/Clients holds programs of other languages.
        for file in files where file.isSwift && (file.path.hasPrefix("Sources/") || file.path.hasPrefix("Tests/")) {
            let parts = file.path.split(separator: "/")
            if parts.count > 2 { folders[String(parts[1])] = file.path }
        }
        return folders.filter { !package.text.contains("\"\($0.key)\"") && !package.text.contains("/\($0.key)\"") }
            .map { Violation(path: $0.value, line: 1, message: "\($0.key) is no target of Package.swift") }
    }

    /// A file whose types nobody else names is not used.
    static let deadFiles = Rule(name: "Dead files") { files in
        let sources = files.filter { $0.isSwift && $0.path.hasPrefix("Sources/") && !$0.isData }
        var users: [Substring: Set<String>] = [:]
        for file in files where file.isSwift {
            // A fake stands beside its seam for tests to use; everything else must be of use to the product.
            for word in Set(file.words) where !file.isTest || isFake(word) {
                users[word, default: []].insert(file.path)
            }
        }
        return sources.compactMap { file in
            let names = file.topLevelTypes
            let used =
                #"^(package |public |internal |private |fileprivate )?extension |^@main|^(package |public )?(func|let|var) "#
            guard file.matches(of: used).isEmpty, !file.path.hasSuffix("/main.swift") else { return nil }
            if names.isEmpty {
                return Violation(path: file.path, line: 1, message: "a file without a declaration: delete it")
            }
            guard names.allSatisfy({ (users[$0] ?? []).subtracting([file.path]).isEmpty }) else { return nil }
            let list = names.joined(separator: ", ")
            return Violation(path: file.path, line: 1, message: "nothing in Sources uses \(list): delete it")
        }
    }
}

private func isFake(_ name: Substring) -> Bool {
    ["Fake", "Memory", "InMemory", "Manual", "Test", "Scripted"].contains { name.hasPrefix($0) }
}

extension SourceText {
    /// Functions and initializers with a body: the line they start on and how many lines they take.
    var functions: [(line: Int, length: Int)] {
        let bytes = Array(code.utf8)
        var lineOf = [Int](repeating: 1, count: bytes.count + 1)
        for index in bytes.indices {
            lineOf[index + 1] = lineOf[index] + (bytes[index] == UInt8(ascii: "\n") ? 1 : 0)
        }
        var found: [(line: Int, length: Int)] = []
        for (start, end) in declarationHeads(bytes) {
            guard let open = bodyStart(bytes, from: end) else { continue }
            let close = bodyEnd(bytes, from: open)
            found.append((lineOf[start], lineOf[close] - lineOf[start] + 1))
        }
        return found
    }

    private func declarationHeads(_ bytes: [UInt8]) -> [(start: Int, end: Int)] {
        let words: [[UInt8]] = [Array("func".utf8), Array("init".utf8)]
        func isWord(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || (48...57).contains(byte)
                || (65...90).contains(byte)
                || (97...122).contains(byte)
        }
        return bytes.indices.compactMap { index in
            guard index == 0 || !isWord(bytes[index - 1]) else { return nil }
            for word in words where bytes[index...].starts(with: word) {
                let end = index + word.count
                if end < bytes.count, !isWord(bytes[end]) { return (index, end) }
            }
            return nil
        }
    }

    /// The opening brace of a declaration's body; nil for one without a body (a protocol's requirement).
    private func bodyStart(_ bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "{") where depth == 0: return index
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "\n") where depth == 0 && startsDeclaration(bytes, after: index): return nil
            default: break
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    private func startsDeclaration(_ bytes: [UInt8], after newline: Int) -> Bool {
        let rest = bytes[(newline + 1)...].drop { $0 == UInt8(ascii: " ") }
        return ["func ", "var ", "let ", "case ", "init(", "static ", "mutating ", "associatedtype ", "@", "package "]
            .contains { rest.starts(with: Array($0.utf8)) }
    }

    private func bodyEnd(_ bytes: [UInt8], from open: Int) -> Int {
        var depth = 0
        for index in open..<bytes.count {
            if bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return bytes.count - 1
    }

    /// Every identifier of the code.
    var words: [Substring] {
        code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    }

    /// Types declared at the file's margin.
    var topLevelTypes: [Substring] {
        codeLines.compactMap { line in
            guard let first = line.first, first != " " else { return nil }
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
            let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
            guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count else { return nil }
            return words[kind + 1]
        }
    }
}
