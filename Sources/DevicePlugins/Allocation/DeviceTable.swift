/// Which devices there are, and who has them: no I/O, no time.
///
/// A pod first reserves a number of devices, when the node takes it in; which ones is decided when a container starts,
/// as the driver may have a say. A device is never in two pods' hands.
struct DeviceTable: Sendable {
    struct Resource: Sendable {
        /// What the table stands on.
        enum Source: Hashable, Sendable {
            /// Its driver tells.
            case driver
            /// It was there before the agent started anew, and its driver has not confirmed it yet.
            case memory(DeviceCount)
            /// Its driver went away.
            case nobody
        }

        var devices: [String: KnownDevice] = [:]
        var source = Source.driver

        func health(_ device: String) -> DeviceHealth {
            switch source {
            case .memory, .nobody: .unknown
            case .driver: devices[device]?.isHealthy == true ? .healthy : .unhealthy
            }
        }
    }

    /// By pod.
    struct Holding: Sendable {
        /// How many of each resource the pod may have at a time.
        var reserved: [String: Int] = [:]
        /// By container.
        var grants: [String: [DeviceGrant]] = [:]

        func devices(of resource: String) -> Set<String> {
            Set(grants.values.joined().filter { $0.resource == resource }.flatMap(\.devices))
        }
    }

    private(set) var resources: [String: Resource] = [:]
    private(set) var holdings: [String: Holding] = [:]

    // MARK: Drivers

    mutating func set(_ resource: String, _ devices: [String: KnownDevice]) {
        resources[resource] = Resource(devices: devices)
    }

    mutating func remember(_ resource: String, _ count: DeviceCount) {
        resources[resource] = Resource(source: .memory(count))
    }

    /// A driver is away: what it told of is there, but nobody can be given it.
    mutating func lose(_ resource: String) { resources[resource]?.source = .nobody }

    mutating func remove(_ resource: String) { resources[resource] = nil }

    func count(_ resource: String) -> DeviceCount? {
        guard let known = resources[resource] else { return nil }
        switch known.source {
        case .memory(let count): return count
        case .nobody: return DeviceCount(capacity: known.devices.count, allocatable: 0)
        case .driver:
            return DeviceCount(
                capacity: known.devices.count, allocatable: known.devices.values.count { $0.isHealthy })
        }
    }

    /// Whether a pod's container gets the resource from here, though its driver may be away for now.
    func manages(_ resource: String, of pod: String) -> Bool {
        guard resources[resource] == nil else { return true }
        guard let holding = holdings[pod] else { return false }
        return holding.reserved[resource] != nil
            || holding.grants.values.joined().contains { $0.resource == resource }
    }

    // MARK: Pods

    /// What each container of a pod has, in order.
    func held(_ pod: String) -> [String: [HeldDevice]] {
        (holdings[pod]?.grants ?? [:]).mapValues { grants in
            grants.flatMap { grant in grant.devices.map { held(grant.resource, $0) } }
        }
    }

    /// All devices that pods may be given or have.
    var healthy: [HeldDevice] {
        resources.sorted { $0.key < $1.key }.flatMap { name, known in
            known.devices.keys.sorted().map { held(name, $0) }.filter { $0.health == .healthy }
        }
    }

    private func held(_ resource: String, _ device: String) -> HeldDevice {
        let known = resources[resource]
        return HeldDevice(
            resource: resource, device: device, health: known?.health(device) ?? .unknown,
            numaNodes: known?.devices[device]?.numaNodes ?? [])
    }

    /// Sets devices aside for a pod. Resources that no driver has told of are not this table's.
    mutating func reserve(_ pod: String, _ needs: [String: Int]) -> DeviceShortage? {
        let managed = needs.filter { resources[$0.key] != nil && $0.value > 0 }
        for (resource, wanted) in managed.sorted(by: { $0.key < $1.key }) {
            let available = unreserved(resource, besides: pod)
            guard wanted <= available else {
                return DeviceShortage(resource: resource, requested: wanted, available: max(0, available))
            }
        }
        if !managed.isEmpty { holdings[pod, default: Holding()].reserved = managed }
        return nil
    }

    /// Healthy devices that no other pod has or may ask for.
    private func unreserved(_ resource: String, besides pod: String) -> Int {
        guard let known = resources[resource], let count = count(resource) else { return 0 }
        var free = count.allocatable
        for (uid, holding) in holdings where uid != pod {
            let held = holding.devices(of: resource)
            // A device that is ill does not count as free in the first place.
            let healthy = held.count { known.health($0) != .unhealthy }
            free -= healthy + max(0, (holding.reserved[resource] ?? 0) - held.count)
        }
        return free
    }

    /// What a driver is asked to choose from.
    struct Choice: Hashable, Sendable {
        /// In order.
        var available: [String]
        /// Of those, the ones the pod has from a container that has ended.
        var mustInclude: [String]
    }

    /// What the request may be filled from; nil where it already is.
    func choice(_ pod: String, _ request: DeviceRequest) throws(DeviceShortage) -> Choice? {
        if grant(pod, request) != nil { return nil }
        let known = resources[request.resource].flatMap { $0.source == .driver ? $0.devices : nil } ?? [:]
        var taken: Set<String> = []
        var passedOn: Set<String> = []
        for (uid, holding) in holdings {
            for grant in holding.grants.values.joined() where grant.resource == request.resource {
                if uid == pod, grant.isPassedOn {
                    passedOn.formUnion(grant.devices)
                } else {
                    taken.formUnion(grant.devices)
                }
            }
        }
        let reusable = passedOn.subtracting(taken).filter { known[$0]?.isHealthy == true }.sorted()
        let free = known.filter { $0.value.isHealthy && !taken.contains($0.key) && !passedOn.contains($0.key) }
        let available = (free.keys + reusable).sorted()
        guard available.count >= request.count else {
            throw DeviceShortage(resource: request.resource, requested: request.count, available: available.count)
        }
        return Choice(available: available, mustInclude: Array(reusable.prefix(request.count)))
    }

    /// Takes devices for a container: those the driver prefers as far as they are free, then such as lie together.
    mutating func take(
        _ pod: String, _ request: DeviceRequest, preferred: [String]
    ) throws(DeviceShortage) -> DeviceGrant {
        if let present = grant(pod, request) { return present }
        guard let choice = try choice(pod, request) else {
            throw DeviceShortage(resource: request.resource, requested: request.count, available: 0)
        }
        let allowed = Set(choice.available)
        var chosen = choice.mustInclude
        var seen = Set(chosen)
        for id in preferred + together(choice, request) where chosen.count < request.count {
            if allowed.contains(id), seen.insert(id).inserted { chosen.append(id) }
        }
        let grant = DeviceGrant(
            resource: request.resource, devices: chosen.sorted(), isPassedOn: request.isPassedOn, response: nil)
        holdings[pod, default: Holding()].grants[request.container, default: []].append(grant)
        return grant
    }

    /// The available ones, those of the memory domain first that alone is enough; failing that, of the fullest.
    private func together(_ choice: Choice, _ request: DeviceRequest) -> [String] {
        let known = resources[request.resource]?.devices ?? [:]
        let groups = Dictionary(grouping: choice.available) { known[$0]?.numaNodes.first ?? -1 }
        let wanted = request.count - choice.mustInclude.count
        let ordered = groups.sorted { left, right in
            let (leftFits, rightFits) = (left.value.count >= wanted, right.value.count >= wanted)
            if leftFits != rightFits { return leftFits }
            // The smallest that is enough keeps the larger whole; where none is, the fullest needs fewest others.
            if left.value.count != right.value.count {
                return leftFits ? left.value.count < right.value.count : left.value.count > right.value.count
            }
            return left.key < right.key
        }
        return ordered.flatMap(\.value)
    }

    func grant(_ pod: String, _ request: DeviceRequest) -> DeviceGrant? {
        holdings[pod]?.grants[request.container]?.first { $0.resource == request.resource }
    }

    mutating func answer(
        _ pod: String, _ request: DeviceRequest, _ response: DevicePluginV1beta1.ContainerAllocateResponse
    ) {
        guard
            let index = holdings[pod]?.grants[request.container]?.firstIndex(where: { $0.resource == request.resource })
        else { return }
        holdings[pod]?.grants[request.container]?[index].response = response
    }

    /// Undoes `take` where the driver would not.
    mutating func giveBack(_ pod: String, _ request: DeviceRequest) {
        holdings[pod]?.grants[request.container]?.removeAll { $0.resource == request.resource }
    }

    mutating func restore(_ pod: String, container: String, _ grant: DeviceGrant) {
        holdings[pod, default: Holding()].grants[container, default: []].append(grant)
    }

    /// Whether the pod had anything.
    mutating func release(_ pod: String) -> Bool { holdings.removeValue(forKey: pod) != nil }
}
