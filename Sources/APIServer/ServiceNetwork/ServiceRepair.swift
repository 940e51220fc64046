import HTTPCore
import KubeAPI
import Machinery
import Store
import Synchronization

/// Keeps the records of addresses and node ports in agreement with the Services: what a Service has is entered, and
/// what nobody has is given back, as after a server that died between a claim and its Service.
final class ServiceRepair: Sendable {
    /// How often everything is compared.
    private static let period = Duration.seconds(180)
    /// How old a claim without a Service must be before it is taken for left behind, in seconds.
    private static let claimAge: Int64 = 60
    /// In how many comparisons in a row a port without a Service must be found.
    private static let portRounds = 3

    private let addresses: AddressClaims
    private let ports: NodePortRecord
    private let range: DefaultServiceRange
    private let cache: WatchCache
    private let clock: any WallClock
    private let report: @Sendable (_ problem: String) -> Void
    private let lock = AsyncLock()
    private let state = Mutex(State())

    private struct State {
        var isPrepared = false
        /// Ports without a Service, and in how many comparisons.
        var leaks: [Int32: Int] = [:]
    }

    init(
        addresses: AddressClaims, ports: NodePortRecord, range: DefaultServiceRange, cache: WatchCache,
        clock: any WallClock, report: @escaping @Sendable (_ problem: String) -> Void
    ) {
        self.addresses = addresses
        self.ports = ports
        self.range = range
        self.cache = cache
        self.clock = clock
        self.report = report
    }

    /// Enters what Services have that were there before the records were; done once, before anything is given out.
    func prepare() async throws(StatusError) {
        if state.withLock({ $0.isPrepared }) { return }
        try await round()
    }

    /// Compares from time to time, and when a claim was removed; until cancelled.
    func run() async {
        let (removals, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let group = WatchGroup { deliveries in
            if deliveries.contains(where: { $0.event.type == .deleted }) { wake.yield() }
        }
        let opening = subscribe(group)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    wake.yield()
                    do {
                        try await Task.sleep(for: Self.period)
                    } catch {
                        // Cancelled.
                        return
                    }
                }
            }
            for await _ in removals {
                if Task.isCancelled { break }
                do throws(StatusError) {
                    try await round()
                } catch {
                    // A store that is away is asked again in the next round.
                    if !Task.isCancelled { report("records of Services are not compared: \(error.message)") }
                }
            }
            group.cancelAll()
        }
        opening?.subscription.cancel()
    }

    /// Without it, removals are found by the rounds alone.
    private func subscribe(_ group: WatchGroup) -> WatchOpening? {
        do {
            return try cache.subscribe(addresses.registry.bucket, WatchSelection(), from: .now, group: group)
        } catch {
            report("removed addresses are noticed late: \(error)")
            return nil
        }
    }

    /// Compares everything once.
    func round() async throws(StatusError) {
        do {
            try await lock.withLock {
                try await range.ensure()
                let page = try ports.page()
                let services = try Self.services(cache)
                try await repairAddresses(services)
                try await repairPorts(page, services)
                state.withLock { $0.isPrepared = true }
            }
        } catch let error as StatusError {
            throw error
        } catch {
            throw StatusError.serviceUnavailable("the request was cancelled")
        }
    }

    private static func services(_ cache: WatchCache) throws(StatusError) -> [(key: ObjectKey, claims: ServiceClaims)] {
        var services: [(ObjectKey, ServiceClaims)] = []
        for stored in cache.snapshot(ServiceClaims.bucket).objects() {
            services.append(
                (ObjectKey(namespace: stored.key.namespace, name: stored.key.name), try ServiceClaims.of(stored)))
        }
        return services
    }

    private func repairAddresses(_ services: [(key: ObjectKey, claims: ServiceClaims)]) async throws(StatusError) {
        var owners: [InternetAddress: ObjectKey] = [:]
        for service in services {
            for address in service.claims.addresses where owners[address] == nil { owners[address] = service.key }
        }
        for (address, owner) in owners {
            if let claim = addresses.claim(address) {
                if AddressClaims.owner(claim) == owner { continue }
                try await addresses.remove(claim)
            }
            // One that was made in this moment is compared in the next round.
            _ = try await addresses.make(address, for: owner)
        }
        let oldest = clock.now.seconds - Self.claimAge
        for claim in addresses.all {
            guard let address = InternetAddress(claim.key.name), owners[address] == nil,
                AddressClaims.time(claim).map({ $0 <= oldest }) ?? true
            else { continue }
            try await addresses.remove(claim)
        }
    }

    /// - Parameter page: the record as it was before the Services were looked at.
    private func repairPorts(
        _ page: NodePortRecord.Page, _ services: [(key: ObjectKey, claims: ServiceClaims)]
    ) async throws(StatusError) {
        let used = services.reduce(into: Set<Int32>()) { $0.formUnion($1.claims.ports) }
        let unused = page.ports.subtracting(used)
        let left = state.withLock { state in
            state.leaks = Dictionary(uniqueKeysWithValues: unused.map { ($0, (state.leaks[$0] ?? 0) + 1) })
            return Set(state.leaks.filter { $0.value >= Self.portRounds }.keys)
        }
        let right = page.ports.union(used).subtracting(left)
        // Another change that came first is compared in the next round; what is missing is entered in any case.
        guard try await ports.write(right, over: page) != nil else { return }
        try await ports.change { (ports) throws(StatusError) in ports.formUnion(used) }
    }
}
