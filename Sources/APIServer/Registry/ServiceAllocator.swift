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
        var addresses: Set<UInt32> = []
        var ports: Set<Int32> = []
    }

    private let network: IPv4Network
    private let nodePorts: ClosedRange<Int>
    private let cache: WatchCache
    private let reserved = Mutex(Reserved())

    init(network: String, nodePorts: ClosedRange<Int>, cache: WatchCache) {
        self.network = IPv4Network(network) ?? IPv4Network(base: 0x0A60_0000, prefix: 16)
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
    ) throws(StatusError) -> (Set<UInt32>, Set<Int32>) {
        let result = reserved.withLock { reserved -> Result<(Service, Set<UInt32>, Set<Int32>), StatusError> in
            var service = service
            // Read under the lock: what another write gives back here is stored by then, and seen.
            var used = taken(except: service)
            used.addresses.formUnion(reserved.addresses)
            used.ports.formUnion(reserved.ports)
            do throws(StatusError) {
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

    private func taken(except service: Service) -> Reserved {
        var taken = Reserved()
        for stored in cache.snapshot("services").objects() {
            if stored.key.namespace == service.namespace, stored.key.name == service.name { continue }
            guard let object = (try? JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys))?.objectValue else {
                continue
            }
            let other = Service(json: object)
            for text in other.spec.clusterIPs {
                if let address = IPv4Network.address(text) { taken.addresses.insert(address) }
            }
            for port in other.spec.ports { if let number = port.nodePort, number > 0 { taken.ports.insert(number) } }
            if let number = other.spec.healthCheckNodePort, number > 0 { taken.ports.insert(number) }
        }
        return taken
    }

    private func assignAddress(
        _ service: inout Service, before: Service?, used: Set<UInt32>
    ) throws(StatusError) -> Set<UInt32> {
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
            guard let free = network.firstFree(used, from: UInt32.random(in: 0..<network.count)) else {
                throw StatusError.internalError("failed to allocate a serviceIP: range is full")
            }
            service.spec.clusterIP = IPv4Network.text(free)
            service.spec.clusterIPs = [IPv4Network.text(free)]
        } else {
            guard let address = IPv4Network.address(wanted) else {
                throw invalid(
                    service,
                    .invalid(path.index(0), wanted, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
            }
            let isKept = wanted == before?.spec.clusterIP
            guard isKept || network.contains(address) else {
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
        return service.spec.clusterIP.flatMap(IPv4Network.address).map { [$0] } ?? []
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

/// A range of IPv4 addresses in CIDR form.
package struct IPv4Network: Sendable, Hashable, CustomStringConvertible {
    package let base: UInt32
    package let prefix: Int

    package init(base: UInt32, prefix: Int) {
        self.base = prefix == 0 ? 0 : base & ~(UInt32.max >> UInt32(prefix))
        self.prefix = prefix
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let base = Self.address(String(parts[0])), let prefix = Int(parts[1]),
            (8...30).contains(prefix)
        else { return nil }
        self.init(base: base, prefix: prefix)
    }

    /// How many addresses the range has, network and broadcast address included.
    package var count: UInt32 { 1 << UInt32(32 - prefix) }

    package func contains(_ address: UInt32) -> Bool {
        address > base && address - base < count - 1
    }

    /// The address at a place in the range.
    package func address(at offset: UInt32) -> UInt32 { base + offset }

    func firstFree(_ used: Set<UInt32>, from start: UInt32) -> UInt32? {
        for step in 0..<count {
            let candidate = base + (start + step) % count
            if contains(candidate), !used.contains(candidate) { return candidate }
        }
        return nil
    }

    package static func address(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var result: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part), String(byte) == part else { return nil }
            result = result << 8 | UInt32(byte)
        }
        return result
    }

    package static func text(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    }

    package var description: String { "\(Self.text(base))/\(prefix)" }
}
