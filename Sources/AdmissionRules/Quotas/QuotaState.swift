import KubeAPI
import Machinery

/// What a quota allows and what of it is used.
package struct QuotaState: Hashable, Sendable {
    package let name: String
    /// As the controller has taken notice of it.
    package let hard: ResourceAmounts
    package var used: ResourceAmounts
    package let scopes: [QuotaScope]

    package init(name: String, hard: ResourceAmounts, used: ResourceAmounts, scopes: [QuotaScope] = []) {
        self.name = name
        self.hard = hard
        self.used = used
        self.scopes = scopes
    }

    package init(_ quota: ResourceQuota) {
        self.init(
            name: quota.name, hard: quota.status.hard, used: quota.status.used, scopes: QuotaScope.all(of: quota.spec))
    }

    /// What the objects of a namespace use of a quota, of the names that a kind of objects counts for.
    package static func usage(
        of objects: some Sequence<JSONObject>, by evaluator: any QuotaEvaluator, quota: ResourceQuota
    ) -> ResourceAmounts {
        let names = quota.spec.hard.keys.filter(evaluator.counts)
        guard !names.isEmpty else { return [:] }
        let scopes = QuotaScope.all(of: quota.spec)
        var used = ResourceAmounts(uniqueKeysWithValues: names.map { ($0, .zero) })
        for object in objects where scopes.allSatisfy({ evaluator.isWithin($0, object) }) {
            used.add(evaluator.usage(of: object).masked(to: names))
        }
        return used
    }
}
