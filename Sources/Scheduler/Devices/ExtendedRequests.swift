import KubeAPI
import Machinery

/// What a pod's containers ask for of extended resources, for nodes that have these as devices (KEP-5004).
package struct ExtendedRequests: Hashable, Sendable {
    /// One container's.
    struct Asker: Hashable, Sendable {
        let name: String
        /// Its place among init containers and containers together.
        let place: Int
        /// Whether it ends before the containers begin, so that it may have devices that are theirs later.
        let isPassing: Bool
        let amounts: [String: Int64]
        /// The places of the resources among all that the container asks for, by name.
        let resourcePlaces: [String: Int]
    }

    /// Requests for devices in place of resources, and which container has which.
    package struct Plan: Hashable, Sendable {
        package internal(set) var requests: [DeviceRequest] = []
        package internal(set) var mappings: [ContainerExtendedResourceRequest] = []
    }

    private let askers: [Asker]
    /// All resources that are asked for, in order.
    let names: [String]

    static let classPrefix = "deviceclass.resource.kubernetes.io/"

    /// - Returns: `nil` where nothing of the kind is asked for.
    package init?(_ spec: PodSpec) {
        let containers = spec.initContainers + spec.containers
        askers = containers.enumerated().compactMap { place, container in
            let requests = container.resources?.requests ?? [:]
            let amounts = requests.filter { Self.isExtended($0.key) && $0.value.value > 0 }.mapValues(\.value)
            if amounts.isEmpty { return nil }
            return Asker(
                name: container.name, place: place,
                isPassing: place < spec.initContainers.count && container.restartPolicy != "Always", amounts: amounts,
                resourcePlaces: Dictionary(
                    requests.keys.sorted().enumerated().map { ($0.element, $0.offset) },
                    uniquingKeysWith: { first, _ in first }))
        }
        if askers.isEmpty { return nil }
        names = Set(askers.flatMap(\.amounts.keys)).sorted()
    }

    /// Whether a resource is one that nodes or classes of devices name themselves.
    static func isExtended(_ name: String) -> Bool {
        name.hasPrefix(classPrefix)
            || (name.contains("/") && !name.contains("kubernetes.io/") && !name.hasPrefix("requests."))
    }

    /// - Parameter classes: for each resource that is to come from devices, their class.
    package func plan(_ classes: [(resource: String, deviceClass: String)]) -> Plan {
        var plan = Plan()
        for (resource, deviceClass) in classes { add(resource, deviceClass, to: &plan) }
        plan.requests.sort { $0.name < $1.name }
        return plan
    }

    private func add(_ resource: String, _ deviceClass: String, to plan: inout Plan) {
        var lasting: [(place: Int, request: DeviceRequest)] = []
        for asker in askers where !asker.isPassing {
            guard let amount = asker.amounts[resource] else { continue }
            let request = Self.request(asker, resource, deviceClass, amount)
            lasting.append((asker.place, request))
            plan.mappings.append(Self.mapping(asker, resource, request.name))
        }
        // Containers that run one after the other share the largest of their requests.
        var largest: DeviceRequest?
        var passing: [(asker: Asker, requestName: String)] = []
        for asker in askers where asker.isPassing {
            guard var left = asker.amounts[resource] else { continue }
            for later in lasting where later.place >= asker.place && left > 0 {
                left -= later.request.exactly?.count ?? 0
                plan.mappings.append(Self.mapping(asker, resource, later.request.name))
            }
            guard left > 0 else { continue }
            let request = Self.request(asker, resource, deviceClass, left)
            passing.append((asker, request.name))
            if left > largest?.exactly?.count ?? 0 { largest = request }
        }
        if let largest {
            plan.requests.append(largest)
            plan.mappings += passing.map { Self.mapping($0.asker, resource, largest.name) }
        }
        plan.requests += lasting.map(\.request)
    }

    private static func request(
        _ asker: Asker, _ resource: String, _ deviceClass: String, _ count: Int64
    ) -> DeviceRequest {
        var exactly = ExactDeviceRequest()
        exactly.deviceClassName = deviceClass
        exactly.allocationMode = "ExactCount"
        exactly.count = count
        var request = DeviceRequest()
        request.name = "container-\(asker.place)-request-\(asker.resourcePlaces[resource] ?? 0)"
        request.exactly = exactly
        return request
    }

    private static func mapping(
        _ asker: Asker, _ resource: String, _ request: String
    ) -> ContainerExtendedResourceRequest {
        var mapping = ContainerExtendedResourceRequest()
        mapping.containerName = asker.name
        mapping.resourceName = resource
        mapping.requestName = request
        return mapping
    }
}
