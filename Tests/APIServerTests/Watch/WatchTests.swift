import Machinery
import Testing

@Suite("Watching", .timeLimit(.minutes(1)))
struct WatchTests {
    @Test("shows what is there, then what happens", arguments: Route.allCases)
    func fromState(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let watch = try await cluster.watch(Path.configMaps + "?watch=true")
            #expect(try await watch.next()?.summary == "ADDED a")
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("b")).expect(201)
            try await cluster.send("PUT", Path.configMaps + "/a", Manifest.configMap("a", data: #"{"k":"2"}"#)).expect(
                200)
            let deleted = try await cluster.send("DELETE", Path.configMaps + "/b").expect(200)
            #expect(deleted.status == 200)
            #expect(try await watch.summaries(3) == ["ADDED b", "MODIFIED a", "DELETED b"])
            watch.cancel()
        }
    }

    @Test("goes on from a revision without gap, and not from before it", arguments: Route.allCases)
    func fromRevision(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let start = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("b")).expect(201)
            let watch = try await cluster.watch(Path.configMaps + "?watch=1&resourceVersion=\(start.version)")
            #expect(try await watch.next()?.summary == "ADDED b")
            try await cluster.send("DELETE", Path.configMaps + "/a").expect(200)
            let event = try #require(try await watch.next())
            #expect(event.summary == "DELETED a")
            let version = try #require(event.object.at("metadata.resourceVersion").stringValue.flatMap(UInt64.init))
            #expect(version > (UInt64(start.version) ?? 0))
            watch.cancel()
        }
    }

    @Test("a streaming list ends its initial events with a bookmark", arguments: Route.allCases)
    func initialEvents(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            // As client libraries ask: without a version at first.
            let watch = try await cluster.watch(
                Path.configMaps
                    + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true")
            #expect(try await watch.next()?.summary == "ADDED a")
            let bookmark = try #require(try await watch.next())
            #expect(bookmark.type == "BOOKMARK")
            let annotations = bookmark.object.at("metadata.annotations").objectValue
            #expect(annotations?.string("k8s.io/initial-events-end") == "true")
            #expect(bookmark.object.at("metadata.resourceVersion").stringValue == String(cluster.cache.currentRevision))
            watch.cancel()
        }
    }

    @Test(
        "what makes no sense is refused before anything is sent",
        arguments: [
            ("sendInitialEvents=true", 422), ("sendInitialEvents=true&resourceVersionMatch=Exact", 422),
            ("resourceVersionMatch=NotOlderThan", 422), ("resourceVersion=x", 422), ("timeoutSeconds=x", 400),
            ("labelSelector=%3D", 400), ("fieldSelector=spec.none%3D1", 400), ("continue=abc", 400),
        ])
    func refusals(query: String, status: Int) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("GET", Path.configMaps + "?watch=true&" + query).expect(status)
        }
    }

    @Test("an object that comes to match is added, one that ceases to is deleted", arguments: Route.allCases)
    func selectors(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let start = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let watch = try await cluster.watch(
                Path.configMaps + "?watch=true&labelSelector=x%3D1&resourceVersion=\(start.version)")
            for labels in [#"{"x":"1"}"#, #"{"x":"1","y":"2"}"#, #"{"x":"2"}"#, #"{"x":"3"}"#, #"{"x":"1"}"#] {
                try await cluster.send("PUT", Path.configMaps + "/a", Manifest.configMap("a", labels: labels)).expect(
                    200)
            }
            #expect(try await watch.summaries(4) == ["ADDED a", "MODIFIED a", "DELETED a", "ADDED a"])
            watch.cancel()
        }
    }

    @Test("a watch of one name shows only that one, by selector and by the old path")
    func oneName() async throws {
        try await TestCluster.run { cluster in
            let start = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let first = try await cluster.watch(
                Path.configMaps + "?watch=true&fieldSelector=metadata.name%3Db&resourceVersion=\(start.version)")
            let second = try await cluster.watch(
                "/api/v1/watch/namespaces/default/configmaps/b?resourceVersion=\(start.version)")
            for name in ["c", "b"] {
                try await cluster.send("POST", Path.configMaps, Manifest.configMap(name)).expect(201)
            }
            #expect(try await first.next()?.summary == "ADDED b")
            #expect(try await second.next()?.summary == "ADDED b")
            first.cancel()
            second.cancel()
        }
    }

    @Test("a revision that is forgotten gives the error Kubernetes gives")
    func tooOld() async throws {
        try await TestCluster.run(.socket) { cluster in
            for name in ["a", "b", "c"] {
                try await cluster.send("POST", Path.configMaps, Manifest.configMap(name)).expect(201)
            }
            try await cluster.store.compact(before: cluster.cache.currentRevision)
            let watch = try await cluster.watch(Path.configMaps + "?watch=true&resourceVersion=1")
            let event = try #require(try await watch.next())
            #expect(event.type == "ERROR")
            #expect(event.object.at("code").intValue == 410)
            #expect(event.object.at("reason").stringValue == "Expired")
            #expect(event.object.at("message").stringValue?.hasPrefix("too old resource version: 1 (") == true)
            #expect(try await watch.next() == nil)
        }
    }

    @Test("a watcher that reads nothing is cut off, and others are not")
    func slow() async throws {
        try await TestCluster.run(.socket) { cluster in
            let start = cluster.cache.currentRevision
            let slow = try await cluster.watch(Path.configMaps + "?watch=true&resourceVersion=\(start)")
            let quick = try await cluster.watch(
                Path.configMaps + "?watch=true&resourceVersion=\(start)&labelSelector=small%3Dyes")
            #expect(cluster.cache.subscribers(of: "configmaps") == 2)
            let data = #"{"k":"\#(String(repeating: "x", count: 900_000))"}"#
            var count = 0
            while cluster.cache.subscribers(of: "configmaps") == 2, count < 100 {
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("c\(count)", data: data)).expect(201)
                count += 1
            }
            #expect(count < 100)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("s", labels: #"{"small":"yes"}"#))
                .expect(201)
            #expect(try await quick.next()?.summary == "ADDED s")
            quick.cancel()
            slow.cancel()
        }
    }

    @Test("ends after the seconds asked for", arguments: [Route.socket])
    func timeout(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let watch = try await cluster.watch(Path.configMaps + "?watch=true&timeoutSeconds=1&resourceVersion=0")
            #expect(try await watch.next() == nil)
        }
    }

    @Test("shows rows and metadata where those were asked for")
    func forms() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("b")).expect(201)
            let rows = try await cluster.watch(
                Path.configMaps + "?watch=true", accept: "application/json;as=Table;v=v1;g=meta.k8s.io")
            let first = try #require(try await rows.next())
            #expect(first.object.at("kind").stringValue == "Table")
            #expect(first.object.at("columnDefinitions").arrayValue?.isEmpty == false)
            #expect(first.object.at("rows.0.cells.0").stringValue == "a")
            let second = try #require(try await rows.next())
            #expect(second.object.at("columnDefinitions") == .null)
            rows.cancel()
            let metadata = try await cluster.watch(
                Path.configMaps + "?watch=true", accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")
            let event = try #require(try await metadata.next())
            #expect(event.object.at("kind").stringValue == "PartialObjectMetadata")
            #expect(event.object.at("data") == .null)
            metadata.cancel()
        }
    }

    @Test("many watchers see the same, in the same order", arguments: Route.allCases)
    func many(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let start = cluster.cache.currentRevision
            var watches: [WatchReader] = []
            for _ in 0..<20 {
                watches.append(try await cluster.watch(Path.configMaps + "?watch=true&resourceVersion=\(start)"))
            }
            for index in 0..<50 {
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("c\(index)")).expect(201)
            }
            let expected = (0..<50).map { "ADDED c\($0)" }
            for watch in watches {
                #expect(try await watch.summaries(50) == expected)
                watch.cancel()
            }
        }
    }
}
