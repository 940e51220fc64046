import Foundation
import Store
import Testing

@Suite("A SQLite store on a full disk", .enabled(if: getuid() == 0, "a small file system can be made by root only"))
struct FullDiskTests {
    @Test("loses nothing, takes deletions, and goes on when there is space again")
    func full() async throws {
        try await TemporaryFolder.with { folder in
            try #require(mount("tmpfs", folder.path, "tmpfs", 0, "size=24m") == 0)
            let outcome: Result<Void, any Error>
            do {
                try await exercise(folder)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            #expect(umount(folder.path) == 0)
            try outcome.get()
        }
    }

    private func exercise(_ folder: TemporaryFolder) async throws {
        let filler = folder.file("filler")
        try Data(repeating: 1, count: 8 << 20).write(to: URL(fileURLWithPath: filler))
        let store = try SQLiteStore(path: folder.file("store.db"))
        var names: Set<String> = []
        var error: StoreError?
        while error == nil, names.count < 10_000 {
            let name = "p\(names.count)"
            do throws(StoreError) {
                _ = try await store.create(Fixture.key(name), Fixture.large(5_000))
                names.insert(name)
            } catch let caught {
                error = caught
            }
        }
        guard case .full = error, case .full = store.health else {
            Issue.record("got \(String(describing: error)) after \(names.count)")
            return
        }
        for index in 0..<100 {
            _ = try await store.delete(Fixture.key("p\(index)"), expecting: nil, last: nil)
            names.remove("p\(index)")
        }
        #expect(Set(try await store.names()) == names)

        try FileManager.default.removeItem(atPath: filler)
        try await store.maintain()
        #expect(store.health == .ok)
        _ = try await store.create(Fixture.key("again"), Fixture.large(5_000))
        names.insert("again")
        await store.close()
        let second = try SQLiteStore(path: folder.file("store.db"))
        #expect(Set(try await second.names()) == names)
        await second.close()
    }
}
