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
    }

    package init() {}

    package mutating func set(slice name: String, _ slice: ResourceSlice?) {
        slices[name] = slice
        inventory = nil
    }

    package mutating func set(class name: String, _ value: DeviceClass?) {
        classes[name] = value
    }

    package mutating func set(claim key: ObjectKey, _ claim: ResourceResourceClaim?) {
        if let old = claims[key], old.uid != claim?.uid || claim == nil { release(old.uid) }
        claims[key] = claim
        guard let claim else { return }
        if let allocation = claim.status.allocation {
            pending[claim.uid] = nil
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

    /// What the claim has, be it decided only.
    func allocation(_ claim: ResourceResourceClaim) -> AllocationResult? {
        claim.status.allocation ?? pending[claim.uid]
    }

    func isPending(_ uid: String) -> Bool { pending[uid] != nil }

    func takings(_ id: DeviceID) -> [Taking] { taken[id] ?? [] }

    private mutating func take(_ allocation: AllocationResult, _ claim: String) {
        release(claim)
        var ids: [DeviceID] = []
        for result in allocation.devices?.results ?? [] where result.adminAccess != true {
            let id = DeviceID(driver: result.driver, pool: result.pool, device: result.device)
            taken[id, default: []].append(Taking(claim: claim, capacity: result.consumedCapacity))
            ids.append(id)
        }
        takers[claim] = ids
    }

    private mutating func release(_ claim: String) {
        for id in takers.removeValue(forKey: claim) ?? [] {
            taken[id]?.removeAll { $0.claim == claim }
            if taken[id]?.isEmpty ?? false { taken[id] = nil }
        }
    }

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
                    } else {
                        made.elsewhere.append(device)
                    }
                }
            }
        }
        inventory = made
        return made
    }
}
