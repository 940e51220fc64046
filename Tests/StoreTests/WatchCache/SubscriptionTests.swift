import Store
import Synchronization
import Testing

@Suite("A watch of the watch cache")
struct SubscriptionTests {
    @Test("sees an object enter, change in and leave its selection as Kubernetes tells it")
    func transitions() async throws {
        let cached = try await CachedStore()
        let inbox = Inbox()
        let group = inbox.makeGroup()
        let red = WatchFilter { $0.header.label("color") == "red" }
        let start = cached.cache.currentRevision
        let live = try cached.cache.subscribe("pods", WatchSelection(filter: red), from: .now, group: group)
        let key = Fixture.key("a")
        for (value, color) in [("1", "blue"), ("2", "red"), ("3", "red"), ("4", "blue"), ("5", "red")] {
            _ = try await cached.store.replace(key, Fixture.write(value, labels: ["color": color]))
        }
        _ = try await cached.store.delete(key, expecting: nil, last: nil)
        _ = try await cached.store.replace(key, Fixture.write("7", labels: ["color": "blue"]))
        _ = try await cached.store.delete(key, expecting: nil, last: nil)
        let expected = [
            Change(.added, "a", start + 2), Change(.modified, "a", start + 3), Change(.deleted, "a", start + 4),
            Change(.added, "a", start + 5), Change(.deleted, "a", start + 6),
        ]
        #expect(inbox.changes(live) == expected)
        try #require(inbox.events(live).count == expected.count)
        // The object that leaves is the last one that matched, with the revision of the change.
        #expect(inbox.events(live)[2].object.text == Fixture.text("3", at: start + 4))
        #expect(inbox.events(live)[4].object.text == Fixture.text("5", at: start + 6))
        // A backlog tells the same.
        let late = try cached.cache.subscribe(
            "pods", WatchSelection(filter: red), from: .revision(start), group: group)
        #expect(late.backlog.map { Change($0) } == expected)
        try #require(late.backlog.count == expected.count)
        #expect(late.backlog[2] === inbox.events(live)[2], "views are shared")
    }

    @Test("is told of a change right after the others of its place, and no more once it ended")
    func places() async throws {
        let cached = try await CachedStore()
        let told = Mutex<[[SubscriberID]]>([])
        let group = WatchGroup { deliveries in
            told.withLock { $0 += deliveries.map(\.subscribers) }
        }
        var openings: [(place: UInt32, opening: WatchOpening)] = []
        for place: UInt32 in [7, 3, 7, 9, 3, 9, 7] {
            openings.append(
                (place, try cached.cache.subscribe("pods", WatchSelection(), from: .now, group: group, place: place)))
        }
        func places(_ ids: [SubscriberID]) -> [UInt32] {
            ids.compactMap { id in openings.first { $0.opening.subscription.id == id }?.place }
        }
        _ = try await cached.store.create(Fixture.key("a"), Fixture.write("1"))
        #expect(told.withLock { $0.map(places) } == [[3, 3, 7, 7, 7, 9, 9]])
        for index in [0, 1, 5] { openings[index].opening.subscription.cancel() }
        _ = try await cached.store.create(Fixture.key("b"), Fixture.write("2"))
        #expect(told.withLock { $0.last.map(places) } == [3, 7, 7, 9])
        openings[0].opening.subscription.cancel()
        #expect(cached.cache.subscribers(of: "pods") == 4)
    }

    @Test("sees what its namespace and field let through, by the index")
    func index() async throws {
        let cached = try await CachedStore()
        let inbox = Inbox()
        let group = inbox.makeGroup()
        func watch(_ namespace: String?, _ node: String?) throws -> WatchOpening {
            let field = node.map { FieldPair(name: "spec.nodeName", value: $0) }
            return try cached.cache.subscribe(
                "pods", WatchSelection(namespace: namespace, field: field), from: .now, group: group)
        }
        func put(_ name: String, _ namespace: String, _ node: String?) async throws {
            let fields = node.map { ["spec.nodeName": $0] } ?? [:]
            _ = try await cached.store.replace(
                Fixture.key(name, namespace: namespace), Fixture.write(fields: fields))
        }
        let all = try watch(nil, nil)
        let inA = try watch("a", nil)
        let onN1 = try watch(nil, "n1")
        let onN2 = try watch(nil, "n2")
        let unplaced = try watch(nil, "")
        let inAOnN1 = try watch("a", "n1")
        let start = cached.cache.currentRevision
        try await put("p", "a", nil)  // +1
        try await put("p", "a", "n1")  // +2
        try await put("q", "b", "n1")  // +3
        try await put("p", "a", "n2")  // +4
        try await put("p", "a", "n2")  // +5
        _ = try await cached.store.delete(Fixture.key("p", namespace: "a"), expecting: nil, last: nil)  // +6
        _ = try await cached.store.replace(Fixture.key("p", namespace: "a", bucket: "services"))

        func changes(_ opening: WatchOpening) -> [String] {
            inbox.changes(opening).map { "\($0.type) \($0.name) +\($0.revision - start)" }
        }
        #expect(
            changes(all) == [
                "added p +1", "modified p +2", "added q +3", "modified p +4", "modified p +5", "deleted p +6",
            ])
        #expect(changes(inA) == ["added p +1", "modified p +2", "modified p +4", "modified p +5", "deleted p +6"])
        #expect(changes(onN1) == ["added p +2", "added q +3", "deleted p +4"])
        #expect(changes(onN2) == ["added p +4", "modified p +5", "deleted p +6"])
        #expect(changes(unplaced) == ["added p +1", "deleted p +2"])
        #expect(changes(inAOnN1) == ["added p +2", "deleted p +4"])
    }

    @Test("a name is a field as well")
    func name() async throws {
        let cached = try await CachedStore()
        let inbox = Inbox()
        let group = inbox.makeGroup()
        let one = try cached.cache.subscribe(
            "pods", WatchSelection(namespace: "default", field: FieldPair(name: "metadata.name", value: "b")),
            from: .now, group: group)
        for name in ["a", "b", "c"] { _ = try await cached.store.replace(Fixture.key(name)) }
        #expect(inbox.changes(one).map(\.name) == ["b"])
    }

    @Test("ends when cancelled or released, once")
    func cancelling() async throws {
        let cached = try await CachedStore()
        let inbox = Inbox()
        let group = inbox.makeGroup()
        let kept = try cached.cache.subscribe("pods", WatchSelection(), from: .now, group: group)
        let cancelled = try cached.cache.subscribe("pods", WatchSelection(), from: .now, group: group)
        do {
            let released = try cached.cache.subscribe(
                "pods", WatchSelection(namespace: "default"), from: .now, group: group)
            #expect(cached.cache.subscribers(of: "pods") == 3)
            withExtendedLifetime(released) {}
        }
        cancelled.subscription.cancel()
        cancelled.subscription.cancel()
        #expect(cached.cache.subscribers(of: "pods") == 1)
        _ = try await cached.store.replace(Fixture.key("a"))
        #expect(inbox.changes(kept).count == 1)
        #expect(inbox.changes(cancelled).isEmpty)
    }

    @Test("is refused when its start is older than history")
    func overflow() async throws {
        var configuration = WatchCacheConfiguration()
        configuration.historyEvents = 10
        let cached = try await CachedStore(configuration)
        let start = cached.cache.currentRevision
        for _ in 0..<15 { _ = try await cached.store.replace(Fixture.key("a")) }
        let group = Inbox().makeGroup()
        #expect(throws: WatchCacheError.tooOld(start, oldest: start + 5)) {
            try cached.cache.subscribe("pods", WatchSelection(), from: .revision(start), group: group)
        }
        let oldest = try cached.cache.subscribe(
            "pods", WatchSelection(), from: .revision(start + 5), group: group)
        #expect(oldest.backlog.map(\.revision) == Array((start + 6)...(start + 15)))
        // A bucket in which nothing was lost can be watched from further back.
        let quiet = try cached.cache.subscribe("leases", WatchSelection(), from: .revision(start), group: group)
        #expect(quiet.backlog.isEmpty)
        #expect(quiet.revision == cached.cache.currentRevision)
    }

    @Test("history is given up together with the store's")
    func compaction() async throws {
        let cached = try await CachedStore()
        let start = cached.cache.currentRevision
        for _ in 0..<5 { _ = try await cached.store.replace(Fixture.key("a")) }
        try await cached.store.compact(before: start + 3)
        #expect(throws: WatchCacheError.tooOld(start + 2, oldest: start + 3)) {
            try cached.cache.subscribe(
                "pods", WatchSelection(), from: .revision(start + 2), group: Inbox().makeGroup())
        }
    }

    @Test("may start in the future")
    func future() async throws {
        let cached = try await CachedStore()
        let inbox = Inbox()
        let start = cached.cache.currentRevision
        let watch = try cached.cache.subscribe(
            "pods", WatchSelection(), from: .revision(start + 2), group: inbox.makeGroup())
        for _ in 0..<4 { _ = try await cached.store.replace(Fixture.key("a")) }
        #expect(inbox.changes(watch).map(\.revision) == [start + 3, start + 4])
    }

    @Test("gets each change once, from the backlog or live, while many write", arguments: StoreKind.allCases)
    func noGap(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let cache = WatchCache()
            try await store.attach(cache)
            let inbox = Inbox()
            let group = inbox.makeGroup()
            let start = cache.currentRevision
            let odd = WatchFilter { $0.revision % 2 == 1 }
            let openings = try await withThrowingTaskGroup(of: [WatchOpening].self) { tasks in
                for writer in 0..<4 {
                    tasks.addTask {
                        for round in 0..<150 {
                            _ = try await store.replace(Fixture.key("w\(writer)-\(round % 7)"))
                            await Task.yield()
                        }
                        return []
                    }
                }
                for _ in 0..<3 {
                    tasks.addTask {
                        var openings: [WatchOpening] = []
                        var last: UInt64 = 0
                        while cache.currentRevision < start + 600 {
                            await Task.yield()
                            // Every watcher costs the writers something: a few for each change will do.
                            guard cache.currentRevision >= last + 10 else { continue }
                            last = cache.currentRevision
                            let after = start + (cache.currentRevision - start) / 2
                            openings.append(
                                try cache.subscribe("pods", WatchSelection(), from: .revision(after), group: group))
                            openings.append(
                                try cache.subscribe("pods", WatchSelection(), from: .currentState, group: group))
                            openings.append(
                                try cache.subscribe(
                                    "pods", WatchSelection(filter: odd), from: .revision(start), group: group))
                        }
                        return openings
                    }
                }
                return try await tasks.reduce(into: []) { $0 += $1 }
            }
            #expect(!openings.isEmpty)
            let end = cache.currentRevision
            #expect(end == start + 600)
            let history = try await store.changes(after: start, count: 600)
            let oddViews = history.compactMap { WatchSelection(filter: odd).view(of: $0) }.map { Change($0) }
            for (index, opening) in openings.enumerated() {
                let seen = (opening.backlog + inbox.events(opening)).map { Change($0) }
                if index % 3 == 2 {
                    #expect(seen == oddViews)
                } else {
                    let first = seen.first?.revision ?? end + 1
                    try #require(first <= end + 1)
                    #expect(seen.map(\.revision) == Array(first..<(end + 1)))
                    if let snapshot = opening.snapshot { #expect(first == snapshot.revision + 1) }
                }
            }
        }
    }

    @Test("a commit reaches a group in one call, whatever it holds")
    func grouping() async throws {
        let cache = WatchCache()
        let first = Inbox()
        let second = Inbox()
        let cached = MemoryStore()
        let events = try await {
            for name in ["a", "b", "c"] { _ = try await cached.replace(Fixture.key(name)) }
            _ = try await cached.replace(Fixture.key("l", bucket: "leases"))
            return try await cached.changes(after: 1, count: 4)
        }()
        let group = first.makeGroup()
        let pods = try (0..<3).map { _ in
            try cache.subscribe("pods", WatchSelection(), from: .now, group: group)
        }
        let leases = try cache.subscribe("leases", WatchSelection(), from: .now, group: group)
        let other = try cache.subscribe("pods", WatchSelection(), from: .now, group: second.makeGroup())
        cache.apply(StoreBatch(events: events, revision: 5))
        #expect(first.batches == 1)
        #expect(second.batches == 1)
        for opening in pods { #expect(first.changes(opening).map(\.name) == ["a", "b", "c"]) }
        #expect(first.changes(leases).map(\.name) == ["l"])
        #expect(second.changes(other).map(\.name) == ["a", "b", "c"])
        #expect(cache.deliveredRevision == 5)
    }

    @Test("resumes without a gap after the store was opened again")
    func restart() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.file("store.db")
            let first = try SQLiteStore(path: path)
            for round in 0..<30 { _ = try await first.replace(Fixture.key("n\(round % 3)")) }
            await first.close()
            let second = try SQLiteStore(path: path)
            let cache = WatchCache()
            try await second.attach(cache)
            let inbox = Inbox()
            let watch = try cache.subscribe(
                "pods", WatchSelection(), from: .revision(11), group: inbox.makeGroup())
            _ = try await second.replace(Fixture.key("n0"))
            #expect((watch.backlog + inbox.events(watch)).map(\.revision) == Array(12...32))
            #expect(try cache.snapshot("pods", at: 2).count == 1)
            await second.close()
        }
    }

    @Test("derived values are made once")
    func derived() async throws {
        let store = MemoryStore()
        let object = try await store.create(Fixture.key("a"), Fixture.write())
        let key = DerivedKey(rawValue: 1)
        var made = 0
        for _ in 0..<3 {
            let value = object.derived.value(key) {
                made += 1
                return "value"
            }
            #expect(value == "value")
        }
        #expect(made == 1)
        #expect(object.derived.value(DerivedKey(rawValue: 2)) { 7 } == 7)
    }
}
