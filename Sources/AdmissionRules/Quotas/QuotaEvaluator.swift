import Machinery

/// A write as quotas see it.
package struct QuotaRequest: Sendable {
    package let resource: GroupResource
    package let subresource: String
    package let object: JSONObject
    /// `nil` at creation.
    package let old: JSONObject?

    package init(resource: GroupResource, subresource: String = "", object: JSONObject, old: JSONObject? = nil) {
        self.resource = resource
        self.subresource = subresource
        self.object = object
        self.old = old
    }

    var isCreation: Bool { old == nil }
}

/// What the objects of one resource count for.
package protocol QuotaEvaluator: Sendable {
    /// Whether a write can change what is used.
    func handles(_ request: QuotaRequest) -> Bool

    /// Whether objects of this resource can count for something that a quota limits.
    func counts(_ name: String) -> Bool

    /// What one object counts for.
    func usage(of object: JSONObject) -> ResourceAmounts

    /// Whether an object is within a scope. Scopes that say nothing of a resource hold no objects of it.
    func isWithin(_ scope: QuotaScope, _ object: JSONObject) -> Bool

    /// What an object must say because a quota limits it, and does not: the words of the refusal.
    func omission(in object: JSONObject, required: Set<String>) -> String?
}

extension QuotaEvaluator {
    /// Whether an object counts for a quota at all.
    func matches(_ quota: QuotaState, _ object: JSONObject) -> Bool {
        quota.hard.keys.contains(where: counts) && quota.scopes.allSatisfy { isWithin($0, object) }
    }
}
