import Store
import Testing

@Suite("A SQLite store whose power is cut")
struct PowerCutTests {
    @Test(
        "has every acknowledged write, in state and history, and nothing in part, whenever the cut comes",
        arguments: [(1, 20), (2, 1_000_000)])
    func cuts(seed: UInt64, historyEvents: Int) async throws {
        let configuration = DiskWorkload.configuration(historyEvents: historyEvents)
        let disk = SimulatedDisk()
        var entries: [DiskRecord.Entry] = []
        for life in 1...2 as ClosedRange<UInt64> {
            entries += try await DiskWorkload(
                disk: disk, configuration: configuration, seed: seed * 10 + life, writesEach: 40
            ).live()
        }
        let record = DiskRecord(entries)
        var cut = PowerCut(DiskImage(), disk.operations)
        var random = SeededRandom(seed: seed)
        var cuts = 0
        for position in 0...disk.operationCount {
            cut.advance(to: position)
            let luck = PowerCut.Luck.allCases[random.below(PowerCut.Luck.allCases.count)]
            let image = cut.image(luck, &random)
            let place = "seed \(seed), cut at \(position), \(luck)"
            if cuts % 16 == 7 {
                try await cutAgain(image, record, position, configuration, &random, place)
            } else {
                let flaw = try await flaw(of: image, record, at: position, configuration)
                #expect(flaw == nil, "\(place)")
            }
            cuts += 1
        }
        #expect(cuts > 1_000)
    }

    /// Goes on with what a cut has left, and cuts the power of that life as well, also while it opens and closes.
    private func cutAgain(
        _ image: DiskImage, _ record: DiskRecord, _ position: Int, _ configuration: StoreConfiguration,
        _ random: inout SeededRandom, _ place: String
    ) async throws {
        let disk = SimulatedDisk(image)
        let store = try SQLiteStore(
            path: DiskWorkload.path, configuration: configuration, files: SimulatedFiles(disk))
        let first = try await record.flaw(of: store, at: position)
        #expect(first == nil, "\(place)")
        let revision = try await store.currentRevision()
        let workload = DiskWorkload(
            disk: disk, configuration: configuration, seed: random.next(), writers: 2, writesEach: 4)
        let next = record.continued(through: revision, with: try await workload.write(to: store))
        await store.close()
        for _ in 0..<4 {
            var cut = PowerCut(image, disk.operations)
            cut.advance(to: random.below(disk.operationCount + 1))
            let left = cut.image(.someKept, &random)
            let second = try await flaw(of: left, next, at: cut.position, configuration)
            #expect(second == nil, "\(place), and again at \(cut.position)")
        }
    }

    @Test("says that it has failed when the disk cannot sync, and has lost nothing once it is opened again")
    func failedSync() async throws {
        let configuration = DiskWorkload.configuration(historyEvents: 100)
        let disk = SimulatedDisk()
        let store = try SQLiteStore(
            path: DiskWorkload.path, configuration: configuration, files: SimulatedFiles(disk))
        let workload = DiskWorkload(disk: disk, configuration: configuration, seed: 5, writesEach: 10)
        let record = DiskRecord(try await workload.write(to: store))
        let position = disk.operationCount
        disk.failSyncs()
        for name in ["a", "b"] {
            let error = await failure { _ = try await store.create(Fixture.key(name), Fixture.write()) }
            guard case .unavailable = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
        }
        guard case .failed = store.health else {
            Issue.record("got \(store.health)")
            return
        }
        #expect(try await store.currentRevision() == record.last, "what was not acknowledged is not shown")
        await store.close()
        var cut = PowerCut(DiskImage(), disk.operations)
        cut.advance(to: disk.operationCount)
        var random = SeededRandom(seed: 1)
        #expect(try await flaw(of: cut.image(.allLost, &random), record, at: position, configuration) == nil)
    }

    /// What is wrong with the store that a cut has left, if anything.
    private func flaw(
        of image: DiskImage, _ record: DiskRecord, at position: Int, _ configuration: StoreConfiguration
    ) async throws -> String? {
        let disk = SimulatedDisk(image)
        disk.stopRecording()
        let store: SQLiteStore
        do throws(StoreError) {
            store = try SQLiteStore(
                path: DiskWorkload.path, configuration: configuration, files: SimulatedFiles(disk))
        } catch {
            return "cannot be opened: \(error)"
        }
        let flaw = try await record.flaw(of: store, at: position)
        await store.close()
        return flaw
    }
}
