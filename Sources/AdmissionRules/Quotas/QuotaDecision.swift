import Machinery

/// Why a write may not be: the words for the client.
package struct QuotaRefusal: Error, Hashable, Sendable {
    package let message: String
}

/// A resource that may be used only where a quota allows it.
package struct LimitedResource: Hashable, Sendable {
    package let resource: GroupResource
    /// Parts of names: whatever contains one must be covered by a quota.
    package let matchContains: [String]
    /// Scopes that objects may be within only where a quota has them.
    package let matchScopes: [QuotaScope]

    package init(resource: GroupResource, matchContains: [String] = [], matchScopes: [QuotaScope] = []) {
        self.resource = resource
        self.matchContains = matchContains
        self.matchScopes = matchScopes
    }
}

/// Judges a write by the quotas of its namespace, and charges it to them.
package struct QuotaDecision: Sendable {
    private let evaluator: any QuotaEvaluator
    private let limited: [LimitedResource]

    package init(_ evaluator: any QuotaEvaluator, limited: [LimitedResource] = []) {
        self.evaluator = evaluator
        self.limited = limited
    }

    /// The quotas as they are when the write has been charged.
    package func charge(_ request: QuotaRequest, to quotas: [QuotaState]) throws(QuotaRefusal) -> [QuotaState] {
        let matching = quotas.indices.filter { evaluator.matches(quotas[$0], request.object) }
        for index in matching { try check(quotas[index], covers: request.object) }
        let usage = evaluator.usage(of: request.object)
        let negative = usage.filter { $0.value < .zero }
        guard negative.isEmpty else {
            throw QuotaRefusal(
                message: "quota usage is negative for resource(s): \(negative.keys.sorted().joined(separator: ","))")
        }
        let growth = request.old.map { usage.growth(from: evaluator.usage(of: $0)) } ?? usage
        var charges: [Int: ResourceAmounts] = [:]
        for index in matching {
            // What an object that was not within the scopes before brings along is new to the quota.
            let isNew = request.old.map { !evaluator.matches(quotas[index], $0) } ?? true
            let charge = (isNew ? usage : growth).withoutZeros
            if !charge.isEmpty { charges[index] = charge }
        }
        guard matching.isEmpty ? !growth.withoutZeros.isEmpty : !charges.isEmpty else { return quotas }
        try checkLimited(request, usage: usage, quotas: quotas, matching: matching)
        var result = quotas
        for index in matching {
            guard let charge = charges[index] else { continue }
            result[index].used = try charged(charge, to: quotas[index], request)
        }
        return result
    }

    private func check(_ quota: QuotaState, covers object: JSONObject) throws(QuotaRefusal) {
        let restricted = Set(quota.hard.keys.filter(evaluator.counts))
        if let omission = evaluator.omission(in: object, required: restricted) {
            throw QuotaRefusal(message: "failed quota: \(quota.name): \(omission)")
        }
        guard restricted.allSatisfy({ quota.used[$0] != nil }) else {
            throw QuotaRefusal(
                message: "status unknown for quota: \(quota.name), resources: "
                    + restricted.sorted().joined(separator: ","))
        }
    }

    private func charged(
        _ charge: ResourceAmounts, to quota: QuotaState, _ request: QuotaRequest
    ) throws(QuotaRefusal) -> ResourceAmounts {
        let requested = charge.masked(to: quota.hard.keys)
        let used = quota.used.adding(requested)
        // What has happened already is only entered.
        guard request.subresource != "status" else { return used }
        let exceeded = requested.keys.filter { name in
            guard let new = used[name], let limit = quota.hard[name] else { return false }
            return new > limit
        }
        guard exceeded.isEmpty else {
            throw QuotaRefusal(
                message: "exceeded quota: \(quota.name), requested: \(requested.masked(to: exceeded).listed), "
                    + "used: \(quota.used.masked(to: exceeded).listed), "
                    + "limited: \(quota.hard.masked(to: exceeded).listed)")
        }
        return used
    }

    private func checkLimited(
        _ request: QuotaRequest, usage: ResourceAmounts, quotas: [QuotaState], matching: [Int]
    ) throws(QuotaRefusal) {
        let limited = limited.filter { $0.resource == request.resource }
        guard !limited.isEmpty else { return }
        let wanted = usage.filter { $0.value > .zero }.keys.filter { name in
            limited.contains { $0.matchContains.contains { name.contains($0) } }
        }
        let covered = Set(matching.flatMap { quotas[$0].hard.keys.filter(evaluator.counts) })
        let uncovered = Set(wanted).subtracting(covered)
        guard uncovered.isEmpty else {
            throw QuotaRefusal(message: "insufficient quota to consume: \(uncovered.sorted().joined(separator: ","))")
        }
        let present = Set(
            quotas.flatMap(\.scopes).filter { evaluator.isWithin($0, request.object) }.map(\.text))
        let missing = limited.flatMap(\.matchScopes)
            .filter { evaluator.isWithin($0, request.object) && !present.contains($0.text) }
        guard missing.isEmpty else {
            throw QuotaRefusal(
                message: "insufficient quota to match these scopes: "
                    + "[\(missing.map(\.text).sorted().joined(separator: " "))]")
        }
    }
}
