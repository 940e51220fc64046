import HTTPCore
import Inference
import KubeAPI
import Machinery

/// Where requests go: the rules of all routes to InferencePools, in the order of precedence that Gateway API gives them.
///
/// Routes to anything else, and what they do besides choosing a backend (filters), are not this gateway's. A rule that
/// uses something it cannot do is left out rather than half obeyed.
package struct RoutingTable: Sendable {
    package struct Rule: Sendable {
        package let route: ObjectKey
        /// Pools by weight; nil stands for a reference that leads nowhere.
        let backends: [(pool: ObjectKey?, weight: Int)]
        /// How long the whole may take until the answer begins, and one attempt; nil: as usual.
        let requestTimeout: Duration?
        let attemptTimeout: Duration?
        package let routeClass: String?
        fileprivate let turn = WeightedTurn()

        /// The pool whose turn it is.
        package func nextPool() -> ObjectKey? { turn.next(backends.map(\.weight)).flatMap { backends[$0].pool } }
    }

    private struct Entry: Sendable {
        let match: RouteMatch
        let host: RouteHost?
        let rule: Int
    }

    private var rules: [Rule] = []
    /// In the order of precedence.
    private var entries: [Entry] = []
    /// The places of entries that ask for a model, by its name, and of those that ask for none.
    private var ofModel: [String: [Int]] = [:]
    private var ofAny: [Int] = []
    package private(set) var models = ModelList([])
    /// What of routes is left out, and why.
    package private(set) var omissions: [ObjectKey: String] = [:]

    package init() {}

    package init(_ routes: [HTTPRoute]) {
        let routes = routes.sorted { left, right in
            let (older, younger) = (left.metadata.creationTimestamp, right.metadata.creationTimestamp)
            if let older, let younger, older != younger { return older < younger }
            return left.key < right.key
        }
        var named: [ModelList.Model] = []
        for route in routes {
            for rule in route.rules { named += add(rule, of: route) }
        }
        models = ModelList(named)
        // Sorting by a key with the place in it is stable: the older route and the earlier rule go first.
        let ranked = entries.enumerated().sorted { left, right in
            let (a, b) = (Self.rank(left.element), Self.rank(right.element))
            return a == b ? left.offset < right.offset : b.lexicographicallyPrecedes(a)
        }
        entries = ranked.map(\.element)
        for (place, entry) in entries.enumerated() {
            if let model = entry.match.model { ofModel[model, default: []].append(place) } else { ofAny.append(place) }
        }
    }

    private static func rank(_ entry: Entry) -> [Int] { [entry.host?.rank ?? 0] + entry.match.rank }

    private mutating func add(_ json: JSONObject, of route: HTTPRoute) -> [ModelList.Model] {
        let references = json.values("backendRefs").compactMap(\.objectValue)
        let isOurs = references.contains { $0.string("kind") == InferencePool.kind.kind }
        guard isOurs else { return [] }
        let blank: [JSON] = [.object(JSONObject())]
        let written = json.values("matches")
        do throws(RouteMatch.Unsupported) {
            if !json.values("filters").isEmpty { throw RouteMatch.Unsupported(description: "filters") }
            var matches: [RouteMatch] = []
            for match in written.isEmpty ? blank : written {
                matches.append(try RouteMatch(match.objectValue ?? JSONObject()))
            }
            let timeouts = json["timeouts"]?.objectValue
            rules.append(
                Rule(
                    route: route.key, backends: references.map { Self.backend($0, route.namespace) },
                    requestTimeout: Self.timeout(timeouts, "request"),
                    attemptTimeout: Self.timeout(timeouts, "backendRequest"), routeClass: route.routeClass))
            let hosts: [RouteHost?] = route.hosts.isEmpty ? [nil] : route.hosts
            for match in matches {
                for host in hosts { entries.append(Entry(match: match, host: host, rule: rules.count - 1)) }
            }
            let created = route.metadata.creationTimestamp?.seconds ?? 0
            return matches.compactMap(\.model).map {
                ModelList.Model(name: $0, owner: route.namespace, created: created)
            }
        } catch {
            omissions[route.key] = "a rule that uses \(error.description) is left out"
            return []
        }
    }

    /// A zero says that there is no limit, which is what is usual.
    private static func timeout(_ timeouts: JSONObject?, _ name: String) -> Duration? {
        guard let text = timeouts?.string(name), let duration = (try? GoDuration(parsing: text))?.duration else {
            return nil
        }
        return duration > .zero ? duration : nil
    }

    /// Pools of other namespaces would need a ReferenceGrant, which is not looked for.
    private static func backend(_ json: JSONObject, _ namespace: String) -> (pool: ObjectKey?, weight: Int) {
        let weight = min(max(Int(json.int64("weight") ?? 1), 0), 1_000_000)
        guard json.string("kind") == InferencePool.kind.kind, json.string("group") == InferencePool.kind.group,
            let name = json.string("name"), json.string("namespace") ?? namespace == namespace
        else { return (nil, weight) }
        return (ObjectKey(namespace: namespace, name: name), weight)
    }

    /// The rule that a request is for.
    package func rule(for request: RouteRequest) -> Rule? {
        let named = request.model.flatMap { ofModel[$0] } ?? []
        var (first, second) = (0, 0)
        while first < named.count || second < ofAny.count {
            let place: Int
            if second == ofAny.count || first < named.count && named[first] < ofAny[second] {
                place = named[first]
                first += 1
            } else {
                place = ofAny[second]
                second += 1
            }
            let entry = entries[place]
            if entry.host?.matches(request.host) ?? true, entry.match.matches(request) { return rules[entry.rule] }
        }
        return nil
    }
}
