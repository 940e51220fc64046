/// The packet filter's own command, which hands the kernel scripts that take effect whole or not at all.
package enum Nft {
    /// A transaction the kernel does not answer in this time is stuck on its lock for good.
    private static let limit = Duration.seconds(60)

    /// Has a script take effect.
    package static func apply(_ script: String) async throws(NftError) {
        _ = try await run(["-f", "-"], script)
    }

    /// What a command that asks (`list table ip nat`) is told.
    package static func ask(_ command: String) async throws(NftError) -> String {
        try await run(command.split(separator: " ").map(String.init), nil)
    }

    private static func run(_ arguments: [String], _ script: String?) async throws(NftError) -> String {
        let result: CommandResult
        do {
            result = try await Command("nft", arguments, input: script.map { Array($0.utf8) }, limit: limit).run()
        } catch {
            throw NftError(description: "nft: \(error)")
        }
        guard result.status == 0 else { throw NftError(description: "nft: \(result.complaint)") }
        return result.output
    }
}

/// What the packet filter's command complained about.
package struct NftError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}
