import KubeAPI
import Machinery

/// What a pod may be told about itself.
package struct DownwardFields: Sendable {
    package let pod: Pod
    package let podAddresses: [String]
    package let hostAddresses: [String]
    package let allocatable: [String: Quantity]

    package init(pod: Pod, podAddresses: [String], hostAddresses: [String], allocatable: [String: Quantity]) {
        self.pod = pod
        self.podAddresses = podAddresses
        self.hostAddresses = hostAddresses
        self.allocatable = allocatable
    }

    /// The text of a field such as `metadata.labels['app']` or `status.podIP`; `nil` for a path there is none for.
    package func field(_ path: String) -> String? {
        if let key = subscripted(path, "metadata.labels") { return pod.labels[key] ?? "" }
        if let key = subscripted(path, "metadata.annotations") { return pod.annotations[key] ?? "" }
        switch path {
        case "metadata.name": return pod.name
        case "metadata.namespace": return pod.namespace
        case "metadata.uid": return pod.uid
        case "metadata.labels": return Self.lines(pod.labels)
        case "metadata.annotations": return Self.lines(pod.annotations)
        case "spec.nodeName": return pod.spec.nodeName ?? ""
        case "spec.serviceAccountName": return pod.spec.serviceAccountName ?? ""
        case "status.hostIP": return hostAddresses.first ?? ""
        case "status.hostIPs": return hostAddresses.joined(separator: ",")
        case "status.podIP": return podAddresses.first ?? ""
        case "status.podIPs": return podAddresses.joined(separator: ",")
        default: return nil
        }
    }

    private func subscripted(_ path: String, _ field: String) -> String? {
        guard path.hasPrefix(field + "['"), path.hasSuffix("']") else { return nil }
        return String(path.dropFirst(field.count + 2).dropLast(2))
    }

    private static func lines(_ values: [String: String]) -> String {
        values.sorted { $0.key < $1.key }.map { "\($0.key)=\(GoQuote.quote($0.value))" }.joined(separator: "\n")
    }

    /// The text of `limits.cpu` and the like, in units of the divisor and rounded up; a missing limit is what the node
    /// has to give.
    package func resource(
        _ selector: ResourceFieldSelector, container own: Container
    ) throws(ContainerStartError) -> String {
        var container = own
        if let name = selector.containerName, !name.isEmpty {
            guard let found = pod.container(named: name)?.container else {
                throw .configuration("container \(name) not found")
            }
            container = found
        }
        let parts = selector.resource.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, parts[0] == "limits" || parts[0] == "requests" else {
            throw .configuration("unsupported container resource: \(selector.resource)")
        }
        let name = String(parts[1])
        let limit = container.resources?.limits[name]
        let quantity =
            parts[0] == "limits"
            ? limit ?? allocatable[name] ?? .zero
            : container.resources?.requests[name] ?? limit ?? .zero
        let divisor = selector.divisor.flatMap { $0.isZero ? nil : $0 } ?? Quantity(1)
        let (quotient, remainder) = quantity.nanos.quotientAndRemainder(dividingBy: divisor.nanos)
        return String(remainder > 0 ? quotient + 1 : quotient)
    }
}
