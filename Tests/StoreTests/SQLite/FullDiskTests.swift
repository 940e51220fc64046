import Foundation
import Store
import Testing

@Suite("A SQLite store on a full disk", .enabled(if: getuid() == 0, "a small file system can be made by root only"))
struct FullDiskTests {
    @Test("loses nothing, takes deletions, and goes on when there is space again")
    func full() async throws {
        try await TemporaryFolder.with { folder in
            try #require(mount("tmpfs", folder.path, "tmpfs", 0, "size=48m") == 0)
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
        // Told once, by whoever tells it.
        let told = await #expect(throws: StoreError.self) {
            try await store.create(Fixture.key("late"), Fixture.large(5_000))
        }
        #expect(told?.description.hasPrefix("no space left in the store: ") == true)
        #expect(told?.description.dropFirst().contains("no space left") == false)
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

@Suite("A SQLite store on a simulated full disk")
struct SimulatedFullDiskTests {
    @Test(
        "takes every deletion, however full the disk, and writes by itself when there is space again",
        arguments: Array(stride(from: 520, through: 1_240, by: 45)))
    func full(kibibytes: Int) async throws {
        let (changes, told) = AsyncStream.makeStream(of: StoreHealth.self)
        var configuration = DiskWorkload.configuration(historyEvents: 50)
        configuration.healthChanged = { told.yield($0) }
        let disk = SimulatedDisk(capacity: kibibytes << 10)
        let store = try SQLiteStore(
            path: DiskWorkload.path, configuration: configuration, files: SimulatedFiles(disk))
        var random = SeededRandom(seed: UInt64(kibibytes))
        var entries: [DiskRecord.Entry] = []
        func enter(_ type: ChangeType, _ object: StoredObject) {
            entries.append(
                DiskRecord.Entry(
                    change: Change(type, object.key.name, object.revision), text: object.text,
                    position: disk.operationCount))
        }
        var names: [String] = []
        var error: StoreError?
        while error == nil, names.count < 10_000 {
            let name = "p\(names.count)"
            do throws(StoreError) {
                enter(.added, try await store.create(Fixture.key(name), Fixture.large(500 + random.below(6_000))))
                names.append(name)
            } catch let caught {
                error = caught
            }
        }
        guard case .full = error, case .full = store.health else {
            Issue.record("got \(String(describing: error)) after \(names.count)")
            return
        }
        // As many objects go in two steps as in one.
        for (index, name) in names.enumerated() {
            let key = Fixture.key(name)
            var last: ObjectWrite?
            if index.isMultiple(of: 2), let present = try await store.get(key) {
                var mark = Fixture.write("marked" + present.text.filter { $0 == "x" })
                mark.isPartOfDeletion = true
                enter(.modified, try await store.update(key, expecting: present.revision, mark))
                last = mark
            }
            enter(.deleted, try await store.delete(key, expecting: nil, last: last))
        }
        #expect(try await store.names().isEmpty)
        disk.setCapacity(nil)
        // It may have been well for a moment before, too: what counts is how it is now.
        if store.health != .ok { for await health in changes where health == .ok && store.health == .ok { break } }
        enter(.added, try await store.create(Fixture.key("again"), Fixture.large(5_000)))
        await store.close()

        let record = DiskRecord(entries)
        var cut = PowerCut(DiskImage(), disk.operations)
        let step = max(disk.operationCount / 25, 1)
        for position in stride(from: 0, through: disk.operationCount, by: step) {
            cut.advance(to: position)
            let copy = SimulatedDisk(cut.image(.someKept, &random))
            copy.stopRecording()
            let again = try SQLiteStore(
                path: DiskWorkload.path, configuration: configuration, files: SimulatedFiles(copy))
            let flaw = try await record.flaw(of: again, at: position)
            #expect(flaw == nil, "cut at \(position)")
            await again.close()
        }
    }
}
