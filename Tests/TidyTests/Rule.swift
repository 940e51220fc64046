import Foundation

/// One place where a rule is broken, with what to do instead.
struct Violation: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

/// Something that holds for every file of the repository, or for all of them together.
struct Rule: Sendable {
    let name: String
    let check: @Sendable ([SourceText]) -> [Violation]

    /// A rule that looks at one file at a time.
    static func perFile(_ name: String, _ check: @escaping @Sendable (SourceText) -> [Violation]) -> Rule {
        Rule(name: name) { files in files.flatMap(check) }
    }

    static let all: [Rule] = [
        bannedTokens, provenSendable, provenTraps, emptyCatches, fileLength, functionLength,
        machinePaths, leftovers, knownFolders, deadFiles,
    ]
}
