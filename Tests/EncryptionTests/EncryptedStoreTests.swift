import Encryption
import EtcdStore
import EtcdTestSupport
import Foundation
import HTTPClient
import Machinery
import Store
import Testing

@Suite("A store with encryption at rest")
struct EncryptedStoreTests {
    static let secret = "hunter2-hunter2"

    static func write(_ value: String = secret) -> ObjectWrite {
        let start = Array(#"{"metadata":{"resourceVersion":""#.utf8)
        let header = ObjectHeader(uid: "u", labels: [LabelPair(key: "label-\(secret)", value: "")])
        return ObjectWrite(
            header: header, bytes: start + Array(#""},"value":"\#(value)"}"#.utf8), revisionOffset: start.count)
    }

    private static func configuration(_ encryption: ObjectEncryption?) -> StoreConfiguration {
        var configuration = StoreConfiguration()
        configuration.cipher = encryption
        return configuration
    }

    private static func inFolder(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/encryption-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(path))
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(atPath: path)
        try outcome.get()
    }

    @Test(
        "has nothing in its file that can be read, and all of it in memory",
        arguments: ["aesgcm", "aescbc", "secretbox"])
    func file(kind: String) async throws {
        let encryption = ObjectEncryption(
            try EncryptionTests.configuration(EncryptionTests.local(kind) + ", {identity: {}}"))
        try await Self.inFolder { folder in
            let path = folder + "/store.db"
            let first = try await SQLiteStore.open(path: path, configuration: Self.configuration(encryption))
            let created = try await first.create(EncryptionTests.key("a"), Self.write())
            #expect(!first.isStale(created))
            let other = try await first.create(EncryptionTests.key("gone"), Self.write())
            _ = try await first.delete(other.key, expecting: other.revision, last: Self.write("last \(Self.secret)"))
            await first.close()
            let file = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(file.range(of: Data(Self.secret.utf8)) == nil)
            #expect(file.range(of: Data("k8s:enc:\(kind):v1:key1:".utf8)) != nil)

            let second = try await SQLiteStore.open(path: path, configuration: Self.configuration(encryption))
            let read = try #require(try await second.get(created.key))
            #expect(read.bytes == created.bytes && read.header == created.header && !second.isStale(read))
            await second.close()
            // Without the key the object is there, and unreadable.
            let third = try await SQLiteStore.open(path: path)
            let unreadable = try #require(try await third.get(created.key))
            #expect(unreadable.unreadable == "identity transformer tried to read encrypted data")
            await third.close()
        }
    }

    @Test("writes what is stale anew when it is updated")
    func stale() async throws {
        try await Self.inFolder { folder in
            let path = folder + "/store.db"
            let plain = try SQLiteStore(path: path)
            let before = try await plain.create(EncryptionTests.key("a"), Self.write())
            await plain.close()
            let encryption = ObjectEncryption(
                try EncryptionTests.configuration(EncryptionTests.local("secretbox") + ", {identity: {}}"))
            let store = try await SQLiteStore.open(path: path, configuration: Self.configuration(encryption))
            let read = try #require(try await store.get(before.key))
            #expect(store.isStale(read))
            let updated = try await store.update(before.key, expecting: read.revision, Self.write())
            #expect(!store.isStale(updated))
            await store.close()
        }
    }

    @Test("is not readable in etcd either, and is by every server with the key", .enabled(if: EtcdProcess.isInstalled))
    func etcd() async throws {
        func encryption() throws -> ObjectEncryption {
            ObjectEncryption(try EncryptionTests.configuration(EncryptionTests.local("aesgcm") + ", {identity: {}}"))
        }
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                let one = try await EtcdStore.open(etcd.configuration(Self.configuration(try encryption())))
                let other = try await EtcdStore.open(etcd.configuration(Self.configuration(try encryption())))
                let created = try await one.create(EncryptionTests.key("a"), Self.write())
                let read = try #require(try await other.get(created.key))
                #expect(read.bytes == created.bytes && !other.isStale(read))
                let raw = GRPCConnection(etcd.endpoint)
                var range = ProtobufWriter()
                range.string(1, "/registry/secrets/default/a")
                let answer = try await raw.unary("/etcdserverpb.KV/Range", range.bytes)
                #expect(Data(answer).range(of: Data(Self.secret.utf8)) == nil)
                #expect(Data(answer).range(of: Data("k8s:enc:aesgcm:v1:key1:".utf8)) != nil)
                raw.shutDown()
                await one.close()
                await other.close()
            }
        }
    }
}
