import KubeAPI
import Machinery

/// Devices that nodes offer, classes of them, claims, and which devices are taken.
package struct DeviceObjects: Sendable {
    private var slices: [String: ResourceSlice] = [:]
    package private(set) var classes: [String: DeviceClass] = [:]
    package private(set) var claims: [ObjectKey: ResourceResourceClaim] = [:]
    /// Allocations decided and not yet seen in the API, by the claim's uid.
    private var pending: [String: AllocationResult] = [:]
    /// By device, how many claims have it; several only of devices that are shared.
    private var taken: [DeviceID: [Taking]] = [:]
    /// By the claim's uid.
    private var takers: [String: [DeviceID]] = [:]
    /// The newest slices of all whole pools; `nil` when they have to be put together anew.
    private var inventory: Inventory?
    private(set) var extended = ExtendedResourceIndex()
    /// Claims that were made after their devices had been chosen, by what stood for their uid until then.
    private var made: [String: (uid: String, key: ObjectKey)] = [:]
    /// Grows with every change of the inventory, and of classes.
    private(set) var edition: UInt64 = 0
    /// By node, how often one of its devices was taken or given back.
    private var changes: [String: UInt64] = [:]

    /// A claim's share of a device.
    struct Taking: Sendable {
        let claim: String
        let capacity: [String: Quantity]
    }

    /// What a pool has besides its devices.
    struct Inventory: Sendable {
        var byNode: [String: [InventoryDevice]] = [:]
        var elsewhere: [InventoryDevice] = []
        /// By driver and pool, then counter set and counter.
        var counters: [String: [String: [String: Quantity]]] = [:]
        var byID: [DeviceID: InventoryDevice] = [:]
        /// Whether each device, and each pool's counters, are of use to one node only.
        var isLocal = true
    }

    package init() {}

    package mutating func set(slice name: String, _ slice: ResourceSlice?) {
        slices[name] = slice
        inventory = nil
        edition &+= 1
    }

    package mutating func set(class name: String, _ value: DeviceClass?) {
        classes[name] = value
        extended.update(classes.values)
        edition &+= 1
    }

    /// - Returns: whether devices have become free.
    @discardableResult
    package mutating func set(claim key: ObjectKey, _ claim: ResourceResourceClaim?) -> Bool {
        let old = claims[key]
        let had = old.flatMap { takers[$0.uid] } ?? []
        if let old, old.uid != claim?.uid { release(old.uid) }
        claims[key] = claim
        extended.note(old, claim)
        if let claim { note(claim) }
        return !had.isEmpty && takers[old?.uid ?? ""] != had
    }

    private mutating func note(_ claim: ResourceResourceClaim) {
        if let allocation = claim.status.allocation {
            pending[claim.uid] = nil
            if let pod = ExtendedResourceIndex.pod(claim) { made[ExtendedDemand.placeholder(pod)] = nil }
            take(allocation, claim.uid)
        } else if let allocation = pending[claim.uid] {
            take(allocation, claim.uid)
        } else {
            release(claim.uid)
        }
    }

    /// A decided allocation counts at once.
    mutating func assume(_ allocation: AllocationResult, claim: String) {
        pending[claim] = allocation
        take(allocation, claim)
    }

    mutating func forget(claim uid: String, _ key: ObjectKey) {
        guard pending.removeValue(forKey: uid) != nil, claims[key]?.status.allocation == nil else { return }
        release(uid)
    }

    /// The claim was made for which a placeholder has devices.
    mutating func rename(_ placeholder: String, to claim: ResourceResourceClaim) {
        // Nothing is left of it where the pod was taken back meanwhile.
        guard let allocation = pending.removeValue(forKey: placeholder) else { return }
        release(placeholder)
        made[placeholder] = (claim.uid, claim.key)
        if claims[claim.key]?.status.allocation == nil { assume(allocation, claim: claim.uid) }
    }

    mutating func forget(placeholder: String) {
        if let claim = made.removeValue(forKey: placeholder) { return forget(claim: claim.uid, claim.key) }
        if pending.removeValue(forKey: placeholder) != nil { release(placeholder) }
    }

    /// What the claim has, be it decided only.
    func allocation(_ claim: ResourceResourceClaim) -> AllocationResult? {
        claim.status.allocation ?? pending[claim.uid]
    }

    func isPending(_ uid: String) -> Bool { pending[uid] != nil }

    func takings(_ id: DeviceID) -> [Taking] { taken[id] ?? [] }

    private mutating func take(_ allocation: AllocationResult, _ claim: String) {
        let results = (allocation.devices?.results ?? []).filter { $0.adminAccess != true }
        let ids = results.map { DeviceID(driver: $0.driver, pool: $0.pool, device: $0.device) }
        // The API says what was assumed already; nothing has changed for anybody.
        if takers[claim] == ids, results.allSatisfy(\.consumedCapacity.isEmpty) { return }
        release(claim)
        for (id, result) in zip(ids, results) {
            taken[id, default: []].append(Taking(claim: claim, capacity: result.consumedCapacity))
            noteChange(of: id)
        }
        takers[claim] = ids
    }

    private mutating func release(_ claim: String) {
        for id in takers.removeValue(forKey: claim) ?? [] {
            taken[id]?.removeAll { $0.claim == claim }
            if taken[id]?.isEmpty ?? false { taken[id] = nil }
            noteChange(of: id)
        }
    }

    /// Without an inventory nobody remembers answers: its next edition makes them all anew.
    private mutating func noteChange(of id: DeviceID) {
        guard case .node(let node)? = inventory?.byID[id]?.reach else { return }
        changes[node, default: 0] &+= 1
    }

    /// Grows with every change of what is taken of a node's own devices.
    func generation(of node: String) -> UInt64 { changes[node] ?? 0 }

    /// Puts the newest generation of each pool together; pools of which slices are missing are left out.
    mutating func currentInventory() -> Inventory {
        if let inventory { return inventory }
        var pools: [String: [ResourceSliceSpec]] = [:]
        for slice in slices.values.sorted(by: { $0.name < $1.name }) {
            let key = slice.spec.driver + "/" + slice.spec.pool.name
            let newest = pools[key]?.first?.pool.generation ?? .min
            if slice.spec.pool.generation > newest {
                pools[key] = [slice.spec]
            } else if slice.spec.pool.generation == newest {
                pools[key]?.append(slice.spec)
            }
        }
        var made = Inventory()
        var homes: [String: Set<String>] = [:]
        for (key, parts) in pools.sorted(by: { $0.key < $1.key }) {
            guard let first = parts.first, Int64(parts.count) == first.pool.resourceSliceCount else { continue }
            for part in parts {
                for set in part.sharedCounters {
                    made.counters[key, default: [:]][set.name] = set.counters.compactMapValues(\.value)
                }
                for device in part.devices {
                    let device = InventoryDevice(device, of: part)
                    made.byID[device.id] = device
                    if case .node(let name) = device.reach {
                        made.byNode[name, default: []].append(device)
                        homes[key, default: []].insert(name)
                    } else {
                        made.elsewhere.append(device)
                    }
                }
            }
        }
        made.isLocal = made.elsewhere.isEmpty && made.counters.keys.allSatisfy { homes[$0]?.count ?? 0 <= 1 }
        inventory = made
        return made
    }
}
