import Glibc
import ServiceProxy
import Testing

@Suite("The packet filter's command", .enabled(if: TestNetwork.isPossible))
struct NftCommandTests {
    private static let table = "gantry-test-\(getpid())"
    private static let removal = "table ip \(table)\ndelete table ip \(table)\n"

    @Test("takes scripts larger than a pipe")
    func takesLargeScripts() async throws {
        let chains = (0..<4000).map { "add chain ip \(Self.table) a-chain-with-a-long-name-\($0)" }
        let script = "add table ip \(Self.table)\n" + chains.joined(separator: "\n") + "\n" + Self.removal
        #expect(script.utf8.count > 1 << 17)
        try await NftCommand().apply(script)
    }

    @Test("says what is wrong with a script")
    func complains() async throws {
        let error = await #expect(throws: ServiceProxyError.self) {
            try await NftCommand().apply("delete table ip \(Self.table)-missing\n")
        }
        #expect(error?.description.contains("No such file") == true)
    }
}
