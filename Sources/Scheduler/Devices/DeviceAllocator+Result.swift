import Foundation
import KubeAPI
import Machinery

extension DeviceAllocator {
    /// What is to be written into a claim.
    func result(claim index: Int, node: String) -> AllocationResult {
        let own = choices.filter { $0.claim == index }
        var devices = DeviceAllocationResult()
        devices.results = own.map { choice in
            var result = DeviceRequestAllocationResult()
            result.request = choice.alternative.name
            result.driver = choice.device.id.driver
            result.pool = choice.device.id.pool
            result.device = choice.device.id.device
            if choice.alternative.isAdmin { result.adminAccess = true }
            result.tolerations = choice.alternative.tolerations
            if choice.device.isShared {
                result.shareID = UUID().uuidString.lowercased()
                result.consumedCapacity = choice.consumed
            }
            result.bindingConditions = choice.device.source.bindingConditions
            result.bindingFailureConditions = choice.device.source.bindingFailureConditions
            return result
        }
        devices.config = configuration(index, own)
        var allocation = AllocationResult()
        allocation.devices = devices
        allocation.nodeSelector = nodeSelector(own, node)
        return allocation
    }

    /// What drivers are told: first what the classes say, then what the claim says.
    private func configuration(_ index: Int, _ own: [Choice]) -> [DeviceAllocationConfiguration] {
        var result: [DeviceAllocationConfiguration] = []
        var told: Set<String> = []
        for choice in own where told.insert(choice.alternative.name).inserted {
            for configuration in choice.alternative.classConfiguration {
                var entry = DeviceAllocationConfiguration()
                entry.source = "FromClass"
                entry.requests = [choice.alternative.name]
                entry.opaque = configuration.opaque
                result.append(entry)
            }
        }
        for configuration in claims[index].configuration {
            let concerns =
                configuration.requests.isEmpty
                || own.contains {
                    configuration.requests.contains($0.request) || configuration.requests.contains($0.alternative.name)
                }
            guard concerns else { continue }
            var entry = DeviceAllocationConfiguration()
            entry.source = "FromClaim"
            entry.requests = configuration.requests
            entry.opaque = configuration.opaque
            result.append(entry)
        }
        return result
    }

    /// Where the allocated devices can be used; `nil` for everywhere.
    private func nodeSelector(_ own: [Choice], _ node: String) -> NodeSelector? {
        var terms: [NodeSelectorRequirement] = []
        var fields: [NodeSelectorRequirement] = []
        for choice in own {
            if choice.device.source.bindsToNode ?? false { fields = [Self.name(node)] }
            switch choice.device.reach {
            case .everywhere: continue
            case .node:
                fields = [Self.name(node)]
            case .selected(let selector, _):
                for requirement in selector.nodeSelectorTerms.first?.matchExpressions ?? []
                where !terms.contains(requirement) {
                    terms.append(requirement)
                }
            }
        }
        // Whoever can use a device of one node is on that node.
        if fields.isEmpty, terms.isEmpty { return nil }
        var term = NodeSelectorTerm()
        term.matchFields = fields
        if fields.isEmpty { term.matchExpressions = terms }
        var selector = NodeSelector()
        selector.nodeSelectorTerms = [term]
        return selector
    }

    private static func name(_ node: String) -> NodeSelectorRequirement {
        var requirement = NodeSelectorRequirement()
        requirement.key = "metadata.name"
        requirement.operator = "In"
        requirement.values = [node]
        return requirement
    }
}
