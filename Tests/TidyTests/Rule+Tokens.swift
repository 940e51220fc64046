import Foundation

/// A token that must not appear, and what to write instead.
private struct BannedToken: Sendable {
    let pattern: String
    let instead: String
    let applies: @Sendable (SourceText) -> Bool

    static func everywhere(_ pattern: String, _ instead: String) -> BannedToken {
        BannedToken(pattern: pattern, instead: instead) { _ in true }
    }

    static let all: [BannedToken] = [
        .everywhere(#"\btry!"#, "try! crashes: throw, or catch and handle the error"),
        .everywhere(#"\bas!"#, "as! crashes: use as? with a typed error"),
        .everywhere(#"\bTask\.detached\b"#, "Task.detached outlives its owner: use a child task or a service's run()"),
        .everywhere(#"\bThread\.sleep\b"#, "Thread.sleep holds a thread: wait for the event, or use the clock"),
        .everywhere(#"\b(usleep|nanosleep)\("#, "sleeping holds a thread: wait for the event, or use the clock"),
        .everywhere(#"(?<![.\w])(?<!func )sleep\("#, "sleeping holds a thread: wait for the event, or use the clock"),
        .everywhere(#"@testable\b"#, "@testable is not needed: make it package"),
        .everywhere(#"\bimport XCTest\b"#, "tests here use Swift Testing: import Testing"),
        BannedToken(
            pattern: #"\b(Task|[cC]lock)\.sleep\b"#,
            instead: "a test does not sleep: await the event or step a test clock",
            applies: \.isTest),
        BannedToken(
            pattern: #"(?<![.\w])(debugPrint|print|dump)\("#,
            instead: "a library does not print: log, or return the text",
            applies: \.isLibrary),
    ]
}

extension Rule {
    static let bannedTokens = perFile("Banned tokens") { file in
        guard file.isSwift else { return [] }
        return BannedToken.all.filter { $0.applies(file) }.flatMap { token in
            file.matches(of: token.pattern).map { Violation(path: file.path, line: $0, message: token.instead) }
        }
    }

    /// Switching the compiler's checks off takes an argument, on the lines above, that starts with "Sendable:".
    static let provenSendable = perFile("Proof of Sendable") { file in
        file.unproven(
            #"@unchecked Sendable|nonisolated\(unsafe\)"#, mark: "Sendable:",
            "unchecked without a proof: say above it, after \"Sendable:\", why it is safe")
    }

    /// Ending the process is right only where the program itself must be wrong; the lines above say so.
    static let provenTraps = perFile("Proof of traps") { file in
        file.unproven(
            #"\b(fatalError|preconditionFailure)\("#, mark: "Unreachable:",
            "this ends the cluster: throw a typed error, or say above it, after \"Unreachable:\", why no input leads here"
        )
    }

    /// A comment inside says why nothing is to be done.
    static let emptyCatches = perFile("Empty catches") { file in
        guard file.isSwift, !file.path.hasPrefix("Tests/TidyTests/") else { return [] }
        return file.matches(of: #"\bcatch\s*\{\s*\}"#, in: file.text).map {
            Violation(path: file.path, line: $0, message: "an empty catch hides an error: handle it or let it through")
        }
    }

    /// Paths and names of somebody's own machine, in any file.
    static let machinePaths = perFile("Machine paths") { file in
        let pattern = #"(?<![\w./*-])/(work|root|home|Users|mnt)/"#
        guard !file.path.hasPrefix("Tests/TidyTests/") else { return [] }
        return file.matches(of: pattern, in: file.text).map {
            Violation(path: file.path, line: $0, message: "a path of one machine: use a relative or a temporary one")
        }
    }

    static let leftovers = perFile("Leftovers") { file in
        var found: [Violation] = []
        if [".orig", ".rej", ".bak", "~", ".swp", ".tmp"].contains(where: file.path.hasSuffix) {
            found.append(Violation(path: file.path, line: 1, message: "a leftover of an editor or a merge: delete it"))
        }
        let marks = #"\b(TODO|FIXME|XXX|HACK)\b|^(<<<<<<<|>>>>>>>) "#
        guard file.isSwift, !file.path.hasPrefix("Tests/TidyTests/") else { return found }
        return found
            + file.matches(of: marks, in: file.text).map {
                Violation(path: file.path, line: $0, message: "unfinished: do it, or write an issue")
            }
    }
}

extension SourceText {
    /// Places of a pattern without a comment right above that holds the mark.
    fileprivate func unproven(_ pattern: String, mark: String, _ message: String) -> [Violation] {
        guard isSwift else { return [] }
        let lines = lines
        return matches(of: pattern).compactMap { line in
            let above = lines[..<(line - 1)].reversed().prefix { $0.drop(while: \.isWhitespace).hasPrefix("//") }
            return above.contains { $0.contains(mark) } ? nil : Violation(path: path, line: line, message: message)
        }
    }

    /// Line numbers, from 1, on which a pattern is found in the code or in the given text; each line once.
    func matches(of pattern: String, in given: String? = nil) -> [Int] {
        let text = given ?? code
        guard let expression = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines]) else {
            return [0]
        }
        let range = NSRange(text.startIndex..., in: text)
        var lines: [Int] = []
        // Places ascend, so lines are counted once from the top.
        var counted = text.startIndex
        var line = 1
        expression.enumerateMatches(in: text, range: range) { match, _, _ in
            guard let match, let place = Range(match.range, in: text)?.lowerBound else { return }
            line += text[counted..<place].utf8.count { $0 == UInt8(ascii: "\n") }
            counted = place
            if lines.last != line { lines.append(line) }
        }
        return lines
    }
}
