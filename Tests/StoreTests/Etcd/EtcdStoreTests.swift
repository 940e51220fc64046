import EtcdStore
import EtcdTestSupport
import HTTPClient
import HTTPCore
import Machinery
import Store
import Testing

@Suite("A store in etcd", .enabled(if: EtcdProcess.isInstalled))
struct EtcdStoreTests {
    @Test("shows each of two servers what the other has written, at once")
    func shared() async throws {
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                let one = try await EtcdStore.open(etcd.configuration())
                let other = try await EtcdStore.open(etcd.configuration())
                for round in 0..<100 {
                    let key = Fixture.key("r\(round)")
                    let created = try await one.create(key, Fixture.write("1", labels: ["a": "b"]))
                    let seen = try await other.get(key)
                    #expect(seen?.text == created.text)
                    #expect(seen?.header == created.header)
                    let updated = try await other.update(key, expecting: created.revision, Fixture.write("2"))
                    #expect(try await one.names().count == round + 1)
                    #expect(try await one.get(key)?.revision == updated.revision)
                    let stale = await failure {
                        _ = try await one.update(key, expecting: created.revision, Fixture.write("3"))
                    }
                    guard case .conflict = stale else {
                        Issue.record("got \(String(describing: stale))")
                        return
                    }
                }
                let start = try await one.currentRevision() - 200
                let (first, second) = (
                    try await one.changes(after: start, count: 200), try await other.changes(after: start, count: 200)
                )
                #expect(first.map { Change($0) } == second.map { Change($0) })
                await one.close()
                await other.close()
            }
        }
    }

    @Test("is not held up by changes of others, outside its prefix")
    func foreign() async throws {
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                var configuration = etcd.configuration()
                configuration.nudgeAfter = .milliseconds(100)
                let store = try await EtcdStore.open(configuration)
                configuration.prefix = "/registry-of-others"
                let others = try await EtcdStore.open(configuration)
                let foreign = try await others.create(Fixture.key("a"), Fixture.write())
                #expect(try await store.currentRevision() >= foreign.revision)
                let read = try await store.get(Fixture.key("a"))
                #expect(read == nil)
                await store.close()
                await others.close()
            }
        }
    }

    @Test("goes on where it was when etcd comes back, and says meanwhile that it cannot")
    func restart() async throws {
        try await EtcdSlots.withEtcd { etcd in
            let cache = WatchCache()
            let (store, watch, first) = try await etcd.running {
                let store = try await EtcdStore.open(etcd.configuration())
                try await store.attach(cache)
                let watch = try await store.watch(after: try await store.currentRevision())
                return (store, watch, try await store.create(Fixture.key("a"), Fixture.write("1")))
            }
            let impatient = Task {
                var configuration = etcd.configuration()
                configuration.attempts = 2
                return await failure { _ = try await EtcdStore.open(configuration) }
            }
            guard case .unavailable(let reason) = await impatient.value else {
                Issue.record("an etcd that is down was opened")
                return
            }
            #expect(reason.hasPrefix("etcd does not answer: http://127.0.0.1:\(etcd.clientPort): cannot connect"))
            // Who reads from the cache reads on.
            #expect(cache.snapshot("pods").get(namespace: "default", name: "a") === first)
            try await etcd.running {
                let second = try await store.update(first.key, expecting: first.revision, Fixture.write("2"))
                let third = try await store.delete(first.key, expecting: second.revision, last: nil)
                var events: [StoreEvent] = []
                while events.count < 3, let next = try await watch.next() { events += next }
                #expect(events.map(\.revision) == [first.revision, second.revision, third.revision])
                #expect(cache.snapshot("pods").get(namespace: "default", name: "a") == nil)
                #expect(store.health == .ok)
                await store.close()
            }
        }
    }

    @Test("reads everything anew when the changes it missed have been compacted")
    func compactedMeanwhile() async throws {
        try await EtcdSlots.withEtcd { etcd in
            let (store, kept) = try await etcd.running {
                let store = try await EtcdStore.open(etcd.configuration())
                for name in ["gone", "kept", "same"] {
                    _ = try await store.create(Fixture.key(name), Fixture.write("1"))
                }
                return (store, try await store.get(Fixture.key("kept")))
            }
            let cache = WatchCache()
            try await store.attach(cache)
            let inbox = Inbox()
            let opening = try cache.subscribe("pods", WatchSelection(), from: .currentState, group: inbox.makeGroup())
            // Another server works on the same data, where this one does not find it.
            let elsewhere = try etcd.moved()
            let now = try await elsewhere.running {
                let other = try await EtcdStore.open(elsewhere.configuration())
                _ = try await other.update(
                    Fixture.key("kept"), expecting: kept?.revision ?? 0, Fixture.write("2"))
                _ = try await other.create(Fixture.key("new"), Fixture.write("1"))
                _ = try await other.delete(Fixture.key("gone"), expecting: nil, last: nil)
                let now = try await other.currentRevision()
                try await other.compact(before: now)
                await other.close()
                return now
            }
            try await etcd.running {
                let revision = try await store.currentRevision()
                #expect(revision == now)
                let names = try await store.names()
                #expect(names == ["kept", "new", "same"])
                #expect(
                    inbox.changes(opening) == [
                        Change(.modified, "kept", now - 2), Change(.added, "new", now - 1),
                        Change(.deleted, "gone", now),
                    ])
                let old = await failure { _ = try await store.watch(after: now - 1) }
                guard case .compacted(let oldest) = old else {
                    Issue.record("got \(String(describing: old))")
                    return
                }
                #expect(oldest == now)
                await store.close()
            }
        }
    }

    @Test("uses the next server where one is down")
    func failOver() async throws {
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                var configuration = etcd.configuration()
                configuration.endpoints.insert(try etcd.moved().endpoint, at: 0)
                let store = try await EtcdStore.open(configuration)
                let created = try await store.create(Fixture.key("a"), Fixture.write("1"))
                let read = try await store.get(created.key)
                #expect(read === created)
                await store.close()
            }
        }
    }

    @Test("agrees with other servers on who compacts, and through which revision")
    func compaction() async throws {
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                let one = try await EtcdStore.open(etcd.configuration())
                let other = try await EtcdStore.open(etcd.configuration())
                let created = try await one.create(Fixture.key("a"), Fixture.write("1"))
                try await one.compactionRound()
                try await other.compactionRound()
                let updated = try await one.update(created.key, expecting: created.revision, Fixture.write("2"))
                // The second of the two is told that somebody was there before it, and both that there is a revision
                // to keep from the first round on.
                try await one.compactionRound()
                try await other.compactionRound()
                let raw = GRPCConnection(etcd.endpoint)
                var range = ProtobufWriter()
                range.string(1, "/registry/pods/default/a")
                range.integer(4, Int64(created.revision))
                let error = await #expect(throws: GRPCError.self) {
                    _ = try await raw.unary("/etcdserverpb.KV/Range", range.bytes)
                }
                #expect(error?.message == "etcdserver: mvcc: required revision has been compacted")
                #expect(try await other.get(created.key)?.revision == updated.revision)
                raw.shutDown()
                await one.close()
                await other.close()
            }
        }
    }

    @Test("refuses what another program has written")
    func stranger() async throws {
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                try await EtcdStore.open(etcd.configuration()).close()
                let raw = GRPCConnection(etcd.endpoint)
                var put = ProtobufWriter()
                put.string(1, "/registry/pods/default/a")
                put.string(2, "k8s\u{0}")
                _ = try await raw.unary("/etcdserverpb.KV/Put", put.bytes)
                raw.shutDown()
                let error = await failure { _ = try await EtcdStore.open(etcd.configuration()) }
                guard case .corrupt(let reason) = error else {
                    Issue.record("got \(String(describing: error))")
                    return
                }
                #expect(reason == "the value of pods/default/a in etcd was not written by gantry")
            }
        }
    }
}
