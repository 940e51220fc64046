import KubeSchemas
import Machinery

/// Which versions and resources are served: all stable ones, and of the others those that `--runtime-config` turns on.
///
/// Source: Kubernetes' `--runtime-config`. Beta and alpha versions are off by default since 1.24.
package struct ServedAPIs: Sendable, Hashable {
    private var versions: [GroupVersion: Bool] = [:]
    private var resources: [GroupVersionResource: Bool] = [:]
    private var stages: [Stage: Bool] = [:]
    private let gates: FeatureGates

    private enum Stage: Hashable { case stable, beta, alpha }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Resources that need a feature gate besides their version.
    private static let gated: [GroupResource: String] = [
        GroupResource(group: "certificates.k8s.io", resource: "clustertrustbundles"): "ClusterTrustBundle",
        GroupResource(group: "certificates.k8s.io", resource: "podcertificaterequests"): "PodCertificateRequest",
        GroupResource(group: "scheduling.k8s.io", resource: "workloads"): "GenericWorkload",
        GroupResource(group: "scheduling.k8s.io", resource: "podgroups"): "GenericWorkload",
        GroupResource(group: "storagemigration.k8s.io", resource: "storageversionmigrations"):
            "StorageVersionMigrator",
        GroupResource(group: "internal.apiserver.k8s.io", resource: "storageversions"): "StorageVersionAPI",
    ]

    /// What Kubernetes serves by default.
    package init() {
        gates = FeatureGates()
    }

    /// Parses `api/all=true,resource.k8s.io/v1beta1=true,networking.k8s.io/v1beta1/ipaddresses=false`; a key without a
    /// value is on.
    package init(runtimeConfig: String, gates: FeatureGates) throws(Failure) {
        self.gates = gates
        for part in runtimeConfig.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(pair[0].trimmingSpaces())
            let text = pair.count == 2 ? pair[1].trimmingSpaces().lowercased() : "true"
            guard let value = ["": true, "true": true, "1": true, "false": false, "0": false][text] else {
                throw Failure(description: "invalid value of \(key)=\(text)")
            }
            try set(key, value)
        }
    }

    private mutating func set(_ key: String, _ value: Bool) throws(Failure) {
        switch key {
        case "api/all":
            for stage in [Stage.stable, .beta, .alpha] { stages[stage] = value }
            return
        case "api/ga":
            stages[.stable] = value
            return
        case "api/beta":
            stages[.beta] = value
            return
        case "api/alpha":
            stages[.alpha] = value
            return
        default: break
        }
        let parts = (key.hasPrefix("api/") ? String(key.dropFirst(4)) : key).split(separator: "/").map(String.init)
        let known = Set(BuiltinSchemas.resources.map(\.gvr.groupVersion))
        let isCore = parts.first == "v1"
        guard let version = isCore ? "v1" : parts.dropFirst().first, parts.count <= (isCore ? 2 : 3) else {
            throw Failure(description: "runtime-config invalid key \(key)")
        }
        let groupVersion = GroupVersion(group: isCore ? "" : parts[0], version: version)
        // Groups that are not built in belong to those who add them.
        guard known.contains(where: { $0.group == groupVersion.group }) else { return }
        guard known.contains(groupVersion) else {
            throw Failure(description: "group version \(groupVersion) that has not been registered")
        }
        if parts.count == (isCore ? 2 : 3) {
            resources[
                GroupVersionResource(
                    group: groupVersion.group, version: version, resource: parts[parts.count - 1])] = value
        } else {
            versions[groupVersion] = value
        }
    }

    /// Whether a resource is to be served.
    package func isServed(_ resource: GroupVersionResource) -> Bool {
        let stage = Self.stage(resource.version)
        let isOn =
            resources[resource] ?? versions[resource.groupVersion] ?? stages[stage] ?? (stage == .stable)
        guard isOn else { return false }
        return Self.gated[resource.groupResource].map(gates.isEnabled) ?? true
    }

    /// Whether a version that Kubernetes leaves to others was turned off; such versions are on, whatever their stage.
    package func isTurnedOff(_ version: GroupVersion) -> Bool { versions[version] == false }

    private static func stage(_ version: String) -> Stage {
        if version.contains("alpha") { return .alpha }
        return version.contains("beta") ? .beta : .stable
    }
}
