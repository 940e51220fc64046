/// The names by which a node and the control plane agree that the node is kept for pods that use its devices.
///
/// A node may not taint itself once it is registered. So it names, in an annotation, the resources it is kept for, and
/// the control plane taints it as soon as it has one of them; pods that ask for the resource tolerate the taint, by the
/// admission plugin ExtendedResourceToleration.
package enum DedicatedNodes {
    /// On a Node: names of resources, separated by commas.
    package static let annotation = "gantry.dev/dedicated-to"
    /// GPUs of the vendors whose device plugins are in use.
    package static let gpus = ["nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe"]
    /// The taint's value, which the toleration leaves open.
    package static let taintValue = "present"

    package static func resources(_ node: Node) -> [String] {
        (node.annotations[annotation] ?? "").split(separator: ",").map(String.init)
    }
}
