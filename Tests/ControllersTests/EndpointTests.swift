import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A Service's endpoints")
struct EndpointTests {
    private func service(_ ports: [(name: String, target: IntOrString)] = [("http", 8080)]) -> Service {
        var service = Service(name: "web", namespace: "default")
        service.metadata.labels = ["team": "a"]
        service.spec.selector = ["app": "web"]
        service.spec.clusterIP = "10.0.0.1"
        service.spec.ipFamilies = ["IPv4"]
        service.spec.ports = ports.map { name, target in
            var port = ServicePort()
            port.name = name
            port.port = 80
            port.protocol = "TCP"
            port.targetPort = target
            return port
        }
        return service
    }

    private func backend(_ index: Int, ready: Bool = true, port: (String, Int32)? = nil) -> Pod {
        var pod = Pod(name: "web-\(index)", namespace: "default")
        pod.metadata.labels = ["app": "web"]
        pod.spec = template([:]).spec
        pod.spec.nodeName = "n1"
        if let port {
            var containerPort = ContainerPort()
            containerPort.name = port.0
            containerPort.containerPort = port.1
            pod.spec.containers[0].ports = [containerPort]
        }
        pod.becomeReady(at: Timestamp(seconds: 1), ip: "10.1.\(index / 250).\(index % 250)")
        if !ready { pod.status.conditions = [] }
        return pod
    }

    private static func endpoints(_ server: FakeAPIServer) -> [Endpoint] {
        server.list(EndpointSlice.self).flatMap(\.endpoints)
    }

    @Test("are listed with state, node and pod, in slices and in the old form")
    func lists() async throws {
        let cluster = TestCluster(["endpointslice", "endpoints"])
        cluster.server.seed(node("n1", labels: ["topology.kubernetes.io/zone": "z1"]))
        cluster.server.seed(backend(1))
        cluster.server.seed(backend(2, ready: false))
        let service = cluster.server.seed(service())
        try await cluster.run { cluster in
            try await cluster.until("listed") { server in
                Self.endpoints(server).count == 2 && server.get(Endpoints.self, "web", namespace: "default") != nil
            }
            let slice = try #require(cluster.server.list(EndpointSlice.self).first)
            #expect(slice.name.hasPrefix("web-"))
            #expect(slice.addressType == "IPv4")
            #expect(
                slice.metadata.labels == [
                    "team": "a", "kubernetes.io/service-name": "web",
                    "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
                ])
            #expect(slice.controllerOwner?.uid == service.uid)
            #expect(slice.ports.map(\.port) == [8080])
            #expect(slice.ports.map(\.name) == ["http"])
            let ready = try #require(slice.endpoints.first { $0.targetRef?.name == "web-1" })
            #expect(ready.addresses == ["10.1.0.1"])
            #expect(
                ready.conditions == EndpointConditions(json: ["ready": true, "serving": true, "terminating": false]))
            #expect(ready.nodeName == "n1")
            #expect(ready.zone == "z1")
            let unready = try #require(slice.endpoints.first { $0.targetRef?.name == "web-2" })
            #expect(unready.conditions?.ready == false)
            let old = try #require(cluster.server.get(Endpoints.self, "web", namespace: "default"))
            #expect(old.subsets.flatMap(\.addresses).map(\.ip) == ["10.1.0.1"])
            #expect(old.subsets.flatMap(\.notReadyAddresses).map(\.ip) == ["10.1.0.2"])
            #expect(old.subsets.flatMap(\.ports).map(\.port) == [8080])
            #expect(old.labels["endpoints.kubernetes.io/managed-by"] == "endpoint-controller")
        }
    }

    @Test("follow pods: a terminating one serves on but is not ready, a gone one is gone")
    func follows() async throws {
        let cluster = TestCluster(["endpointslice", "endpoints"])
        for index in 1...2 { cluster.server.seed(backend(index)) }
        cluster.server.seed(service())
        try await cluster.run { cluster in
            try await cluster.until("listed") { Self.endpoints($0).count == 2 }
            cluster.server.edit(Pod.self, "web-1", namespace: "default") { pod in
                pod.metadata.deletionTimestamp = Timestamp(seconds: 5)
                pod.metadata.deletionGracePeriodSeconds = 30
            }
            try await cluster.until("terminating") { server in
                let conditions = Self.endpoints(server).first { $0.targetRef?.name == "web-1" }?.conditions
                return conditions == EndpointConditions(json: ["ready": false, "serving": true, "terminating": true])
                    && server.get(Endpoints.self, "web", namespace: "default")?.subsets.flatMap(\.addresses).count == 1
            }
            cluster.server.erase(Pod.self, "web-1", namespace: "default")
            try await cluster.until("gone") { Self.endpoints($0).count == 1 }
            cluster.server.erase(Pod.self, "web-2", namespace: "default")
            try await cluster.until("empty") { Self.endpoints($0).isEmpty }
            cluster.server.erase(Service.self, "web", namespace: "default")
            try await cluster.until("removed") { $0.list(Endpoints.self).isEmpty }
        }
    }

    @Test("fill slices of a hundred, and a change of one pod changes one slice")
    func slices() async throws {
        let cluster = TestCluster(["endpointslice"])
        for index in 0..<250 { cluster.server.seed(backend(index)) }
        cluster.server.seed(service())
        try await cluster.run { cluster in
            try await cluster.until("listed") { Self.endpoints($0).count == 250 }
            #expect(cluster.server.list(EndpointSlice.self).map(\.endpoints.count).sorted() == [50, 100, 100])
            await cluster.settle()
            cluster.server.forgetRequests()
            cluster.server.edit(Pod.self, "web-7", namespace: "default") { $0.status.conditions = [] }
            try await cluster.until("unready") { server in
                Self.endpoints(server).contains { $0.conditions?.ready == false }
            }
            await cluster.settle()
            #expect(cluster.server.writes.count == 1)
        }
    }

    @Test("resolve named ports pod by pod")
    func namedPorts() async throws {
        let cluster = TestCluster(["endpointslice", "endpoints"])
        cluster.server.seed(backend(1, port: ("web", 8080)))
        cluster.server.seed(backend(2, port: ("web", 9090)))
        cluster.server.seed(backend(3))
        cluster.server.seed(service([("http", "web")]))
        try await cluster.run { cluster in
            try await cluster.until("listed") { server in
                Self.endpoints(server).count == 2
                    && server.get(Endpoints.self, "web", namespace: "default")?.subsets.count == 2
            }
            let ports = cluster.server.list(EndpointSlice.self).flatMap(\.ports).compactMap(\.port).sorted()
            #expect(ports == [8080, 9090])
        }
    }

    @Test("of a Service without selector are left to others")
    func manual() async throws {
        let cluster = TestCluster(["endpointslice", "endpoints"])
        var manual = service()
        manual.spec.selector = [:]
        cluster.server.seed(manual)
        cluster.server.seed(Endpoints(name: "web", namespace: "default"))
        cluster.server.seed(backend(1))
        try await cluster.run { cluster in
            try await cluster.informers.informer(Service.self).waitForSync()
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
        }
    }
}
