import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Endpoints of a Service without a selector")
struct MirroringTests {
    private static func endpoints(_ addresses: [String], notReady: [String] = [], port: Int32 = 80) -> Endpoints {
        var subset = EndpointSubset()
        subset.addresses = addresses.map { EndpointAddress(json: ["ip": .string($0)]) }
        subset.notReadyAddresses = notReady.map { EndpointAddress(json: ["ip": .string($0)]) }
        subset.ports = [EndpointPort(json: ["name": "http", "port": .int(Int64(port)), "protocol": "TCP"])]
        var endpoints = Endpoints(name: "db", namespace: "default")
        endpoints.metadata.labels = ["tier": "back"]
        endpoints.metadata.annotations = ["kubectl.kubernetes.io/last-applied-configuration": "{}", "note": "kept"]
        endpoints.subsets = [subset]
        return endpoints
    }

    private static func service(_ change: (inout Service) -> Void = { _ in }) -> Service {
        var service = Service(name: "db", namespace: "default")
        change(&service)
        return service
    }

    private static func addresses(_ server: FakeAPIServer) -> [String: Bool] {
        let endpoints = server.list(EndpointSlice.self).flatMap(\.endpoints)
        return Dictionary(
            endpoints.map { ($0.addresses.first ?? "", $0.conditions?.ready == true) }, uniquingKeysWith: { $1 })
    }

    @Test("are copied into slices, followed, and removed with them")
    func mirrored() async throws {
        let cluster = TestCluster(["endpointslice-mirroring"])
        cluster.server.seed(Self.service())
        cluster.server.seed(Self.endpoints(["10.1.2.3", "10.1.2.4", "fd00::1"], notReady: ["10.1.2.5"]))
        try await cluster.run { cluster in
            try await cluster.until("two slices") { $0.list(EndpointSlice.self).count == 2 }
            #expect(
                Self.addresses(cluster.server)
                    == ["10.1.2.3": true, "10.1.2.4": true, "10.1.2.5": false, "fd00::1": true])
            let slice = try #require(
                cluster.server.list(EndpointSlice.self).first { $0.addressType == "IPv4" })
            #expect(
                slice.metadata.labels == [
                    "tier": "back", "kubernetes.io/service-name": "db",
                    "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io",
                ])
            #expect(slice.metadata.annotations == ["note": "kept"])
            #expect(slice.controllerOwner?.kind == "Endpoints")
            #expect(slice.ports.first?.name == "http" && slice.ports.first?.port == 80)
            await cluster.settle()
            cluster.server.forgetRequests()
            cluster.server.edit(Endpoints.self, "db", namespace: "default") {
                $0.metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"] = "{ }"
            }
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
            cluster.server.edit(Endpoints.self, "db", namespace: "default") {
                $0.subsets = Self.endpoints(["10.1.2.9"], port: 81).subsets
            }
            try await cluster.until("changed in place") { server in
                Self.addresses(server) == ["10.1.2.9": true]
                    && server.list(EndpointSlice.self).map(\.name) == [slice.name]
                    && server.list(EndpointSlice.self).first?.ports.first?.port == 81
            }
            cluster.server.erase(Endpoints.self, "db", namespace: "default")
            try await cluster.until("removed") { $0.list(EndpointSlice.self).isEmpty }
        }
    }

    @Test("are left alone when they say so, elect a leader, have no Service, or one with a selector")
    func unmirrored() async throws {
        var skipped = Self.endpoints(["10.1.2.3"])
        skipped.metadata.labels["endpointslice.kubernetes.io/skip-mirror"] = "true"
        var leader = Self.endpoints(["10.1.2.3"])
        leader.metadata.annotations["control-plane.alpha.kubernetes.io/leader"] = "{}"
        for (endpoints, service) in [
            (skipped, Self.service()), (leader, Self.service()), (Self.endpoints(["10.1.2.3"]), nil),
            (Self.endpoints(["10.1.2.3"]), Self.service { $0.spec.selector = ["app": "db"] }),
        ] as [(Endpoints, Service?)] {
            let cluster = TestCluster(["endpointslice-mirroring"])
            if let service { cluster.server.seed(service) }
            cluster.server.seed(endpoints)
            try await cluster.run { cluster in
                await cluster.settle()
                #expect(cluster.server.list(EndpointSlice.self).isEmpty)
            }
        }
    }

    @Test("beyond a thousand, and those that are no addresses, are told of and left out")
    func tooMany() async throws {
        let cluster = TestCluster(["endpointslice-mirroring"])
        cluster.server.seed(Self.service())
        let many = (0..<1005).map { "10.2.\($0 / 250).\($0 % 250 + 1)" }
        cluster.server.seed(Self.endpoints(["nonsense"] + many))
        try await cluster.run { cluster in
            try await cluster.until("mirrored") { Self.addresses($0).count == 1000 }
            await cluster.settle()
            #expect(
                Set(cluster.server.reasons(of: "Endpoints")) == ["InvalidIPAddress", "TooManyAddressesToMirror"])
        }
    }
}
