import KubeAPI
import Machinery

/// Finds devices for claims on one node: tries combinations in order, back and forth, until all requests and
/// constraints hold (KEP-4381, prioritized lists of KEP-4816, counters of KEP-4815, shared devices of KEP-5075).
struct DeviceAllocator {
    /// What one claim asks for.
    struct Claim: Sendable {
        let uid: String
        let requests: [Request]
        let constraints: [DeviceConstraint]
        let configuration: [DeviceClaimConfiguration]
    }

    /// One of which is to be fulfilled, the first that can be.
    struct Request: Hashable, Sendable {
        let name: String
        let alternatives: [Alternative]

        /// Whether it is a list of which one entry will do, rather than one thing.
        var isList: Bool { alternatives.contains { $0.name != name } }
    }

    struct Alternative: Hashable, Sendable {
        /// As results name it: `request` or `request/subrequest`.
        let name: String
        /// `nil` for all that match.
        let count: Int?
        let selectors: [String]
        let className: String
        let classConfiguration: [DeviceClassConfiguration]
        let isAdmin: Bool
        let tolerations: [DeviceToleration]
        let capacity: [String: Quantity]
    }

    /// A device given to a request.
    struct Choice {
        let claim: Int
        let request: String
        let alternative: Alternative
        let device: InventoryDevice
        let consumed: [String: Quantity]
    }

    private static let maximumSteps = 50_000
    private static let maximumDevices = 32

    let claims: [Claim]
    let devices: [InventoryDevice]
    let objects: DeviceObjects
    let inventory: DeviceObjects.Inventory
    let selectors: DeviceSelectors
    /// Claims that count as free in a trial.
    let released: Set<String>
    private(set) var choices: [Choice] = []
    private(set) var failure: DeviceSelectorError?
    private var used: Set<DeviceID> = []
    private var steps = 0

    init(
        claims: [Claim], devices: [InventoryDevice], objects: DeviceObjects, inventory: DeviceObjects.Inventory,
        selectors: DeviceSelectors, released: Set<String>
    ) {
        self.claims = claims
        self.devices = devices
        self.objects = objects
        self.inventory = inventory
        self.selectors = selectors
        self.released = released
    }

    /// Whether there is a way; `choices` tells which.
    mutating func run() -> Bool { fulfil(claim: 0, request: 0) }

    private mutating func fulfil(claim: Int, request: Int) -> Bool {
        if claim == claims.count { return true }
        if request == claims[claim].requests.count { return fulfil(claim: claim + 1, request: 0) }
        for alternative in claims[claim].requests[request].alternatives {
            let matching = devices.filter { matches($0, alternative) }
            if failure != nil { return false }
            let count: Int
            if let wanted = alternative.count {
                count = wanted
            } else {
                // All that match: none of them may be somebody else's.
                if matching.isEmpty || !matching.allSatisfy({ isFree($0, alternative) }) { continue }
                count = matching.count
            }
            let choosable = matching.filter { isFree($0, alternative) }
            if choosable.count < count { continue }
            if choose(count, from: choosable, at: 0, alternative, claim: claim, request: request) { return true }
        }
        return false
    }

    private mutating func choose(
        _ count: Int, from devices: [InventoryDevice], at start: Int, _ alternative: Alternative, claim: Int,
        request: Int
    ) -> Bool {
        if count == 0 { return fulfil(claim: claim, request: request + 1) }
        guard devices.count - start >= count else { return false }
        for index in start...(devices.count - count) {
            steps += 1
            guard steps <= Self.maximumSteps else { return false }
            let device = devices[index]
            guard alternative.isAdmin || device.isShared || !used.contains(device.id),
                let consumed = share(of: device, alternative)
            else { continue }
            let choice = Choice(
                claim: claim, request: claims[claim].requests[request].name, alternative: alternative, device: device,
                consumed: consumed)
            guard choices.count(where: { $0.claim == claim }) < Self.maximumDevices, keepsConstraints(choice),
                alternative.isAdmin || hasCounters(device)
            else { continue }
            choices.append(choice)
            let isNew = alternative.isAdmin ? false : used.insert(device.id).inserted
            if choose(count - 1, from: devices, at: index + 1, alternative, claim: claim, request: request) {
                return true
            }
            choices.removeLast()
            if isNew { used.remove(device.id) }
        }
        return false
    }

    private mutating func matches(_ device: InventoryDevice, _ alternative: Alternative) -> Bool {
        guard device.isBearable(alternative.tolerations) else { return false }
        for selector in alternative.selectors {
            do {
                if try !selectors.holds(selector, device) { return false }
            } catch {
                failure = error
                return false
            }
        }
        return true
    }

    private func takings(_ device: InventoryDevice) -> [DeviceObjects.Taking] {
        let all = objects.takings(device.id)
        return released.isEmpty ? all : all.filter { !released.contains($0.claim) }
    }

    private func isFree(_ device: InventoryDevice, _ alternative: Alternative) -> Bool {
        alternative.isAdmin || device.isShared || takings(device).isEmpty
    }

    // MARK: Shared devices

    /// What the request would take of a shared device; `nil` where that is not left.
    private func share(of device: InventoryDevice, _ alternative: Alternative) -> [String: Quantity]? {
        guard device.isShared, !alternative.isAdmin else { return [:] }
        var result: [String: Quantity] = [:]
        for (name, capacity) in device.capacity {
            let total = capacity.value ?? .zero
            let short =
                name.hasPrefix(device.id.driver + "/") ? String(name.dropFirst(device.id.driver.count + 1)) : name
            guard let wanted = Self.rounded(alternative.capacity[short] ?? alternative.capacity[name], capacity)
            else { return nil }
            var consumed = wanted
            for taking in takings(device) { consumed += taking.capacity[short] ?? .zero }
            for choice in choices where choice.device === device { consumed += choice.consumed[short] ?? .zero }
            if consumed > total { return nil }
            result[short] = wanted
        }
        for name in alternative.capacity.keys where result[name] == nil {
            let qualified = device.capacity[name] ?? device.capacity["\(device.id.driver)/\(name)"]
            if qualified == nil { return nil }
        }
        return result
    }

    /// The amount by the device's policy: never less than asked for.
    private static func rounded(_ wanted: Quantity?, _ capacity: DeviceCapacity) -> Quantity? {
        let total = capacity.value ?? .zero
        guard let policy = capacity.requestPolicy else { return wanted ?? total }
        guard let wanted = wanted ?? policy.default else { return total }
        let values = policy.validValues.compactMap { Quantity(json: $0) }.sorted()
        if !values.isEmpty { return values.first { $0 >= wanted } }
        guard let range = policy.validRange else { return wanted }
        var amount = max(wanted, range.min ?? .zero)
        if let step = range.step, !step.isZero {
            let base = range.min ?? .zero
            let above = (amount - base).nanos
            let steps = (above + step.nanos - 1) / step.nanos
            amount = base + Quantity(nanos: steps * step.nanos)
        }
        if let most = range.max, amount > most { return nil }
        return amount
    }

    // MARK: Counters

    /// Whether what the device consumes of its pool's counters is left.
    private func hasCounters(_ device: InventoryDevice) -> Bool {
        for consumption in device.consumes {
            let pool = device.id.driver + "/" + device.id.pool
            guard let set = inventory.counters[pool]?[consumption.counterSet] else { return false }
            for (name, counter) in consumption.counters {
                var left = (set[name] ?? .zero) - (counter.value ?? .zero)
                for other in consumers(of: pool) where other !== device {
                    for use in other.consumes where use.counterSet == consumption.counterSet {
                        left -= use.counters[name]?.value ?? .zero
                    }
                }
                if left < .zero { return false }
            }
        }
        return true
    }

    private func consumers(of pool: String) -> [InventoryDevice] {
        inventory.byID.values.filter { device in
            device.id.driver + "/" + device.id.pool == pool && !device.consumes.isEmpty
                && (used.contains(device.id) || !takings(device).isEmpty)
        }
    }

    // MARK: Constraints

    private func keepsConstraints(_ choice: Choice) -> Bool {
        for constraint in claims[choice.claim].constraints where Self.concerns(constraint, choice) {
            let others = choices.filter { $0.claim == choice.claim && Self.concerns(constraint, $0) }
            if let name = constraint.matchAttribute {
                guard let value = choice.device.attributes[name]?.json else { return false }
                if let first = others.first, first.device.attributes[name]?.json != value { return false }
            } else if let name = constraint.distinctAttribute {
                guard let value = choice.device.attributes[name]?.json else { return false }
                if others.contains(where: { $0.device.attributes[name]?.json == value }) { return false }
            }
        }
        return true
    }

    private static func concerns(_ constraint: DeviceConstraint, _ choice: Choice) -> Bool {
        constraint.requests.isEmpty || constraint.requests.contains(choice.request)
            || constraint.requests.contains(choice.alternative.name)
    }
}
