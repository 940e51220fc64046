import CRI
import DevicePlugins
import HTTPCore
import KubeAPI
import Machinery

/// What pods have to do with the devices of the node's drivers.
package struct PodDevices: Sendable {
    /// Nil where the node has none to give: tests, and nodes that only pretend to run pods.
    private let manager: DeviceManager?

    package init(_ manager: DeviceManager?) { self.manager = manager }

    /// The node's resources that come from drivers.
    var counts: [String: DeviceCount] { manager?.counts ?? [:] }

    /// Sets aside what a pod asks for; says why where the node does not have it.
    func admit(_ pod: Pod) -> PodAdmission.Rejection? {
        guard let manager else { return nil }
        let needs = PodResources.requests(pod).compactMapValues { Int(exactly: $0.value) }
            .filter { PluginRegistration.isExtendedResource($0.key) }
        guard !needs.isEmpty, let shortage = manager.reserve(pod.uid, needs) else { return nil }
        return Self.rejection("\(shortage)")
    }

    private static func rejection(_ message: String) -> PodAdmission.Rejection {
        PodAdmission.Rejection(reason: "UnexpectedAdmissionError", message: "Pod was rejected: \(message)")
    }

    /// What a pod ends with that cannot have its devices; nil where trying again may help.
    static func rejection(_ error: any Error) -> PodAdmission.Rejection? {
        switch error {
        case let shortage as DeviceShortage: rejection("\(shortage)")
        case let error as GRPCError where error.code != .unavailable:
            rejection("Allocate failed due to \(error), which is unexpected")
        default: nil
        }
    }

    /// Why a pod cannot go on: a device of it has failed.
    func failure(_ uid: String) -> String? {
        guard let manager else { return nil }
        let failed = manager.held(uid).values.joined().filter { $0.health == .unhealthy }
            .map { "\($0.resource) \($0.device)" }
        guard !failed.isEmpty else { return nil }
        return "The pod's device is unhealthy: \(Set(failed).sorted().joined(separator: ", ")). "
    }

    /// A pod is over.
    func release(_ uid: String) { manager?.release(uid) }

    /// Pods that the node knows no more have nothing.
    func release(allBut uids: Set<String>) { manager?.release(allBut: uids) }

    /// Gives a container its devices and has what they need put into it.
    func add(_ container: Container, pod: Pod, to config: inout RuntimeV1.ContainerConfig) async throws {
        guard let manager else { return }
        let isPassedOn = pod.container(named: container.name)?.kind == .initialization
        for (name, quantity) in (container.resources?.limits ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard manager.manages(name, of: pod.uid), let count = Int(exactly: quantity.value), count > 0 else {
                continue
            }
            let request = DeviceRequest(
                container: container.name, resource: name, count: count, isPassedOn: isPassedOn)
            let grant = try await manager.grant(pod.uid, request)
            if let response = grant.response { Self.add(response, to: &config) }
        }
    }

    /// What the driver wants set wins over what the pod says, as with the kubelet.
    static func add(
        _ response: DevicePluginV1beta1.ContainerAllocateResponse, to config: inout RuntimeV1.ContainerConfig
    ) {
        for (name, value) in response.envs.sorted(by: { $0.key < $1.key }) {
            var pair = RuntimeV1.KeyValue()
            pair.key = name
            pair.value = Machinery.Base64.encode(Array(value.utf8))
            config.envs.removeAll { $0.key == name }
            config.envs.append(pair)
        }
        config.mounts += response.mounts.map { wanted in
            var mount = RuntimeV1.Mount()
            mount.containerPath = wanted.containerPath
            mount.hostPath = wanted.hostPath
            mount.readonly = wanted.readOnly
            return mount
        }
        config.devices += response.devices.map { wanted in
            var device = RuntimeV1.Device()
            device.containerPath = wanted.containerPath
            device.hostPath = wanted.hostPath
            device.permissions = wanted.permissions
            return device
        }
        for (name, value) in response.annotations { config.annotations[name] = value }
        guard !response.cdiDevices.isEmpty else { return }
        let names = response.cdiDevices.map(\.name)
        config.cDIDevices += names.map { name in
            var device = RuntimeV1.CDIDevice()
            device.name = name
            return device
        }
        // For runtimes from before the field: containerd 1.6 reads the annotation.
        let earlier = config.annotations[cdiAnnotation].map { [$0] } ?? []
        config.annotations[cdiAnnotation] = (earlier + names).joined(separator: ",")
    }

    private static let cdiAnnotation = "cdi.k8s.io/gantry-devices"

    /// How the devices of a pod's containers are (KEP-4680).
    func statuses(_ uid: String) -> [String: [ResourceStatus]] {
        guard let manager else { return [:] }
        return manager.held(uid).mapValues { devices in
            Dictionary(grouping: devices, by: \.resource).sorted { $0.key < $1.key }.map { resource, devices in
                var status = ResourceStatus()
                status.name = resource
                status.resources = devices.map { entry in
                    var health = ResourceHealth()
                    health.resourceID = entry.device
                    health.health = entry.health.rawValue
                    return health
                }
                return status
            }
        }
    }
}
