/// Why a pod fits no node, in kube-scheduler's words.
package struct Diagnosis: Sendable {
    /// A node that was looked at in vain.
    package struct Rejection: Sendable {
        private let slot: Int32
        /// Whether other pods' going away could help.
        package let isResolvable: Bool

        package init(node: Int, isResolvable: Bool) {
            slot = Int32(node)
            self.isResolvable = isResolvable
        }

        package var node: Int { Int(slot) }
    }

    package let nodes: Int
    package private(set) var rejections: [Rejection] = []
    private var resolvable = 0
    /// The plugins that stand in the way.
    package internal(set) var plugins: PluginSet = []
    package internal(set) var postFilterMessage = ""
    private var preFilterMessage = ""
    /// A refusal that concerns all nodes, and could be lifted by other pods' going away.
    package private(set) var isResolvableEverywhere = false
    private var counts: [(reasons: Reasons, count: Int)] = []
    /// What there is to say of nodes that were not looked at.
    private var absent: Reasons?

    package init(nodes: Int) {
        self.nodes = nodes
    }

    /// Those looked at in vain where other pods' going away could help.
    var resolvableNodes: [Int] {
        var nodes: [Int] = []
        nodes.reserveCapacity(resolvable)
        for rejection in rejections where rejection.isResolvable { nodes.append(rejection.node) }
        return nodes
    }

    mutating func add(_ status: FilterStatus, node: Int, by plugin: PluginSet) {
        count(status, by: plugin, times: 1)
        switch status {
        case .success: return
        case .unschedulable: reject(node, isResolvable: true)
        case .unresolvable, .failed: reject(node, isResolvable: false)
        }
    }

    /// A node was looked at in vain; why is told by `count`.
    @inline(__always)
    mutating func reject(_ node: Int, isResolvable: Bool) {
        // Most pods that fit nowhere fit on none of them all.
        if rejections.isEmpty { rejections.reserveCapacity(nodes) }
        rejections.append(Rejection(node: node, isResolvable: isResolvable))
        if isResolvable { resolvable += 1 }
    }

    /// The reason of some of the rejections.
    mutating func count(_ status: FilterStatus, by plugin: PluginSet, times: Int) {
        plugins.formUnion(plugin)
        switch status {
        case .success: return
        case .unschedulable(let reasons), .unresolvable(let reasons): count(reasons, times: times)
        case .failed(let message): count(Reasons(message), times: times)
        }
    }

    mutating func rejectEverywhere(_ status: FilterStatus, by plugin: PluginSet) {
        plugins.formUnion(plugin)
        preFilterMessage = status.message
        if case .unschedulable = status { isResolvableEverywhere = true }
    }

    /// The nodes that PreFilter ruled out without looking.
    mutating func ruleOutOthers(by plugins: PluginSet) {
        self.plugins.formUnion(plugins)
        let names = plugins.names.map(\.text).sorted().joined(separator: " ")
        absent = Reasons("node(s) didn't satisfy plugin(s) [\(names)]")
    }

    mutating func count(_ reasons: Reasons, times: Int = 1) {
        guard times > 0 else { return }
        if let index = counts.firstIndex(where: { $0.reasons == reasons }) {
            counts[index].count += times
        } else {
            counts.append((reasons, times))
        }
    }

    package var message: String {
        if nodes == 0 { return "no nodes available to schedule pods" }
        var text = "0/\(nodes) nodes are available:"
        if !preFilterMessage.isEmpty {
            text += " \(preFilterMessage)."
        } else {
            var histogram: [String: Int] = [:]
            for (reasons, count) in counts {
                for reason in reasons.all { histogram[reason, default: 0] += count }
            }
            if let absent, rejections.count < nodes { histogram[absent.first, default: 0] += nodes - rejections.count }
            // Sorted as texts, number first.
            let parts = histogram.map { "\($0.value) \($0.key)" }.sorted()
            if !parts.isEmpty { text += " " + parts.joined(separator: ", ") + "." }
        }
        return postFilterMessage.isEmpty ? text : text + " " + postFilterMessage
    }
}
