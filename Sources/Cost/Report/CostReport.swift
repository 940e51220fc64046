import Inference
import KubeAPI
import Machinery

/// What was charged in a time, grouped by one property: the answer to `gantry cost`.
package struct CostReport: Sendable {
    package enum Grouping: String, Hashable, Sendable, CaseIterable {
        case namespace
        case team
        case model
        case version
        case route
        case tenant
        case routeClass = "class"

        fileprivate var path: KeyPath<Account, String> {
            switch self {
            case .namespace: \.namespace
            case .team: \.team
            case .model: \.model
            case .version: \.version
            case .route: \.route
            case .tenant: \.tenant
            case .routeClass: \.routeClass
            }
        }
    }

    package struct Row: Hashable, Sendable {
        package var name: String
        package var requestCost = 0.0
        package var podCost = 0.0
        package var idleCost = 0.0
        package var wasteCost = 0.0
        package var sum = Charge()

        package var cost: Double { requestCost + podCost + idleCost + wasteCost }

        fileprivate mutating func add(_ charge: Charge, _ use: Account.Use) {
            sum += charge
            switch use {
            case .request: requestCost += charge.cost
            case .pod: podCost += charge.cost
            case .idle: idleCost += charge.cost
            case .waste: wasteCost += charge.cost
            }
        }
    }

    /// As OpenCost names what nobody holds, and what has no such property.
    package static let idle = "__idle__"
    package static let unallocated = "__unallocated__"

    package let currency: String
    package let grouping: Grouping
    /// When the first of the periods that are counted begins.
    package let from: Timestamp
    package let to: Timestamp
    package let rows: [Row]
    /// What GPUs did nothing for, by reason.
    package let waste: [String: Double]
    /// What the nodes cost.
    package let price: Double
    package let heldIdle: [(pod: PodFacts, since: Timestamp)]

    /// - Parameters:
    ///   - since: `nil` for all that is known.
    ///   - namespace: whose charges alone are told of, as a part of the price of all.
    package init(
        _ ledger: Ledger, prices: PriceSheet, by grouping: Grouping, since: Duration?, namespace: String? = nil,
        now: Double
    ) {
        self.grouping = grouping
        currency = prices.currency
        var rows: [String: Row] = [:]
        var waste: [String: Double] = [:]
        let begin = since.map { now - $0 / .seconds(1) }
        let (from, price) = ledger.periods.each(since: begin) { account, charge in
            guard namespace == nil || account.namespace == namespace else { return }
            let name = Self.name(account, grouping)
            rows[name, default: Row(name: name)].add(charge, account.use)
            if account.use == .waste { waste[account.waste?.rawValue ?? Self.earlier, default: 0] += charge.cost }
        }
        self.from = Timestamp(moment: max(from ?? now, ledger.opened))
        to = Timestamp(moment: now)
        self.price = price
        self.waste = waste
        self.rows = rows.values.sorted { Self.order($0) < Self.order($1) }
        let held = ledger.heldIdle(at: now).filter { namespace == nil || $0.pod.namespace == namespace }
        heldIdle = held.map { ($0.pod, Timestamp(moment: $0.since)) }
    }

    private static let earlier = "Earlier"

    private static func order(_ row: Row) -> (Int, String) {
        (row.name == idle ? 2 : row.name == unallocated ? 1 : 0, row.name)
    }

    private static func name(_ account: Account, _ grouping: Grouping) -> String {
        // Nobody holds what is idle, or broken and not held.
        if account.use == .idle || (account.use == .waste && account.namespace.isEmpty) { return idle }
        let name = account[keyPath: grouping.path]
        return name.isEmpty ? unallocated : name
    }

    package var charged: Double { rows.reduce(0) { $0 + $1.cost } }

    package var json: JSONObject {
        [
            "apiVersion": .string(InferenceNames.group + "/v1alpha1"), "kind": "CostReport",
            "currency": .string(currency), "by": .string(grouping.rawValue), "from": from.inSeconds.json,
            "to": to.inSeconds.json, "price": .double(price), "charged": .double(charged),
            "rows": .array(rows.map { .object(Self.json($0)) }),
            "waste": .object(JSONObject(waste.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) })),
            "heldIdle": .array(
                heldIdle.map { pod, since in
                    [
                        "namespace": .string(pod.namespace), "pod": .string(pod.name), "node": .string(pod.node),
                        "gpus": .double(pod.gpus), "since": since.inSeconds.json,
                    ]
                }),
        ]
    }

    private static func json(_ row: Row) -> JSONObject {
        var object: JSONObject = [
            "name": .string(row.name), "requestCost": .double(row.requestCost), "podCost": .double(row.podCost),
            "idleCost": .double(row.idleCost), "wasteCost": .double(row.wasteCost), "cost": .double(row.cost),
            "gpuHours": .double(row.sum.gpuSeconds / 3600), "coreHours": .double(row.sum.coreSeconds / 3600),
            "gibHours": .double(row.sum.gibSeconds / 3600), "requests": .int(Int64(row.sum.requests)),
            "inputTokens": .int(Int64(row.sum.inputTokens)), "outputTokens": .int(Int64(row.sum.outputTokens)),
        ]
        if row.sum.requests > 0 { object["costPerRequest"] = .double(row.requestCost / Double(row.sum.requests)) }
        return object
    }
}

extension Timestamp {
    init(moment: Double) {
        let whole = moment.rounded(.down)
        self.init(seconds: Int64(whole), nanoseconds: Int32((moment - whole) * 1e9))
    }
}
