import Machinery

/// What a job says of failed pods, and of when it has succeeded (KEPs 3329 and 3998).
struct JobPolicyValidation {
    private static let maximumRules = 20
    private static let maximumExitCodes = 255
    private static let maximumIndexesBytes = 64 * 1024
    private static let actions = ["Count", "FailIndex", "FailJob", "Ignore"]

    let spec: JobSpec
    let path: FieldPath

    func validate() -> [FieldError] {
        var errors: [FieldError] = []
        if let policy = spec.podFailurePolicy {
            let place = path.child("podFailurePolicy", "rules")
            if policy.rules.count > Self.maximumRules {
                errors.append(.tooMany(place, count: policy.rules.count, maximum: Self.maximumRules))
            }
            for (index, rule) in policy.rules.enumerated() { errors += validate(rule, at: place.index(index)) }
        }
        if let policy = spec.successPolicy {
            let place = path.child("successPolicy")
            if spec.completionMode == "Indexed" {
                errors += validate(policy, at: place.child("rules"))
            } else {
                errors.append(.invalid(place, .object(policy.json), "requires indexed completion mode"))
            }
        }
        return errors
    }

    // MARK: Failed pods

    private func validate(_ rule: PodFailurePolicyRule, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let action = rule.action
        if action.isEmpty {
            errors.append(.required(place.child("action"), "valid values: \(Self.quoted(Self.actions))"))
        } else if action == "FailIndex" {
            if spec.backoffLimitPerIndex == nil {
                errors.append(
                    .invalid(place.child("action"), action, "requires the backoffLimitPerIndex to be set"))
            }
        } else if !Self.actions.contains(action) {
            errors.append(.notSupported(place.child("action"), action, supported: Self.actions))
        }
        if let codes = rule.onExitCodes { errors += validate(codes, at: place.child("onExitCodes")) }
        errors += validate(rule.onPodConditions, at: place.child("onPodConditions"))
        let both = rule.onExitCodes != nil && !rule.onPodConditions.isEmpty
        let none = rule.onExitCodes == nil && rule.onPodConditions.isEmpty
        if both || none {
            let text =
                both
                ? "specifying both OnExitCodes and OnPodConditions is not supported"
                : "specifying one of OnExitCodes and OnPodConditions is required"
            errors.append(FieldError(.invalid, field: place.description, detail: text))
        }
        return errors
    }

    private func validate(_ codes: PodFailurePolicyOnExitCodesRequirement, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let operators = ["In", "NotIn"]
        if codes.operator.isEmpty {
            errors.append(.required(place.child("operator"), "valid values: \(Self.quoted(operators))"))
        } else {
            errors += Check.supported(codes.operator, operators, at: place.child("operator"))
        }
        let names = spec.template.spec.containers.map(\.name) + spec.template.spec.initContainers.map(\.name)
        if let name = codes.containerName, !names.contains(name) {
            errors.append(
                .invalid(
                    place.child("containerName"), name,
                    "must be one of the container or initContainer names in the pod template"))
        }
        let values = codes.values
        let list = place.child("values")
        let shown = JSON.array(values.map { .int(Int64($0)) })
        if values.isEmpty {
            errors.append(.invalid(list, shown, "at least one value is required"))
        } else if values.count > Self.maximumExitCodes {
            errors.append(.tooMany(list, count: values.count, maximum: Self.maximumExitCodes))
        }
        for (index, value) in values.enumerated() {
            if codes.operator == "In", value == 0 {
                errors.append(.invalid(list.index(index), value, "must not be 0 for the In operator"))
            }
            if values[..<index].contains(value) {
                errors.append(.duplicate(list.index(index), .int(Int64(value))))
            }
        }
        if values != values.sorted() { errors.append(.invalid(list, shown, "must be ordered")) }
        return errors
    }

    private func validate(
        _ patterns: [PodFailurePolicyOnPodConditionsPattern], at place: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        if patterns.count > Self.maximumRules {
            errors.append(.tooMany(place, count: patterns.count, maximum: Self.maximumRules))
        }
        let statuses = ["False", "True", "Unknown"]
        for (index, pattern) in patterns.enumerated() {
            let patternPlace = place.index(index)
            errors += Names.qualifiedName(pattern.type).map {
                .invalid(patternPlace.child("type"), pattern.type, $0)
            }
            let status = pattern.json.string("status") ?? ""
            if status.isEmpty {
                errors.append(.required(patternPlace.child("status"), "valid values: \(Self.quoted(statuses))"))
            } else {
                errors += Check.supported(status, statuses, at: patternPlace.child("status"))
            }
        }
        return errors
    }

    /// A list of texts as Go's `%q` shows it.
    private static func quoted(_ texts: [String]) -> String {
        "[" + texts.map(GoQuote.quote).joined(separator: " ") + "]"
    }

    // MARK: Success

    private func validate(_ policy: SuccessPolicy, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if policy.rules.isEmpty {
            errors.append(
                .required(place, "at least one rules must be specified when the successPolicy is specified"))
        }
        if policy.rules.count > Self.maximumRules {
            errors.append(.tooMany(place, count: policy.rules.count, maximum: Self.maximumRules))
        }
        for (index, rule) in policy.rules.enumerated() { errors += validate(rule, at: place.index(index)) }
        return errors
    }

    private func validate(_ rule: SuccessPolicyRule, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let completions = spec.completions ?? 0
        if rule.succeededCount == nil, rule.succeededIndexes == nil {
            errors.append(
                .required(place, "at least one of succeededCount or succeededIndexes must be specified"))
        }
        var total: Int32 = 0
        if let indexes = rule.succeededIndexes {
            let field = place.child("succeededIndexes")
            if indexes.utf8.count > Self.maximumIndexesBytes {
                errors.append(.tooLong(field, maximumBytes: Self.maximumIndexesBytes))
            }
            do throws(IndexFailure) {
                total = try Self.count(indexes, completions: completions)
            } catch {
                errors.append(.invalid(field, indexes, "error parsing succeededIndexes: \(error.text)"))
            }
        }
        guard let count = rule.succeededCount else { return errors }
        let field = place.child("succeededCount")
        errors += Check.notNegative(count, at: field)
        if count > completions {
            errors.append(
                .invalid(
                    field, count,
                    "must be less than or equal to \(completions) (the number of specified completions)"))
        }
        if rule.succeededIndexes != nil, count > total {
            errors.append(
                .invalid(
                    field, count,
                    "must be less than or equal to \(total) (the number of indexes in the specified "
                        + "succeededIndexes field)"))
        }
        return errors
    }

    private struct IndexFailure: Error { let text: String }

    /// How many indexes `0,2-4,7` names.
    private static func count(_ text: String, completions: Int32) throws(IndexFailure) -> Int32 {
        guard !text.isEmpty else { return 0 }
        var total: Int32 = 0
        var last: Int32?
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2 else {
                throw IndexFailure(
                    text: "the fragment \(GoQuote.quote(String(part))) violates the requirement that an index interval "
                        + "can have at most two parts separated by '-'")
            }
            let first = try index(ends[0], completions: completions)
            let final = ends.count == 2 ? try index(ends[1], completions: completions) : first
            if first > final {
                throw IndexFailure(text: "non-increasing order, previous: \(first), current: \(final)")
            }
            if let last, last >= first {
                throw IndexFailure(text: "non-increasing order, previous: \(last), current: \(first)")
            }
            total += final - first + 1
            last = final
        }
        return total
    }

    private static func index(_ text: Substring, completions: Int32) throws(IndexFailure) -> Int32 {
        guard let value = Int32(text) else {
            throw IndexFailure(text: "cannot convert string to integer for index: \(GoQuote.quote(String(text)))")
        }
        guard value < completions else {
            throw IndexFailure(text: "too large index: \(GoQuote.quote(String(text)))")
        }
        return value
    }
}
