import Client
import ClientTestSupport
import KubeAPI
import Machinery
import ServiceProxy
import Synchronization
import Testing

/// Takes scripts instead of the kernel, and lets tests wait for the next one.
final class RecordingRules: RuleApplier {
    private let scripts = Mutex<(refusals: Int, isPresent: Bool)>((0, true))
    private let stream: AsyncStream<String>
    private let sink: AsyncStream<String>.Continuation

    init() {
        (stream, sink) = AsyncStream.makeStream(of: String.self)
    }

    func apply(_ script: String) async throws(ServiceProxyError) {
        sink.yield(script)
        let refused = scripts.withLock { state in
            defer { state.refusals = max(0, state.refusals - 1) }
            return state.refusals > 0
        }
        if refused { throw ServiceProxyError("refused") }
    }

    func isTablePresent() async -> Bool { scripts.withLock { $0.isPresent } }

    func refuse(next count: Int) { scripts.withLock { $0.refusals = count } }

    /// The next script; `nil` when the test is cancelled.
    func next() async -> String? {
        for await script in stream { return script }
        return nil
    }
}

/// A Service with one port, `http` 80 → 8080.
func service(
    _ name: String, _ clusterIP: String = "10.96.0.20", type: String = "ClusterIP", nodePort: Int32? = nil,
    _ edit: (inout Service) -> Void = { _ in }
) -> Service {
    var service = Service(name: name, namespace: "default")
    service.spec.type = type
    service.spec.clusterIP = clusterIP
    service.spec.clusterIPs = [clusterIP]
    var port = ServicePort(json: [:])
    port.name = "http"
    port.port = 80
    port.protocol = "TCP"
    port.nodePort = nodePort
    service.spec.ports = [port]
    edit(&service)
    return service
}

struct TestEndpoint {
    var address: String
    var node = "node-1"
    var ready = true
    var serving: Bool?
    var terminating: Bool?
}

func slice(of service: String, _ endpoints: [TestEndpoint], port: Int32 = 8080, name: String? = nil) -> EndpointSlice {
    var slice = EndpointSlice(name: name ?? service + "-1", namespace: "default")
    slice.metadata.labels = ["kubernetes.io/service-name": service]
    slice.addressType = "IPv4"
    var slicePort = DiscoveryEndpointPort(json: [:])
    slicePort.name = "http"
    slicePort.port = port
    slicePort.protocol = "TCP"
    slice.ports = [slicePort]
    slice.endpoints = endpoints.map { test in
        var endpoint = Endpoint(json: [:])
        endpoint.addresses = [test.address]
        endpoint.nodeName = test.node
        var conditions = EndpointConditions(json: [:])
        conditions.ready = test.ready
        conditions.serving = test.serving
        conditions.terminating = test.terminating
        endpoint.conditions = conditions
        return endpoint
    }
    return slice
}

/// Runs a proxy over a fake API server with the given objects.
func withProxy(
    _ services: [Service], _ slices: [EndpointSlice], rules: RecordingRules = RecordingRules(),
    _ body: (FakeAPIServer, RecordingRules, ServiceProxy) async throws -> Void
) async throws {
    let server = FakeAPIServer()
    for service in services { server.seed(service) }
    for slice in slices { server.seed(slice) }
    let informers = InformerFactory(client: server.client())
    let proxy = try ServiceProxy(
        informers: informers, nodeName: "node-1", clusterNetwork: "10.244.0.0/16", nodeAddresses: ["192.0.2.1"],
        rules: rules)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await informers.run() }
        group.addTask { try await proxy.run() }
        try await body(server, rules, proxy)
        group.cancelAll()
        while let result = await group.nextResult() {
            if case .failure(let error) = result, !(error is CancellationError) { throw error }
        }
    }
}
