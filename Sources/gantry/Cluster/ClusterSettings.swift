import APIServer
import Foundation
import Machinery

/// What a cluster was started with, kept beside its data: the same at every start, and known to other commands.
struct ClusterSettings: Codable, Hashable, Sendable {
    var port = 6443
    var address: String
    var nodeName: String
    var clusterDomain = "cluster.local"
    var serviceNetwork = "10.96.0.0/16"
    var serviceAddress = "10.96.0.1"
    var dnsAddress = "10.96.0.10"
    var podNetwork = "10.244.0.0/16"
    var nodePodNetwork = "10.244.0.0/24"
    /// A containerd of the user's own; gantry runs its own when there is none.
    var containerd: String?
    /// Where drivers of devices look for the kubelet; found out when there is none.
    var kubeletFolder: String?
    /// Whether a node with GPUs is kept for pods that use them.
    var dedicatesGPUs: Bool?
    /// Kubernetes' `--feature-gates` and `--runtime-config`.
    var featureGates: String?
    var runtimeConfig: String?
    /// Kubernetes' `--enable-admission-plugins`, `--disable-admission-plugins`, `--admission-control-config-file`.
    var enabledAdmissionPlugins: String?
    var disabledAdmissionPlugins: String?
    var admissionConfiguration: String?
    /// A file with a `KubeSchedulerConfiguration`.
    var schedulerConfiguration: String?
    /// Kubernetes' other flags, of authentication, authorization and audit.
    var serverFlags: ServerFlags?

    /// Kubernetes' `--tracing-config-file`.
    var tracingConfiguration: String?
    /// Kubernetes' `--shutdown-delay-duration`.
    var shutdownDelay: String?

    /// A file with a `PriceSheet`.
    var prices: String?

    /// The etcd that keeps the objects; a file of this machine does when there is none.
    var etcd: EtcdSettings?

    /// Settings of older clusters have none.
    var flags: ServerFlags {
        get { serverFlags ?? ServerFlags() }
        set { serverFlags = newValue }
    }
    /// Kubernetes' `--encryption-provider-config` and whether changes of the file are taken over.
    var encryptionConfiguration: String?
    var reloadsEncryption: Bool?
    var snapshots: SnapshotSettings?
    var gateway: GatewaySettings?
    /// What the process was started with, under Kubernetes' names; nothing of it is secret.
    var shownFlags: [(name: String, value: String)] {
        var flags = [
            ("secure-port", String(port)), ("advertise-address", address),
            ("service-cluster-ip-range", serviceNetwork), ("cluster-cidr", podNetwork),
        ]
        let given = [
            ("feature-gates", featureGates), ("runtime-config", runtimeConfig),
            ("enable-admission-plugins", enabledAdmissionPlugins),
            ("disable-admission-plugins", disabledAdmissionPlugins), ("shutdown-delay-duration", shutdownDelay),
        ]
        for (name, value) in given { if let value { flags.append((name, value)) } }
        return flags
    }

    func tracing() throws -> TracingConfiguration? {
        guard let tracingConfiguration else { return nil }
        do {
            return try TracingConfiguration(
                parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: tracingConfiguration))))
        } catch {
            throw CommandFailure("--tracing-config-file: \(error)")
        }
    }

    func shutdownDelayDuration() throws -> Duration {
        guard let shutdownDelay else { return .zero }
        do {
            let delay = try GoDuration(parsing: shutdownDelay).duration
            guard delay >= .zero else { throw CommandFailure("it is negative") }
            return delay
        } catch {
            throw CommandFailure("--shutdown-delay-duration: \(error)")
        }
    }

    var issuer: String { "https://kubernetes.default.svc.\(clusterDomain)" }
    /// Whom tokens are for: Kubernetes' `--api-audiences`.
    var audiences: [String] { flags.list("api-audiences") ?? [issuer] }

    static func load(_ data: DataFolder) throws -> ClusterSettings {
        guard let bytes = FileManager.default.contents(atPath: data.settings) else {
            throw CommandFailure("there is no cluster in \(data.path); start one with: gantry up")
        }
        return try JSONDecoder().decode(ClusterSettings.self, from: bytes)
    }

    func save(_ data: DataFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: data.settings), options: .atomic)
    }
}
