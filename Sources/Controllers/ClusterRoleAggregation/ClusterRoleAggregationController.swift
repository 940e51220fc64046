import Client
import KubeAPI
import Machinery

/// Gives cluster roles that are made of others (`aggregationRule`) the rules of those, whenever one of them changes.
struct ClusterRoleAggregationController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<String>
    let roles: Informer<ClusterRole>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self, name: "ClusterRoleAggregator")
        roles = context.informers.informer(ClusterRole.self)
        roles.onChange { [queue, roles] change in
            // Any role may be a part of any aggregated one; of those there are few.
            for role in roles.list() where role.aggregationRule != nil { queue.add(role.name) }
            if change.object.aggregationRule != nil { queue.add(change.object.name) }
        }
    }

    var name: String { "clusterrole-aggregation" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [roles] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard var role = roles.get(ObjectKey(namespace: "", name: key)), !role.isBeingDeleted,
            let aggregation = role.aggregationRule
        else { return .done }
        let rules = Self.rules(for: aggregation, of: key, among: roles.list())
        guard rules != role.rules else { return .done }
        role.rules = rules
        do throws(StatusError) {
            _ = try await context.client.update(role)
        } catch {
            // A newer state of the role comes by the informer.
            guard error.reason != .conflict, !error.isNotFound else { return .done }
            throw error
        }
        return .done
    }

    /// The rules of the roles that an aggregation names, in the order of their names, each once.
    static func rules(
        for aggregation: AggregationRule, of name: String, among roles: [ClusterRole]
    ) -> [PolicyRule] {
        let selectors = aggregation.clusterRoleSelectors.compactMap { selector in
            try? Selector(labelSelector: selector.json)
        }
        var result: [PolicyRule] = []
        for role in roles.sorted(by: { $0.name < $1.name })
        where role.name != name && selectors.contains(where: { $0.matches(role.labels) }) {
            for rule in role.rules where !result.contains(rule) { result.append(rule) }
        }
        return result
    }
}
