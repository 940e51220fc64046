import KubeAPI
import Machinery

/// Names a device in the cluster.
package struct DeviceID: Hashable, Sendable {
    package let driver: String
    package let pool: String
    package let device: String
}

/// A device that some node can reach, with what allocation looks at.
package final class InventoryDevice: Sendable {
    package let id: DeviceID
    /// By qualified name.
    let attributes: [String: DeviceAttribute]
    let capacity: [String: DeviceCapacity]
    let taints: [DeviceTaint]
    let consumes: [DeviceCounterConsumption]
    let isShared: Bool
    let source: Device
    let reach: Reach

    /// The nodes from which a device can be used.
    enum Reach: Sendable {
        case node(String)
        case everywhere
        case selected(NodeSelector, [NodeTerm])

        init(name: String?, all: Bool, selector: NodeSelector?) {
            if let name, !name.isEmpty {
                self = .node(name)
            } else if let selector {
                self = .selected(selector, selector.nodeSelectorTerms.map { NodeTerm($0) })
            } else {
                self = all ? .everywhere : .selected(NodeSelector(), [])
            }
        }

        func includes(_ node: NodeInfo) -> Bool {
            switch self {
            case .node(let name): name == node.name
            case .everywhere: true
            case .selected(_, let terms): terms.contains { $0.matches(name: node.name, labels: node.labels) }
            }
        }
    }

    init(_ device: Device, of slice: ResourceSliceSpec) {
        id = DeviceID(driver: slice.driver, pool: slice.pool.name, device: device.name)
        func qualified<Value>(_ values: [String: Value]) -> [String: Value] {
            Dictionary(
                values.map { ($0.key.contains("/") ? $0.key : "\(slice.driver)/\($0.key)", $0.value) },
                uniquingKeysWith: { first, _ in first })
        }
        attributes = qualified(device.attributes)
        capacity = qualified(device.capacity)
        taints = device.taints
        consumes = device.consumesCounters
        isShared = device.allowMultipleAllocations ?? false
        source = device
        reach =
            slice.perDeviceNodeSelection ?? false
            ? Reach(name: device.nodeName, all: device.allNodes ?? false, selector: device.nodeSelector)
            : Reach(name: slice.nodeName, all: slice.allNodes ?? false, selector: slice.nodeSelector)
    }

    /// Whether the device's taints keep it from being given to somebody with these tolerations.
    func isBearable(_ tolerations: [DeviceToleration]) -> Bool {
        taints.allSatisfy { taint in
            guard taint.effect == "NoSchedule" || taint.effect == "NoExecute" else { return true }
            return tolerations.contains { toleration in
                if let effect = toleration.effect, !effect.isEmpty, effect != taint.effect { return false }
                if let key = toleration.key, !key.isEmpty, key != taint.key { return false }
                return toleration.operator == "Exists" || (toleration.value ?? "") == (taint.value ?? "")
            }
        }
    }
}
