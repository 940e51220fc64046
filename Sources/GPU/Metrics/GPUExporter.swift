import DevicePlugins
import HTTPCore
import HTTPServing
import Metrics

/// Serves `GPUMetrics` over HTTP: the DCGM exporter's port and paths.
package struct GPUExporter: HTTPHandler {
    package static let standardPort = 9400

    private let source: any GPUSource
    private let hostname: String
    private let pods: PodResourcesClient
    private let report: @Sendable (String) -> Void

    /// - Parameter podResources: the agent's socket, which tells who has which GPU.
    package init(
        _ source: any GPUSource, hostname: String, podResources: String, report: @escaping @Sendable (String) -> Void
    ) {
        self.source = source
        self.hostname = hostname
        pods = PodResourcesClient(socket: podResources)
        self.report = report
    }

    /// Serves until the task is cancelled.
    package func run(address: String, port: Int) async throws {
        defer { pods.shutDown() }
        var listening = HTTPServerConfiguration(addresses: [.plainTCP(host: address, port: port)])
        listening.eventLoops = 1
        listening.limits.drainDeadline = .milliseconds(100)
        listening.limits.connections = 256
        try await HTTPServer(listening, handler: self).run()
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == .get || request.method == .head else {
            return .text("method not allowed\n", status: .methodNotAllowed)
        }
        switch request.path {
        case "/health": return .text("OK\n")
        case "/metrics":
            let format = MetricFormat(accept: request.headers["accept"] ?? "")
            let registry = MetricRegistry()
            registry.register(GPUMetrics(source, hostname: hostname, holders: await holders()))
            return .bytes(registry.text(format), contentType: format.contentType)
        default: return .text("see /metrics\n", status: .notFound)
        }
    }

    /// Metrics go without pods where the agent does not answer.
    private func holders() async -> [String: GPUMetrics.Holder] {
        do {
            return Self.holders(try await pods.list())
        } catch {
            report("which pod has which GPU: \(error)")
            return [:]
        }
    }

    static func holders(_ pods: [PodResourcesV1.PodResources]) -> [String: GPUMetrics.Holder] {
        var holders: [String: GPUMetrics.Holder] = [:]
        for pod in pods {
            for container in pod.containers {
                for devices in container.devices where devices.resourceName == GPUDriver.resource {
                    for id in devices.deviceIDs {
                        holders[id] = GPUMetrics.Holder(
                            pod: pod.name, namespace: pod.namespace, container: container.name)
                    }
                }
            }
        }
        return holders
    }
}
