import KubeAPI
import Machinery

/// Nodes: what a node reports of itself at its registration is kept.
struct NodeStrategy: Strategy {
    func applyDefaults(_ node: inout Node) {
        guard node.json["status"]?["allocatable"] == nil, let capacity = node.json["status"]?["capacity"] else {
            return
        }
        node.json["status"]?.setMember("allocatable", capacity)
    }

    func prepareForCreate(_ node: inout Node) {}

    func validate(_ node: Node) -> [FieldError] { NodeValidation.validate(node) }
    func validateUpdate(_ node: Node, from old: Node) -> [FieldError] { NodeValidation.validateUpdate(node, from: old) }

    var selectableFieldNames: [String] { ["spec.unschedulable"] }
    func selectableFields(_ node: Node) -> [(name: String, value: String)] {
        [("spec.unschedulable", node.spec.unschedulable == true ? "true" : "false")]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Status", description: "Whether it is ready, and whether it takes new pods."),
            TableColumn("Roles", description: "The roles its labels give it."), .age,
            TableColumn("Version", description: "Version of its agent."),
            TableColumn("Internal-IP", description: "Its address within the cluster.", priority: 1),
            TableColumn("External-IP", description: "Its address outside of the cluster.", priority: 1),
            TableColumn("OS-Image", description: "Its operating system.", priority: 1),
            TableColumn("Kernel-Version", description: "Its kernel.", priority: 1),
            TableColumn("Container-Runtime", description: "What runs its containers.", priority: 1),
        ]
    }

    func cells(_ node: Node, now: Timestamp) -> [JSON] {
        let info = node.status.nodeInfo
        return [
            .string(node.name), .string(state(of: node)), TableCell.text(roles(of: node)),
            TableCell.age(node.metadata.creationTimestamp, now: now), .string(info?.kubeletVersion ?? ""),
            TableCell.text(address(of: node, "InternalIP")), TableCell.text(address(of: node, "ExternalIP")),
            .string(known(info?.osImage)), .string(known(info?.kernelVersion)),
            .string(known(info?.containerRuntimeVersion)),
        ]
    }

    private func state(of node: Node) -> String {
        let ready = node.status.conditions.first { $0.type == "Ready" }
        let state = ready.map { $0.status == "True" ? "Ready" : "NotReady" } ?? "Unknown"
        return node.spec.unschedulable == true ? state + ",SchedulingDisabled" : state
    }

    private func roles(of node: Node) -> String {
        let prefix = "node-role.kubernetes.io/"
        var roles: Set<String> = []
        for (key, value) in node.labels {
            if key.hasPrefix(prefix), key.count > prefix.count { roles.insert(String(key.dropFirst(prefix.count))) }
            if key == "kubernetes.io/role", !value.isEmpty { roles.insert(value) }
        }
        return roles.sorted().joined(separator: ",")
    }

    private func address(of node: Node, _ type: String) -> String? {
        node.status.addresses.first { $0.type == type }?.address
    }

    private func known(_ value: String?) -> String {
        guard let value, !value.isEmpty else { return "<unknown>" }
        return value
    }
}
