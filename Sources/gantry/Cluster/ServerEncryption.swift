import Client
import Encryption
import LinuxHost

/// The encryption at rest of a server: as its configuration file says at the start, and again when that changes.
final class ServerEncryption: Sendable {
    private let path: String
    private let reloads: Bool
    private let text: [UInt8]
    private let service: EncryptionService

    var cipher: ObjectEncryption { service.cipher }

    /// Fails where the file cannot be used, or a key service does not answer.
    init(path: String, reloads: Bool) async throws {
        self.path = path
        self.reloads = reloads
        let configuration: EncryptionConfiguration
        (configuration, text) = try Self.load(path)
        service = try await EncryptionService(configuration)
    }

    @discardableResult
    static func load(_ path: String) throws -> (EncryptionConfiguration, [UInt8]) {
        do {
            let text = try FileWatch(path: path).read()
            return (try EncryptionConfiguration(parsing: text), text)
        } catch {
            throw CommandFailure("--encryption-provider-config: \(path): \(error)")
        }
    }

    /// Follows the key services, and the file where that is asked for, until cancelled.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [service] in await service.run() }
            if reloads { group.addTask { try await self.follow() } }
            while try await group.next() != nil {}
        }
    }

    private func follow() async throws {
        let log = FailureLog.standardError
        try await FileWatch(path: path).follow(
            text,
            onChange: { [service] text in
                do throws(EncryptionService.Flaw) {
                    try await service.take(EncryptionConfiguration(parsing: text))
                } catch {
                    // The one in use goes on.
                    log.report("encryption", error.description)
                }
            },
            onFailure: { log.report("encryption", $0.description) })
    }
}
