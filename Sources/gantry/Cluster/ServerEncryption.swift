import Encryption
import Foundation
import Machinery

/// The encryption at rest of a server: as its configuration file says at the start, and again when that changes.
final class ServerEncryption: Sendable {
    /// How often the file is looked at, as in Kubernetes.
    private static let period = Duration.seconds(60)

    let cipher: ObjectEncryption
    private let path: String
    private let reloads: Bool
    private let first: EncryptionConfiguration
    private let text: Data

    /// Fails where the file cannot be used, or a key service does not answer.
    init(path: String, reloads: Bool) async throws {
        self.path = path
        self.reloads = reloads
        (first, text) = try Self.load(path)
        try await first.start()
        cipher = ObjectEncryption(first)
    }

    static func load(_ path: String) throws -> (EncryptionConfiguration, Data) {
        guard let text = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("--encryption-provider-config: \(path) cannot be read")
        }
        do {
            return (try EncryptionConfiguration(parsing: Array(text)), text)
        } catch {
            throw CommandFailure("--encryption-provider-config: \(path): \(error)")
        }
    }

    /// Follows the key services, and the file where that is asked for, until cancelled.
    func run() async throws {
        var (configuration, text) = (first, text)
        while true {
            let services = Task { [configuration] in await configuration.run() }
            defer { services.cancel() }
            (configuration, text) = try await changed(from: text)
            cipher.replace(with: configuration)
        }
    }

    /// Waits for another text that can be used.
    private func changed(from text: Data) async throws -> (EncryptionConfiguration, Data) {
        var refused: Data?
        while true {
            try await Task.sleep(for: Self.period)
            guard reloads, let now = FileManager.default.contents(atPath: path), now != text, now != refused else {
                continue
            }
            do {
                let (configuration, text) = try Self.load(path)
                try await configuration.start()
                return (configuration, text)
            } catch {
                // The one in use goes on.
                refused = now
                FileHandle.standardError.write(Data("encryption: \(error)\n".utf8))
            }
        }
    }
}
