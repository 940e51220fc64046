import Store
import Synchronization
import Testing

@Suite("A store is linearizable")
struct LinearizabilityTests {
    @Test("concurrent create, update, delete and get have an order that explains them", arguments: StoreKind.allCases)
    func histories(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            for round in 0..<20 {
                let names = ["r\(round)-a", "r\(round)-b"]
                let recorder = HistoryRecorder()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for client in 0..<5 {
                        group.addTask {
                            var random = SeededRandom(seed: UInt64(round * 100 + client))
                            var known: [String: UInt64] = [:]
                            for _ in 0..<8 {
                                let name = names[random.below(names.count)]
                                let choice = random.below(4)
                                known[name] = try await recorder.perform(
                                    choice, on: Fixture.key(name), known: known[name] ?? 1, store)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                for name in names {
                    let history = recorder.operations(on: name)
                    #expect(Linearizer.explains(history), "round \(round): \(history)")
                }
            }
        }
    }

    @Test("the checker itself finds impossible histories")
    func checker() {
        func operation(_ kind: RecordedOperation.Kind, _ interval: ClosedRange<Int>) -> RecordedOperation {
            RecordedOperation(kind: kind, call: interval.lowerBound, reply: interval.upperBound)
        }
        // A read that misses an acknowledged create.
        #expect(!Linearizer.explains([operation(.create(.made(2)), 0...1), operation(.get(nil), 2...3)]))
        // The same while both are under way.
        #expect(Linearizer.explains([operation(.create(.made(2)), 0...3), operation(.get(nil), 1...2)]))
        // Two creates cannot both succeed.
        #expect(!Linearizer.explains([operation(.create(.made(2)), 0...3), operation(.create(.made(3)), 1...2)]))
        // A lost update.
        #expect(
            !Linearizer.explains([
                operation(.create(.made(2)), 0...1), operation(.update(expecting: 2, .made(3)), 2...5),
                operation(.update(expecting: 2, .made(4)), 3...4),
            ]))
        // A stale read after a fresh one.
        #expect(
            !Linearizer.explains([
                operation(.create(.made(2)), 0...1), operation(.update(expecting: 2, .made(3)), 2...9),
                operation(.get(3), 3...4), operation(.get(2), 5...6),
            ]))
    }
}
