import Machinery
import Testing

@Suite("Addresses and ports of Services", .timeLimit(.minutes(1)))
struct ServiceAllocatorTests {
    @Test("a Service gets an address of the range, a node port gets one of its range", arguments: Route.allCases)
    func allocates(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let plain = try await cluster.send("POST", Path.services, Manifest.service("a")).expect(201)
            let address = try #require(plain.json.at("spec.clusterIP").stringValue)
            #expect(address.hasPrefix("10.96."))
            #expect(plain.json.at("spec.clusterIPs").arrayValue == [.string(address)])
            #expect(plain.json.at("spec.ports.0.nodePort") == .null)
            let node = try await cluster.send(
                "POST", Path.services,
                Manifest.service(
                    "b", spec: #""type":"NodePort","ports":[{"name":"x","port":80},{"name":"y","port":81}]"#))
            let ports = (0...1).compactMap { node.json.at("spec.ports.\($0).nodePort").intValue }
            #expect(ports.count == 2 && Set(ports).count == 2 && ports.allSatisfy { (30000...32767).contains($0) })
        }
    }

    @Test("what is wanted is given if it is free and in range")
    func wanted() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send(
                "POST", Path.services, Manifest.service("a", spec: #""clusterIP":"10.96.7.7","ports":[{"port":80}]"#)
            )
            .expect(201)
            try await cluster.send(
                "POST", Path.services, Manifest.service("b", spec: #""clusterIP":"10.96.7.7","ports":[{"port":80}]"#)
            )
            .expect(422, "Invalid", "failed to allocate IP 10.96.7.7: provided IP is already allocated")
            try await cluster.send(
                "POST", Path.services, Manifest.service("b", spec: #""clusterIP":"10.1.0.1","ports":[{"port":80}]"#)
            )
            .expect(
                422, "Invalid",
                "failed to allocate IP 10.1.0.1: the provided network does not match the current range")
            func node(_ name: String, _ port: Int) -> String {
                Manifest.service(name, spec: #""type":"NodePort","ports":[{"port":80,"nodePort":\#(port)}]"#)
            }
            try await cluster.send("POST", Path.services, node("c", 30080)).expect(201)
            try await cluster.send("POST", Path.services, node("d", 30080)).expect(
                422, "Invalid", "provided port is already allocated")
            try await cluster.send("POST", Path.services, node("d", 80)).expect(
                422, "Invalid", "provided port is not in the valid range. The range of valid ports is 30000-32767")
            let both =
                #""type":"NodePort","ports":[{"name":"t","port":53,"nodePort":30053},{"name":"u","port":53,"#
                + #""protocol":"UDP","nodePort":30053}]"#
            try await cluster.send("POST", Path.services, Manifest.service("dns", spec: both)).expect(201)
        }
    }

    @Test("headless and external Services have no address")
    func none() async throws {
        try await TestCluster.run { cluster in
            let headless = try await cluster.send(
                "POST", Path.services, Manifest.service("a", spec: #""clusterIP":"None","ports":[{"port":80}]"#))
            #expect(headless.expect(201).json.at("spec.clusterIPs").arrayValue == ["None"])
            let external = try await cluster.send(
                "POST", Path.services,
                Manifest.service("b", spec: #""type":"ExternalName","externalName":"example.com""#))
            #expect(external.expect(201).json.at("spec.clusterIP") == .null)
        }
    }

    @Test("an address stays over updates, and returns when its Service goes or is refused")
    func lifetime() async throws {
        try await TestCluster.run { cluster in
            let spec = #""clusterIP":"10.96.9.9","ports":[{"port":80}]"#
            try await cluster.send("POST", Path.services + "?dryRun=All", Manifest.service("a", spec: spec)).expect(201)
            try await cluster.send("POST", Path.services, Manifest.service("A", spec: spec)).expect(422)
            try await cluster.send("POST", Path.services, Manifest.service("a", spec: spec)).expect(201)
            let updated = try await cluster.send(
                "PUT", Path.services + "/a", Manifest.service("a", spec: #""ports":[{"port":81}]"#))
            #expect(updated.expect(200).json.at("spec.clusterIP").stringValue == "10.96.9.9")
            try await cluster.send("DELETE", Path.services + "/a").expect(200)
            try await cluster.send("POST", Path.services, Manifest.service("b", spec: spec)).expect(201)
        }
    }

    @Test("made at the same time, no two get the same", arguments: [Backing.memory])
    func races(backing: Backing) async throws {
        try await TestCluster.run(.inProcess, backing) { cluster in
            let made = try await withThrowingTaskGroup(of: Answer.self) { group in
                for index in 0..<60 {
                    group.addTask {
                        try await cluster.send(
                            "POST", Path.services,
                            Manifest.service("s\(index)", spec: #""type":"NodePort","ports":[{"port":80}]"#))
                    }
                }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(made.allSatisfy { $0.status == 201 })
            #expect(Set(made.compactMap { $0.json.at("spec.clusterIP").stringValue }).count == 60)
            #expect(Set(made.compactMap { $0.json.at("spec.ports.0.nodePort").intValue }).count == 60)
            let same = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        try await cluster.send(
                            "POST", Path.services,
                            Manifest.service("t\(index)", spec: #""clusterIP":"10.96.250.1","ports":[{"port":80}]"#)
                        ).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(same.filter { $0 == 201 }.count == 1)
        }
    }
}
