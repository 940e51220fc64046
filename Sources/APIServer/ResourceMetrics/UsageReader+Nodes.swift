import HTTPClient
import HTTPCore
import Machinery

extension ControlPlane.Configuration {
    /// `nil` where `metrics.k8s.io` is turned off (`--runtime-config`).
    func usageReader(_ connector: NodeConnector) -> UsageReader? {
        guard !apis.isTurnedOff(GroupVersion(group: ResourceMetrics.group, version: "v1beta1")) else { return nil }
        let report = report
        return UsageReader(
            interval: usageInterval,
            fetch: { node throws(StatusError) in try await UsageReport(node, connector) },
            report: { report("resource metrics", $0) })
    }
}

extension UsageReport {
    private static let maximumBytes = 16 * 1024 * 1024

    /// Asks a node's agent.
    init(_ node: String, _ connector: NodeConnector) async throws(StatusError) {
        let answer = try await connector.get(node, target: "/metrics/resource")
        let text: [UInt8]
        do {
            text = try await answer.body.collect(upTo: Self.maximumBytes)
        } catch {
            throw StatusError.internalError("reading the metrics of node \"\(node)\": \(error)")
        }
        guard answer.status.rawValue == 200 else {
            throw StatusError.internalError(
                "node \"\(node)\" answered \(answer.status.rawValue): \(String(decoding: text.prefix(256), as: UTF8.self))"
            )
        }
        self.init(parsing: text)
    }
}
