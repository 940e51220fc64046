import Encryption
import Foundation
import Store
import Testing

@Suite("Encryption with a key service", .timeLimit(.minutes(5)))
struct KeyServiceTests {
    private static let plain = Array("the quick brown fox".utf8)

    private static func configuration(
        _ service: KeyService, more: String = "", timeout: String = "300s"
    ) throws -> EncryptionConfiguration {
        let text = """
            kind: EncryptionConfiguration
            apiVersion: apiserver.config.k8s.io/v1
            resources:
            - resources: ["secrets"]
              providers:
              - kms: {apiVersion: v2, name: vault, endpoint: "unix://\(service.path)", timeout: \(timeout)}
              \(more)
            """
        return try EncryptionConfiguration(parsing: Array(text.utf8), statusPeriod: .milliseconds(2))
    }

    private static func opened(_ value: [UInt8], _ cipher: ObjectEncryption, _ name: String = "a") -> [UInt8]? {
        guard case .plain(let plain, _) = cipher.open(value, of: EncryptionTests.key(name)) else { return nil }
        return plain
    }

    @Test("asks it for one key, from which that of each write is derived")
    func seal() async throws {
        try await KeyService.run { service in
            let encryption = try await EncryptionService(Self.configuration(service))
            let values = try (0..<100).map { index in
                try #require(try encryption.cipher.seal(Self.plain, of: EncryptionTests.key("s\(index)")).bytes)
            }
            #expect(Set(values).count == 100)
            #expect(values.allSatisfy { $0.starts(with: Array("k8s:enc:kms:v2:vault:".utf8)) })
            #expect(!values.contains { String(decoding: $0, as: UTF8.self).contains("quick") })
            for (index, value) in values.enumerated() {
                #expect(Self.opened(value, encryption.cipher, "s\(index)") == Self.plain)
            }
            // A value is bound to its place.
            #expect(Self.opened(values[0], encryption.cipher, "s1") == nil)
            #expect(service.calls("Encrypt") == 1)
            #expect(service.calls("Decrypt") == 0)
        }
    }

    @Test("is readable by other servers, which ask for the key once")
    func otherServer() async throws {
        try await KeyService.run { service in
            let one = try await EncryptionService(Self.configuration(service))
            let other = try await EncryptionService(Self.configuration(service))
            let values = try (0..<10).map { _ in
                try #require(try one.cipher.seal(Self.plain, of: EncryptionTests.key("a")).bytes)
            }
            guard case .needsKey = other.cipher.open(values[0], of: EncryptionTests.key("a")) else {
                Issue.record("a key that was never asked for is known")
                return
            }
            await other.cipher.prepare(values)
            for value in values { #expect(Self.opened(value, other.cipher) == Self.plain) }
            #expect(service.calls("Decrypt") == 1)
        }
    }

    @Test("is taken over by a store, after a restart too")
    func store() async throws {
        try await KeyService.run { service in
            let path = FileManager.default.temporaryDirectory.path + "/kms-\(UUID().uuidString).db"
            defer { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }
            for isFirst in [true, false] {
                let encryption = try await EncryptionService(Self.configuration(service))
                var configuration = StoreConfiguration()
                configuration.cipher = encryption.cipher
                let store = try await SQLiteStore.open(path: path, configuration: configuration)
                let key = EncryptionTests.key("a")
                if isFirst {
                    _ = try await store.create(key, EncryptedStoreTests.write())
                } else {
                    let read = try #require(try await store.get(key))
                    #expect(read.unreadable == nil)
                    #expect(String(decoding: read.bytes, as: UTF8.self).contains(EncryptedStoreTests.secret))
                }
                await store.close()
                let file = try Data(contentsOf: URL(fileURLWithPath: path))
                #expect(file.range(of: Data(EncryptedStoreTests.secret.utf8)) == nil)
            }
        }
    }

    @Test("uses the service's next key by itself, and reads what an earlier one wrote")
    func rotation() async throws {
        try await KeyService.run { service in
            let encryption = try await EncryptionService(Self.configuration(service))
            let key = EncryptionTests.key("a")
            let old = try encryption.cipher.seal(Self.plain, of: key)
            #expect(!encryption.cipher.isStale(old.mark, of: key))
            let running = Task { await encryption.run() }
            service.change { $0.keyID = "key-2" }
            while !encryption.cipher.isStale(old.mark, of: key) { await Task.yield() }
            let new = try encryption.cipher.seal(Self.plain, of: key)
            #expect(!encryption.cipher.isStale(new.mark, of: key))
            #expect(Self.opened(try #require(old.bytes), encryption.cipher) == Self.plain)
            #expect(Self.opened(try #require(new.bytes), encryption.cipher) == Self.plain)
            // One that is ill keeps the key in use.
            service.change { $0.health = "no" }
            let asked = service.calls("Status")
            while service.calls("Status") < asked + 2 { await Task.yield() }
            #expect(!encryption.cipher.isStale(new.mark, of: key))
            running.cancel()
            await running.value
        }
    }

    private static let flaws: [(change: @Sendable (inout KeyService.State) -> Void, text: String)] = [
        ({ $0.version = "v1" }, "unsupported version v1, v2 is expected"),
        ({ $0.health = "sealed" }, "got unexpected healthz status: sealed"),
        ({ $0.keyID = "" }, "its status names no key"), ({ $0.encrypts = false }, "it encrypted nothing"),
    ]

    @Test("does not start with a service that is no good", arguments: flaws.indices)
    func flaw(_ index: Int) async throws {
        try await KeyService.run { service in
            service.change(Self.flaws[index].change)
            let configuration = try Self.configuration(service)
            let flaw = await #expect(throws: EncryptionConfiguration.Flaw.self) {
                try await EncryptionService(configuration)
            }
            #expect(flaw?.description == "kms provider vault: \(Self.flaws[index].text)")
        }
    }

    @Test("does not start with a service that is not there")
    func absent() async throws {
        let configuration = try Self.configuration(KeyService(), timeout: "50ms")
        let flaw = await #expect(throws: EncryptionConfiguration.Flaw.self) {
            try await EncryptionService(configuration)
        }
        #expect(flaw?.description.hasPrefix("kms provider vault: Status: ") == true)
    }

    @Test("takes over another configuration, and none that is no good")
    func reload() async throws {
        try await KeyService.run { service in
            let plainly = try EncryptionTests.configuration("{identity: {}}")
            let encryption = try await EncryptionService(plainly)
            let key = EncryptionTests.key("a")
            #expect(try encryption.cipher.seal(Self.plain, of: key).bytes == nil)
            let running = Task { await encryption.run() }
            try await encryption.take(Self.configuration(service, more: "- identity: {}"))
            let sealed = try encryption.cipher.seal(Self.plain, of: key)
            #expect(sealed.bytes?.starts(with: Array("k8s:enc:kms:v2:vault:".utf8)) == true)
            // What lay there before is read, and stale.
            #expect(Self.opened(Self.plain, encryption.cipher) == Self.plain)
            // The new configuration's service is looked after.
            service.change { $0.keyID = "key-2" }
            while !encryption.cipher.isStale(sealed.mark, of: key) { await Task.yield() }
            service.change { $0.health = "no" }
            let refused = try Self.configuration(service)
            await #expect(throws: EncryptionConfiguration.Flaw.self) { try await encryption.take(refused) }
            #expect(Self.opened(Self.plain, encryption.cipher) == Self.plain)
            running.cancel()
            await running.value
        }
    }
}
