import Foundation
import Node
import Testing

@Suite("The pause image")
struct PauseImageTests {
    @Test("holds a program that waits and leaves on SIGTERM or SIGINT", arguments: [SIGTERM, SIGINT])
    func runs(signal: Int32) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/pause-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(PauseImage.program()).write(to: URL(fileURLWithPath: path))
        #expect(chmod(path, 0o700) == 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        try process.run()
        let identity = try #require(ProcessIdentity(pid: process.processIdentifier))
        #expect(try await !identity.waitForEnd(limit: .milliseconds(50)))
        kill(process.processIdentifier, signal)
        #expect(try await identity.waitForEnd(limit: .seconds(30)))
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test("stays tiny, and the same for the same gantry")
    func reproducible() {
        let first = PauseImage.archive { Array($0.prefix(32)) }
        #expect(first == PauseImage.archive { Array($0.prefix(32)) })
        #expect(PauseImage.program().count < 4096)
        #expect(first.count < 16384)
    }

    @Test("is an archive that tar reads, with the digests in it")
    func readable() throws {
        let path = FileManager.default.temporaryDirectory.path + "/pause-\(UUID().uuidString).tar"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let digest = [UInt8](repeating: 0xAB, count: 32)
        try Data(PauseImage.archive(name: "example/pause:2") { _ in digest }).write(to: URL(fileURLWithPath: path))
        let tar = Process()
        let output = Pipe()
        tar.executableURL = URL(fileURLWithPath: "/bin/tar")
        tar.arguments = ["--extract", "--to-stdout", "--file", path, "manifest.json"]
        tar.standardOutput = output
        try tar.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        tar.waitUntilExit()
        #expect(tar.terminationStatus == 0)
        let hex = String(repeating: "ab", count: 32)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "[{\"Config\":\"\(hex).json\",\"Layers\":[\"layer.tar\"],\"RepoTags\":[\"example/pause:2\"]}]")
    }
}

@Suite("The output of ctr's import")
struct ImportOutputTests {
    @Test(
        "names the images",
        arguments: [
            ("unpacking a/b:1 (sha256:00)...done", ["a/b:1"]),
            ("unpacking a:1 (sha256:00)...\nunpacking c:2 (sha256:11)...done\n", ["a:1", "c:2"]),
            ("", []), ("something else", []), ("unpacking", []),
        ])
    func names(output: String, expected: [String]) {
        #expect(ContainerdImages.names(inOutput: output) == expected)
    }
}
