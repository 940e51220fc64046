import Glibc
import LinuxHost
import Testing

@Suite("Programs run to their end")
struct CommandTests {
    @Test("what a program writes and how it ends is told")
    func tellsResult() async throws {
        let result = try await Command("sh", ["-c", "echo out; echo err >&2; exit 3"]).run()
        #expect(result.status == 3)
        #expect(result.output == "out")
        #expect(result.errors == "err")
        #expect(result.complaint == "err")
    }

    @Test("a signal shows as shells show it")
    func tellsSignals() async throws {
        let result = try await Command("/bin/sh", ["-c", "kill -TERM $$"]).run()
        #expect(result.status == 128 + SIGTERM)
        #expect(result.complaint == "it ended with status 143")
    }

    @Test("input larger than any pipe comes through whole, and output is cut at its bound")
    func takesLargeInput() async throws {
        let input = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        let counted = try await Command("wc", ["-c"], input: input).run()
        #expect(counted.output == "\(3 << 20)")
        let copied = try await Command("cat", [], input: input, longestOutput: 1000).run()
        #expect(copied.output.utf8.count == 1000)
    }

    @Test("without input there is nothing to read")
    func hasNoInput() async throws {
        #expect(try await Command("cat", []).run().output.isEmpty)
    }

    @Test("many run side by side")
    func runsManyAtOnce() async throws {
        let outputs = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<32 {
                group.addTask { try await Command("sh", ["-c", "echo \(number)"]).run().output }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(outputs == Set((0..<32).map(String.init)))
    }

    @Test("one that takes too long is killed")
    func isLimited() async throws {
        await #expect(throws: CommandError.tookTooLong("sleep", limit: .milliseconds(50))) {
            try await Command("sleep", ["600"], limit: .milliseconds(50)).run()
        }
    }

    @Test("one that nobody waits for is killed")
    func isCancelled() async throws {
        let task = Task { try await Command("sleep", ["600"]).run() }
        task.cancel()
        await #expect(throws: CommandError.cancelled("sleep")) { try await task.value }
    }

    @Test("a program that is not there is named")
    func isMissing() async throws {
        await #expect(throws: CommandError.missing("gantry-no-such-program")) {
            try await Command("gantry-no-such-program", []).run()
        }
        let error = await #expect(throws: CommandError.self) { try await Command("/no/such", []).run() }
        #expect(error?.description == "/no/such could not be started: No such file or directory")
    }

    @Test("switches of the kernel that do not exist have no value and cannot be set")
    func knowsSwitches() throws {
        #expect(KernelSwitch("net/ipv4/ip_forward").value != nil)
        #expect(KernelSwitch("net/gantry").value == nil)
        #expect(throws: KernelSwitchError.self) { try KernelSwitch("net/gantry").set("1") }
    }
}
