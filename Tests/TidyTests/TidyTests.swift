import Testing

/// The house's rules, held over every file of the repository, and each rule against samples that break it.
@Suite("Tidy")
struct TidyTests {
    @Test("The repository keeps every rule", arguments: Rule.all.map(\.name))
    func repository(name: String) throws {
        let files = try SourceText.repository()
        #expect(files.count > 50, "the repository was not found at \(SourceText.top)")
        let rule = try #require(Rule.all.first { $0.name == name })
        let violations = rule.check(files)
        #expect(violations.isEmpty, "\n\(violations.map(\.description).sorted().joined(separator: "\n"))")
    }

    private func lines(_ rule: Rule, _ path: String, _ text: String) -> [Int] {
        rule.check([SourceText(path: path, text: text)]).map(\.line)
    }

    @Test(
        "A banned token is found",
        arguments: [
            ("Sources/Store/A.swift", "let a = try! b()"),
            ("Sources/Store/A.swift", "let a = b as! C"),
            ("Sources/Store/A.swift", "Task.detached { }"),
            ("Sources/Store/A.swift", "Thread.sleep(forTimeInterval: 1)"),
            ("Sources/Store/A.swift", "usleep(10)"),
            ("Sources/Store/A.swift", "sleep(10)"),
            ("Sources/Store/A.swift", "print(\"x\")"),
            ("Tests/StoreTests/A.swift", "try await Task.sleep(for: .seconds(1))"),
            ("Tests/StoreTests/A.swift", "try await clock.sleep(for: .seconds(1))"),
            ("Tests/StoreTests/A.swift", "@testable import Store"),
            ("Tests/StoreTests/A.swift", "import XCTest"),
            ("Tests/StoreTests/A.swift", "let a = \"\\(b)\"; try! c()"),
        ])
    func bannedToken(path: String, text: String) {
        #expect(lines(.bannedTokens, path, "\n" + text + "\n") == [2])
    }

    @Test(
        "A token that only looks like a banned one is left alone",
        arguments: [
            ("Sources/Store/A.swift", "// never write try! here"),
            ("Sources/Store/A.swift", "/* as! /* nested fatalError( */ try! */ let a = 1"),
            ("Sources/Store/A.swift", "let a = \"try! \\(b(\"as! c\")) fatalError(\""),
            ("Sources/Store/A.swift", "let a = \"\"\"\n    try! \"quoted\" as!\n    \"\"\""),
            ("Sources/Store/A.swift", "let a = #\"try! \"# + \"as! \\\" as!\""),
            ("Sources/Store/A.swift", "try await Task.sleep(for: pause)"),
            ("Sources/Store/A.swift", "try await clock.sleep(for: pause)"),
            ("Sources/Store/A.swift", "let a = fingerprint(b)"),
            ("Sources/Store/A.swift", "a.print(b)"),
            ("Sources/Store/A.swift", "func sleep(for pause: Duration) async throws"),
            ("Sources/gantry/A.swift", "print(\"x\")"),
            ("examples/a.yaml", "command: [sleep(1)]"),
        ])
    func allowedToken(path: String, text: String) {
        #expect(lines(.bannedTokens, path, text) == [])
    }

    @Test(
        "Unchecked sendability needs its proof above it",
        arguments: [
            ("final class A: @unchecked Sendable {}", [1]),
            ("// It is fine.\nfinal class A: @unchecked Sendable {}", [2]),
            ("nonisolated(unsafe) let a = b", [1]),
            ("// Sendable: never changed after init.\nlet a = 1\nfinal class A: @unchecked Sendable {}", [3]),
            ("// Sendable: never changed after init.\nfinal class A: @unchecked Sendable {}", []),
            (
                "    // Sendable: guarded by the lock,\n    // which is held here.\n    nonisolated(unsafe) var a = 1",
                []
            ),
            ("// about @unchecked Sendable", []),
        ])
    func sendable(text: String, expected: [Int]) {
        #expect(lines(.provenSendable, "Sources/Store/A.swift", text) == expected)
    }

    @Test(
        "A trap needs its proof above it",
        arguments: [
            ("fatalError(\"x\")", [1]),
            ("// Never.\npreconditionFailure(\"x\")", [2]),
            ("    // Unreachable: the table is a constant and tested.\n    fatalError()", []),
            ("precondition(a > 0)", []),
        ])
    func traps(text: String, expected: [Int]) {
        #expect(lines(.provenTraps, "Sources/Store/A.swift", text) == expected)
    }

    @Test(
        "A catch that does nothing must say why",
        arguments: [
            ("do { try a() } catch { }", [1]), ("do { try a() } catch {\n}", [1]),
            ("do { try a() } catch {\n    // The peer has gone; so does its stream.\n}", []),
            ("do { try a() } catch { b() }", []),
        ])
    func emptyCatch(text: String, expected: [Int]) {
        #expect(lines(.emptyCatches, "Sources/Store/A.swift", text) == expected)
    }

    @Test("A file longer than the limit is found, a table is not")
    func fileLength() {
        let long = String(repeating: "let a = 1\n", count: Rule.longestFile + 1)
        #expect(lines(.fileLength, "Sources/Store/A.swift", long) == [Rule.longestFile + 1])
        #expect(lines(.fileLength, "Sources/KubeAPI/Generated/A.swift", long) == [])
        #expect(lines(.fileLength, "Sources/Store/A.swift", String(long.dropFirst(10))) == [])
    }

    @Test("A function longer than the limit is found, whatever is in it")
    func functionLength() {
        let body = String(repeating: "    a(\"}\") { b in [b] } // }\n", count: Rule.longestFunction)
        #expect(lines(.functionLength, "Sources/Store/A.swift", "\nfunc a() {\n\(body)}\n") == [2])
        #expect(lines(.functionLength, "Sources/Store/A.swift", "init(a: () -> Void = {}) throws {\n\(body)}\n") == [1])
        let short = String(body.split(separator: "\n").dropFirst(2).joined(separator: "\n"))
        #expect(lines(.functionLength, "Sources/Store/A.swift", "func a() {\n\(short)\n}\n") == [])
        let requirements = "protocol P {\n    func a()\n    func b() -> Int\n}\nstruct S {\n\(body)}\n"
        #expect(lines(.functionLength, "Sources/Store/A.swift", requirements) == [])
    }

    @Test(
        "A path of one machine is found in any file",
        arguments: [
            ("scripts/a", "cd /mnt/main", [1]), ("README.md", "\n(/home/me/x)", [2]),
            ("examples/a.yaml", "path: /Users/x", [1]),
            ("scripts/a", "$folder/work/x and ./root/y and a/home/b", []), ("scripts/a", "/var/lib/gantry", []),
        ])
    func machinePaths(path: String, text: String, expected: [Int]) {
        #expect(lines(.machinePaths, path, text) == expected)
    }

    @Test("What was left lying is found")
    func leftovers() {
        #expect(lines(.leftovers, "Sources/Store/A.swift", "let a = 1\n// TODO: more\n") == [2])
        #expect(lines(.leftovers, "Sources/Store/A.swift.orig", "") == [1])
        #expect(lines(.leftovers, "Sources/Store/A.swift", "// all todos are done") == [])
    }

    @Test("A folder that the package does not build is found")
    func knownFolders() {
        let package = SourceText(path: "Package.swift", text: "room(\"Store\") path: \"Tests/Cluster\"")
        let found = Rule.knownFolders.check([
            package, SourceText(path: "Sources/Store/A.swift", text: ""),
            SourceText(path: "Tests/Cluster/A.swift", text: ""),
            SourceText(path: "Sources/Forgotten/A.swift", text: ""),
        ])
        #expect(found.map(\.path) == ["Sources/Forgotten/A.swift"])
    }

    @Test("A file that nothing uses is found")
    func deadFiles() {
        let found = Rule.deadFiles.check([
            SourceText(path: "Sources/Store/Used.swift", text: "package struct Used {}\n"),
            SourceText(path: "Sources/Store/User.swift", text: "extension Int { var used: Used { Used() } }\n"),
            SourceText(path: "Sources/Store/Dead.swift", text: "package enum Dead {\n    case a\n}\n"),
            SourceText(path: "Sources/Store/Empty.swift", text: "import Foundation\n"),
            SourceText(path: "Tests/StoreTests/A.swift", text: "_ = Dead.a\n"),
        ])
        #expect(found.map(\.path) == ["Sources/Store/Dead.swift", "Sources/Store/Empty.swift"])
    }
}
