import Foundation
import Glibc
import Node
import Testing

@Suite("A process's identity")
struct ProcessIdentityTests {
    private static let rest = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18"

    @Test(
        "is read after the last bracket of the program's name",
        arguments: [
            "12 (sh) S \(rest) 777 0", "12 (a b) S \(rest) 777 0", "12 (a) R 9 (b) S \(rest) 777",
        ])
    func valid(line: String) throws {
        let fields = try #require(ProcessIdentity.fields(ofStatLine: line))
        #expect(fields.state == "S")
        #expect(fields.startTicks == 777)
    }

    @Test("is not made up from a broken line", arguments: ["", "12", "12 (sh", "12 (sh) S 1 2", "12 (sh) S \(rest) x"])
    func invalid(line: String) {
        #expect(ProcessIdentity.fields(ofStatLine: line) == nil)
    }

    @Test(
        "is ending once it was killed, whether it has noticed or not",
        arguments: [
            (flags: "4194304", pending: "0000000000000000", isEnding: false),
            (flags: "4194304", pending: "0000000000000100", isEnding: true),
            (flags: "4194304", pending: "0000000000004000", isEnding: false),
            (flags: "4195328", pending: "0000000000000000", isEnding: true),
            (flags: "4194308", pending: "0000000000000000", isEnding: true),
        ])
    func ending(flags: String, pending: String, isEnding: Bool) {
        for name in ["SigPnd", "ShdPnd"] {
            #expect(
                ProcessIdentity.isEnding(
                    statLine: "12 (a) b) S 1 12 12 0 -1 \(flags) 9 9 9",
                    status: "Name:\tgantry\n\(name):\t\(pending)\nSigBlk:\t0000000000000100\n") == isEnding)
        }
    }

    @Test("survives being written down")
    func roundTrip() throws {
        let own = try #require(ProcessIdentity(pid: getpid()))
        #expect(ProcessIdentity(text: "\(own)\n") == own)
        #expect(own.isAlive)
    }

    @Test("is refused when what was written down is not one", arguments: ["", "1 5", "-4 5", "12", "12 x", "1 2 3"])
    func refused(text: String) {
        #expect(ProcessIdentity(text: text) == nil)
    }

    @Test("differs from a later process with the same id")
    func reuse() throws {
        let own = try #require(ProcessIdentity(pid: getpid()))
        let earlier = try #require(ProcessIdentity(text: "\(own.pid) \(own.startTicks - 1)"))
        #expect(!earlier.isAlive)
        #expect(!earlier.signal(0))
    }

    @Test("tells when the process ends, and when it does not")
    func waiting() async throws {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/sleep")
        child.arguments = ["600"]
        try child.run()
        let identity = try #require(ProcessIdentity(pid: child.processIdentifier))
        #expect(try await !identity.waitForEnd(limit: .milliseconds(20)))
        #expect(identity.signal(SIGKILL))
        #expect(try await identity.waitForEnd(limit: .seconds(30)))
    }

    @Test("stops waiting when cancelled")
    func cancelled() async throws {
        let own = try #require(ProcessIdentity(pid: getpid()))
        let waiting = Task { try await own.waitForEnd(limit: nil) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
