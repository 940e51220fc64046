import ArgumentParser
import Client
import Foundation
import Machinery
import Store

struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Saves all objects of a cluster to a file, and restores them.",
        subcommands: [SaveSnapshotCommand.self, RestoreSnapshotCommand.self])
}

struct SaveSnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save", abstract: "Saves all objects, at one revision, to a file; the cluster may be running.")

    @Argument(help: "The file to write.")
    var file: String

    @OptionGroup var options: DataOptions

    @Option(help: "A kubeconfig of an administrator of the cluster to save, instead of a data folder.")
    var kubeconfig: String?

    func run() async throws {
        let path = URL(fileURLWithPath: file).path
        let partial = path + ".partial"
        do {
            if let client = try await client() {
                try await download(client, to: partial)
            } else {
                try await copy(options.folder.database, to: partial)
            }
        } catch {
            // Half a snapshot helps nobody.
            unlink(partial)
            throw error
        }
        let facts: SnapshotFile.Facts
        do {
            facts = try await SnapshotFile.facts(of: partial)
        } catch {
            unlink(partial)
            throw CommandFailure("what was saved is no whole snapshot: \(error)")
        }
        guard rename(partial, path) == 0 else {
            throw CommandFailure("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        print("\(path): \(facts.objects) objects at revision \(facts.revision), \(facts.bytes) bytes")
    }

    /// Nil where no server runs, so that its file can be read.
    private func client() async throws -> Client? {
        if let kubeconfig { return try AdminClient.make(kubeconfig: kubeconfig, agent: "gantry-snapshot") }
        guard FileManager.default.fileExists(atPath: options.folder.adminKubeconfig) else {
            throw CommandFailure("there is no cluster in \(options.folder.path)")
        }
        let client = try AdminClient.make(options.folder, agent: "gantry-snapshot")
        do throws(StatusError) {
            _ = try await client.transport.send(Self.request("/version"))
            return client
        } catch {
            let hasFile = FileManager.default.fileExists(atPath: options.folder.database)
            guard error.reason == .serviceUnavailable, hasFile else { throw error }
            return nil
        }
    }

    private static func request(_ path: String) -> APIRequest {
        APIRequest(method: "GET", path: path, query: [], contentType: nil, body: [], accept: "*/*")
    }

    private func download(_ client: Client, to path: String) async throws {
        let stream = try await client.transport.stream(Self.request("/gantry/v1/snapshot"))
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw CommandFailure("\(path) cannot be written") }
        while let piece = try await stream.next() { try file.write(contentsOf: Data(piece)) }
        try file.synchronize()
        try file.close()
    }

    /// From a store that nobody has open.
    private func copy(_ database: String, to path: String) async throws {
        let store = try await SQLiteStore.open(path: database)
        await store.close()
        unlink(path)
        _ = try await SnapshotFile.restore(database, to: path, bumpingRevisionBy: 0)
    }
}

struct RestoreSnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Makes a data folder's store of a saved file; there must be no store in it yet.")

    @Argument(help: "The file that was saved.")
    var file: String

    @OptionGroup var options: DataOptions

    @Option(help: "How much higher revisions go on than those of the snapshot: more than the lost store had gone on.")
    var bumpRevision: UInt64 = 1_000_000_000

    func run() async throws {
        let folder = options.folder
        // A folder that cannot be looked into is not known to be empty.
        let hasStore = FileManager.default.fileExists(atPath: folder.store)
        let present = hasStore ? try FileManager.default.contentsOfDirectory(atPath: folder.store) : []
        guard present.isEmpty, !FileManager.default.fileExists(atPath: folder.settings) else {
            throw CommandFailure("\(folder.path) is not empty: a snapshot is restored to a new folder")
        }
        try folder.create()
        let facts = try await SnapshotFile.restore(
            URL(fileURLWithPath: file).path, to: folder.database, bumpingRevisionBy: bumpRevision)
        print("\(folder.path): \(facts.objects) objects; revisions go on from \(facts.revision)")
    }
}
