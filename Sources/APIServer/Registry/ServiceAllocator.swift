import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Gives Services their cluster addresses and node ports.
///
/// What is taken is read from the Services themselves, plus what writes under way have reserved: there is no second
/// record that could disagree with them.
final class ServiceAllocator: Allocator {
    private struct Reserved {
        var addresses: Set<InternetAddress> = []
        var ports: Set<Int32> = []
    }

    private let network: CIDR
    private let nodePorts: ClosedRange<Int>
    private let cache: WatchCache
    private let reserved = Mutex(Reserved())

    init(network: CIDR, nodePorts: ClosedRange<Int>, cache: WatchCache) {
        self.network = network
        self.nodePorts = nodePorts
        self.cache = cache
    }

    func allocate(
        _ object: inout JSONObject, old: JSONObject?, isDryRun: Bool
    ) async throws(StatusError) -> Reservation {
        var service = Service(json: object)
        let before = old.map(Service.init(json:))
        let (addresses, ports) = try reserve(&service, before: before)
        object = service.json
        let release: @Sendable () -> Void = { [self] in
            reserved.withLock { reserved in
                reserved.addresses.subtract(addresses)
                reserved.ports.subtract(ports)
            }
        }
        // Once stored, the Service itself says what it has.
        return Reservation(settle: release, release: release)
    }

    private func reserve(
        _ service: inout Service, before: Service?
    ) throws(StatusError) -> (Set<InternetAddress>, Set<Int32>) {
        let result = reserved.withLock { reserved -> Result<(Service, Set<InternetAddress>, Set<Int32>), StatusError> in
            var service = service
            // Read under the lock: what another write gives back here is stored by then, and seen.
            do throws(StatusError) {
                var used = try taken(except: service)
                used.addresses.formUnion(reserved.addresses)
                used.ports.formUnion(reserved.ports)
                let address = try assignAddress(&service, before: before, used: used.addresses)
                let ports = try assignPorts(&service, before: before, used: used.ports)
                reserved.addresses.formUnion(address)
                reserved.ports.formUnion(ports)
                return .success((service, address, ports))
            } catch {
                return .failure(error)
            }
        }
        let (changed, addresses, ports) = try result.get()
        service = changed
        return (addresses, ports)
    }

    private func taken(except service: Service) throws(StatusError) -> Reserved {
        var taken = Reserved()
        for stored in cache.snapshot("services").objects() {
            if stored.key.namespace == service.namespace, stored.key.name == service.name { continue }
            let object: JSONObject
            do {
                object = try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys).objectValue ?? JSONObject()
            } catch {
                // What it has is unknown, and must not be given to another.
                throw StatusError.internalError("service \(stored.key.namespace)/\(stored.key.name): \(error)")
            }
            let other = Service(json: object)
            for text in other.spec.clusterIPs {
                if let address = InternetAddress(text) { taken.addresses.insert(address) }
            }
            for port in other.spec.ports { if let number = port.nodePort, number > 0 { taken.ports.insert(number) } }
            if let number = other.spec.healthCheckNodePort, number > 0 { taken.ports.insert(number) }
        }
        return taken
    }

    private func assignAddress(
        _ service: inout Service, before: Service?, used: Set<InternetAddress>
    ) throws(StatusError) -> Set<InternetAddress> {
        let path = FieldPath("spec").child("clusterIPs")
        if service.spec.type == "ExternalName" {
            return []
        }
        var wanted = service.spec.clusterIP ?? ""
        if wanted.isEmpty, let kept = before?.spec.clusterIP, before?.spec.type != "ExternalName" { wanted = kept }
        if wanted.isEmpty, let first = service.spec.clusterIPs.first { wanted = first }
        if wanted == "None" {
            service.spec.clusterIP = "None"
            service.spec.clusterIPs = ["None"]
        } else if wanted.isEmpty {
            guard let free = firstFree(used) else {
                throw StatusError.internalError("failed to allocate a serviceIP: range is full")
            }
            service.spec.clusterIP = free.description
            service.spec.clusterIPs = [free.description]
        } else {
            guard let address = InternetAddress(wanted) else {
                throw invalid(
                    service,
                    .invalid(path.index(0), wanted, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
            }
            let isKept = wanted == before?.spec.clusterIP
            guard isKept || isAssignable(address) else {
                throw invalid(
                    service,
                    .invalid(
                        path, .array(service.spec.clusterIPs.map(JSON.string)),
                        "failed to allocate IP \(wanted): the provided IP (\(wanted)) is not in the valid range. "
                            + "The range of valid IPs is \(network)"))
            }
            guard isKept || !used.contains(address) else {
                throw invalid(
                    service,
                    .invalid(
                        path, .array([.string(wanted)]),
                        "failed to allocate IP \(wanted): provided IP is already allocated"))
            }
            service.spec.clusterIP = wanted
            service.spec.clusterIPs = [wanted]
        }
        service.spec.ipFamilies = ["IPv4"]
        service.spec.ipFamilyPolicy = "SingleStack"
        return service.spec.clusterIP.flatMap { InternetAddress($0) }.map { [$0] } ?? []
    }

    /// Whether a Service may have the address: the range's first names the range, and the last of an IPv4 range is its
    /// broadcast address.
    private func isAssignable(_ address: InternetAddress) -> Bool {
        network.contains(address) && address != network.first && (address.is6 || address != network.last)
    }

    /// A free address, looked for from a random place on.
    private func firstFree(_ used: Set<InternetAddress>) -> InternetAddress? {
        // Of a large IPv6 range a part is used that is never full.
        let last = min(network.lastOffset, 1 << 20)
        let start = UInt128.random(in: 0...last)
        for step in 0...last {
            if let candidate = network.address(at: (start + step) % (last + 1)), isAssignable(candidate),
                !used.contains(candidate)
            {
                return candidate
            }
        }
        return nil
    }

    private func assignPorts(
        _ service: inout Service, before: Service?, used: Set<Int32>
    ) throws(StatusError) -> Set<Int32> {
        guard service.spec.type == "NodePort" || service.spec.type == "LoadBalancer" else {
            return []
        }
        var used = used
        var assigned: Set<Int32> = []
        let mine = Set(before?.spec.ports.compactMap(\.nodePort) ?? [])
        var ports = service.spec.ports
        for index in ports.indices {
            let path = FieldPath("spec").child("ports").index(index).child("nodePort")
            if (ports[index].nodePort ?? 0) == 0,
                let kept = before?.spec.ports.first(where: {
                    $0.port == ports[index].port && ($0.protocol ?? "TCP") == (ports[index].protocol ?? "TCP")
                })?.nodePort
            {
                ports[index].nodePort = kept
            }
            if let wanted = ports[index].nodePort, wanted != 0 {
                guard nodePorts.contains(Int(wanted)) else {
                    throw invalid(
                        service,
                        .invalid(
                            path, wanted,
                            "provided port is not in the valid range. The range of valid ports is "
                                + "\(nodePorts.lowerBound)-\(nodePorts.upperBound)"))
                }
                guard mine.contains(wanted) || assigned.contains(wanted) || !used.contains(wanted) else {
                    throw invalid(service, .invalid(path, wanted, "provided port is already allocated"))
                }
                assigned.insert(wanted)
            } else {
                let start = Int.random(in: nodePorts)
                let candidates = Array(start...nodePorts.upperBound) + Array(nodePorts.lowerBound..<start)
                guard let free = candidates.first(where: { !used.contains(Int32($0)) && !assigned.contains(Int32($0)) })
                else { throw StatusError.internalError("failed to allocate a nodePort: range is full") }
                ports[index].nodePort = Int32(free)
                assigned.insert(Int32(free))
            }
            used.formUnion(assigned)
        }
        service.spec.ports = ports
        return assigned
    }

    private func invalid(_ service: Service, _ error: FieldError) -> StatusError {
        StatusError.invalid(Service.kind, name: service.name, [error])
    }
}
