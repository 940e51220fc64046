/// Encryption at rest with a configuration that may be replaced, and with the key services it asks.
///
/// A configuration is taken over only when all its key services have given a key; until then, and where one is no good,
/// the one before stays. What was sealed before stays readable for as long as a configuration names its key.
package final class EncryptionService: Sendable {
    package typealias Flaw = EncryptionConfiguration.Flaw

    package let cipher: ObjectEncryption
    private let first: EncryptionConfiguration
    private let (later, replace) = AsyncStream.makeStream(
        of: EncryptionConfiguration.self, bufferingPolicy: .bufferingNewest(1))

    package init(_ configuration: EncryptionConfiguration) async throws(Flaw) {
        try await configuration.start()
        first = configuration
        cipher = ObjectEncryption(configuration)
    }

    /// Takes over another configuration for all that is written and read from now on.
    package func take(_ configuration: EncryptionConfiguration) async throws(Flaw) {
        try await configuration.start()
        cipher.replace(with: configuration)
        replace.yield(configuration)
    }

    /// Looks after the key services of the configuration in use until cancelled.
    package func run() async {
        var configuration = first
        while let next = await replacement(of: configuration) { configuration = next }
    }

    private func replacement(of configuration: EncryptionConfiguration) async -> EncryptionConfiguration? {
        await withTaskGroup(of: EncryptionConfiguration?.self) { group in
            group.addTask {
                await configuration.run()
                return nil
            }
            group.addTask { [later] in
                for await next in later { return next }
                return nil
            }
            for await next in group {
                guard let next else { continue }
                group.cancelAll()
                return next
            }
            return nil
        }
    }
}
