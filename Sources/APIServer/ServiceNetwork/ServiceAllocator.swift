import KubeAPI
import Machinery
import Store

/// Gives Services their cluster addresses and node ports.
///
/// Both are claimed in the store before the Service is written, so that two servers on one store never give one twice:
/// an address by an IPAddress object of its name, ports in one record changed by compare-and-swap. What a server that
/// died has left claimed is given back by ``ServiceRepair``.
struct ServiceAllocator: Allocator {
    let ranges: ServiceRanges
    let addresses: AddressClaims
    let ports: NodePortAllocator
    let repair: ServiceRepair

    func allocate(
        _ object: inout JSONObject, old: JSONObject?, isDryRun: Bool
    ) async throws(StatusError) -> Reservation {
        try await repair.prepare()
        var service = Service(json: object)
        let before = old.map(Service.init(json:))
        let key = ObjectKey(namespace: service.namespace, name: service.name)
        let claimed = try await assignAddress(&service, before: before, isDryRun: isDryRun)
        let newPorts: Set<Int32>
        do throws(StatusError) {
            newPorts = try await ports.assign(&service, before: before, isDryRun: isDryRun)
        } catch {
            await giveBack(claimed, [], of: key)
            throw error
        }
        object = service.json
        if isDryRun { return .nothing }
        let (had, has) = (before.map(ServiceClaims.init), ServiceClaims(service))
        return Reservation(
            settle: {
                guard let had else { return }
                await giveBack(
                    had.addresses.filter { !has.addresses.contains($0) }, had.ports.subtracting(has.ports), of: key)
            },
            release: { await giveBack(claimed, newPorts, of: key) })
    }

    func release(_ object: JSONObject) async {
        let service = Service(json: object)
        let had = ServiceClaims(service)
        await giveBack(
            had.addresses, had.ports, of: ObjectKey(namespace: service.namespace, name: service.name))
    }

    /// What cannot be given back now, the next comparison does.
    private func giveBack(_ had: [InternetAddress], _ numbers: Set<Int32>, of service: ObjectKey) async {
        for address in had {
            do throws(StatusError) {
                try await addresses.release(address, of: service)
            } catch {
                continue
            }
        }
        await ports.release(numbers)
    }

    /// - Returns: the address newly claimed, if one was.
    private func assignAddress(
        _ service: inout Service, before: Service?, isDryRun: Bool
    ) async throws(StatusError) -> [InternetAddress] {
        if service.spec.type == "ExternalName" { return [] }
        var wanted = service.spec.clusterIP ?? ""
        if wanted.isEmpty, let kept = before?.spec.clusterIP, before?.spec.type != "ExternalName" { wanted = kept }
        if wanted.isEmpty, let first = service.spec.clusterIPs.first { wanted = first }
        var claimed: [InternetAddress] = []
        if wanted.isEmpty {
            let free = try await claimAny(for: service, isDryRun: isDryRun)
            wanted = free.description
            claimed = [free]
        } else if wanted != "None", wanted != before?.spec.clusterIP {
            claimed = [try await claim(wanted, for: service, isDryRun: isDryRun)]
        }
        service.spec.clusterIP = wanted
        service.spec.clusterIPs = [wanted]
        service.spec.ipFamilies = ["IPv4"]
        service.spec.ipFamilyPolicy = "SingleStack"
        return claimed
    }

    private func claim(
        _ wanted: String, for service: Service, isDryRun: Bool
    ) async throws(StatusError) -> InternetAddress {
        let path = FieldPath("spec").child("clusterIPs")
        guard let address = InternetAddress(wanted) else {
            throw invalid(
                service,
                .invalid(path.index(0), wanted, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
        }
        func refused(_ why: String) -> StatusError {
            invalid(service, .invalid(path, .array([.string(wanted)]), "failed to allocate IP \(wanted): \(why)"))
        }
        guard let range = ranges.range(of: address) else {
            throw refused("the provided network does not match the current range")
        }
        guard range.isAssignable(address) else {
            throw refused(
                "the provided IP (\(wanted)) is not in the valid range. The range of valid IPs is \(range)")
        }
        let key = ObjectKey(namespace: service.namespace, name: service.name)
        let isClaimed = isDryRun ? !addresses.isTaken(address) : try await addresses.make(address, for: key)
        guard isClaimed else { throw refused("provided IP is already allocated") }
        return address
    }

    private func claimAny(for service: Service, isDryRun: Bool) async throws(StatusError) -> InternetAddress {
        let key = ObjectKey(namespace: service.namespace, name: service.name)
        for range in ranges.current where !range.address.is6 {
            for candidate in range.candidates() where !addresses.isTaken(candidate) {
                if isDryRun { return candidate }
                if try await addresses.make(candidate, for: key) { return candidate }
            }
        }
        throw StatusError.internalError("failed to allocate a serviceIP: range is full")
    }

    private func invalid(_ service: Service, _ error: FieldError) -> StatusError {
        StatusError.invalid(Service.kind, name: service.name, [error])
    }
}
