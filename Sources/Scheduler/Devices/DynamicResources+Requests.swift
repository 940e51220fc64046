import KubeAPI
import Machinery

extension DynamicResources {
    /// Notes what a claim has or asks for; or says why the pod cannot have it.
    func look(
        at claim: ResourceResourceClaim, _ pod: PodInfo, _ objects: DeviceObjects, _ decision: inout DeviceDecision
    ) -> FilterStatus? {
        decision.claims[claim.uid] = claim
        let users = claim.status.reservedFor
        if !users.contains(where: { $0.uid == pod.uid }) {
            if users.count >= Self.maximumConsumers { return .unresolvable("resourceclaim in use") }
            decision.reservations.append(claim.uid)
        }
        if claim.status.allocation == nil, objects.isPending(claim.uid) {
            return .unresolvable("resource claim is in the process of being allocated")
        }
        if let allocation = objects.allocation(claim) {
            decision.allocated.append(allocation.nodeSelector.map { $0.nodeSelectorTerms.map { NodeTerm($0) } })
            return nil
        }
        let devices = claim.spec.devices ?? DeviceClaim()
        var requests: [DeviceAllocator.Request] = []
        for request in devices.requests {
            switch Self.request(request, objects) {
            case .success(let request): requests.append(request)
            case .failure(let error): return .unresolvable(Reasons(error.message))
            }
        }
        decision.open.append(
            DeviceAllocator.Claim(
                uid: claim.uid, requests: requests, constraints: devices.constraints, configuration: devices.config))
        return nil
    }

    static func request(
        _ request: DeviceRequest, _ objects: DeviceObjects
    ) -> Result<DeviceAllocator.Request, DeviceSelectorError> {
        var alternatives: [DeviceAllocator.Alternative] = []
        func add(
            _ name: String, _ className: String, _ mode: String?, _ count: Int64?, _ own: [DeviceSelector],
            _ tolerations: [DeviceToleration], _ capacity: CapacityRequirements?, isAdmin: Bool
        ) -> DeviceSelectorError? {
            guard let deviceClass = objects.classes[className] else {
                return DeviceSelectorError("request \(name): device class \(className) does not exist")
            }
            alternatives.append(
                DeviceAllocator.Alternative(
                    name: name, count: mode == "All" ? nil : Int(count ?? 1),
                    selectors: (deviceClass.spec.selectors + own).compactMap { $0.cel?.expression },
                    className: className, classConfiguration: deviceClass.spec.config, isAdmin: isAdmin,
                    tolerations: tolerations, capacity: capacity?.requests ?? [:]))
            return nil
        }
        if let exact = request.exactly {
            if let error = add(
                request.name, exact.deviceClassName, exact.allocationMode, exact.count, exact.selectors,
                exact.tolerations, exact.capacity, isAdmin: exact.adminAccess ?? false)
            {
                return .failure(error)
            }
        }
        for option in request.firstAvailable {
            if let error = add(
                "\(request.name)/\(option.name)", option.deviceClassName, option.allocationMode, option.count,
                option.selectors, option.tolerations, option.capacity, isAdmin: false)
            {
                return .failure(error)
            }
        }
        return .success(DeviceAllocator.Request(name: request.name, alternatives: alternatives))
    }
}
