import Foundation

/// One file of the repository as the rules see it.
struct SourceText: Sendable {
    /// Path below the repository's top, such as "Sources/Store/Range.swift".
    let path: String
    let text: String
    /// The text with comments and the contents of string literals blanked, line for line: what is left is code.
    let code: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = path.hasSuffix(".swift") ? Self.code(of: text) : text
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isTest: Bool { path.hasPrefix("Tests/") }
    /// Library code: everything in Sources but the programs, whose job it is to print.
    var isLibrary: Bool {
        path.hasPrefix("Sources/") && !path.hasPrefix("Sources/gantry/") && !path.hasPrefix("Sources/SchemaGenerator/")
    }
    /// Tables and generated text: their length says nothing about their design.
    var isData: Bool { path.contains("/Generated/") || path.contains("/Schemas/") || path.contains("/Messages/") }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Everything of the repository that people write, without build products and version control.
    static func repository() throws -> [SourceText] {
        let manager = FileManager.default
        var files: [SourceText] = []
        for folder in ["Sources", "Tests", "Benchmarks", "scripts", "examples", "docs", ".ci"] {
            for name in try manager.subpathsOfDirectory(atPath: top + "/" + folder).sorted() {
                let path = folder + "/" + name
                // Links (and folders) have no text of their own.
                guard let data = manager.contents(atPath: top + "/" + path),
                    let text = String(data: data, encoding: .utf8)
                else { continue }
                files.append(SourceText(path: path, text: text))
            }
        }
        for name in ["Package.swift", "README.md"] {
            files.append(
                SourceText(path: name, text: try String(contentsOfFile: top + "/" + name, encoding: .utf8)))
        }
        return files
    }

    static let top: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    /// Blanks comments and literals with a scanner over bytes; line ends stay where they are.
    private static func code(of text: String) -> String {
        let bytes = Array(text.utf8)
        var result = bytes
        var index = 0
        func starts(_ token: StaticString, at place: Int) -> Bool {
            guard place + token.utf8CodeUnitCount <= bytes.count else { return false }
            return (0..<token.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == token.utf8Start[$0] }
        }
        func blank(to end: Int) {
            for place in index..<min(end, bytes.count) where bytes[place] != UInt8(ascii: "\n") {
                result[place] = UInt8(ascii: " ")
            }
            index = end
        }
        while index < bytes.count {
            if starts("//", at: index) {
                blank(to: bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
            } else if starts("/*", at: index) {
                var depth = 0
                var place = index
                repeat {
                    if starts("/*", at: place) {
                        depth += 1
                        place += 2
                    } else if starts("*/", at: place) {
                        depth -= 1
                        place += 2
                    } else {
                        place += 1
                    }
                } while depth > 0 && place < bytes.count
                blank(to: place)
            } else if bytes[index] == UInt8(ascii: "\"")
                || (bytes[index] == UInt8(ascii: "#") && literalStart(bytes, index))
            {
                blank(to: literalEnd(bytes, index))
            } else {
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func literalStart(_ bytes: [UInt8], _ index: Int) -> Bool {
        bytes[index...].first { $0 != UInt8(ascii: "#") } == UInt8(ascii: "\"")
    }

    /// The place after a literal's closing quote. An interpolation that holds quotes of its own is followed by brackets.
    private static func literalEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        let quote = UInt8(ascii: "\"")
        let hash = UInt8(ascii: "#")
        var place = start
        while place < bytes.count, bytes[place] == hash { place += 1 }
        let hashes = place - start
        let isLong = place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote
        let width = isLong ? 3 : 1
        place += width
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "\\"), bytes[place...].dropFirst().prefix(hashes).allSatisfy({ $0 == hash })
            {
                let next = place + 1 + hashes
                guard next < bytes.count, bytes[next] == UInt8(ascii: "(") else {
                    place = next + 1
                    continue
                }
                place = interpolationEnd(bytes, next)
            } else if bytes[place] == quote, place + width <= bytes.count,
                bytes[place..<place + width].allSatisfy({ $0 == quote }),
                bytes[(place + width)...].prefix(hashes).elementsEqual(repeatElement(hash, count: hashes))
            {
                return place + width + hashes
            } else if bytes[place] == UInt8(ascii: "\n"), !isLong {
                return place
            } else {
                place += 1
            }
        }
        return bytes.count
    }

    private static func interpolationEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var depth = 0
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\""):
                place = literalEnd(bytes, place)
                continue
            default: break
            }
            place += 1
            if depth == 0 { return place }
        }
        return bytes.count
    }
}
