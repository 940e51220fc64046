import Machinery

/// How many requests of a priority level run at once, and what becomes of the others (KEP-1040).
package enum PriorityLevelValidation {
    private static let spec = FieldPath("spec")
    private static let maximumQueues: Int32 = 10_000_000
    /// Queues are dealt by a hash of so many bits.
    private static let hashBits = 60
    private static let zeroSharesAnnotation = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares"

    package static func validate(_ level: PriorityLevelConfiguration) -> [FieldError] {
        var errors: [FieldError] = []
        if level.annotations[zeroSharesAnnotation] != nil {
            errors.append(.forbidden("metadata.annotations", "annotation '\(zeroSharesAnnotation)' is forbidden"))
        }
        errors += validate(level.spec, name: level.name)
        errors += validateFixed(level)
        return errors + validateStatus(level)
    }

    package static func validateStatus(_ level: PriorityLevelConfiguration) -> [FieldError] {
        FlowSchemaValidation.validate(conditions: level.status.conditions.map { $0.type ?? "" })
    }

    private static func validateFixed(_ level: PriorityLevelConfiguration) -> [FieldError] {
        guard let fixed = FlowControlDefaults.mandatoryLevels.first(where: { $0.name == level.name }) else {
            return []
        }
        var (have, want) = (level.spec, fixed.spec)
        var except = ""
        if level.name == "exempt" {
            have.exempt = nil
            want.exempt = nil
            except = " except the 'spec.exempt' field"
        }
        guard have != want else { return [] }
        return [
            .invalid(
                spec, .object(level.spec.json), "spec of '\(level.name)'\(except) must equal the fixed value")
        ]
    }

    private static func validate(_ given: PriorityLevelConfigurationSpec, name: String) -> [FieldError] {
        var errors: [FieldError] = []
        if (name == "exempt") != (given.type == "Exempt") {
            errors.append(
                .invalid(spec.child("type"), given.type, "must be 'Exempt' if and only if `name` is 'exempt'"))
        }
        switch given.type {
        case "Exempt":
            if given.limited != nil {
                errors.append(.forbidden(spec.child("limited"), "must be nil if the type is not Limited"))
            }
            if let exempt = given.exempt {
                errors += shares(exempt.nominalConcurrencyShares, exempt.lendablePercent, at: spec.child("exempt"))
            }
        case "Limited":
            if given.exempt != nil {
                errors.append(.forbidden(spec.child("exempt"), "must be nil if the type is Limited"))
            }
            if let limited = given.limited {
                errors += validate(limited, at: spec.child("limited"))
            } else {
                errors.append(.required(spec.child("limited"), "must not be empty when type is Limited"))
            }
        default:
            errors.append(.notSupported(spec.child("type"), given.type, supported: ["Exempt", "Limited"]))
        }
        return errors
    }

    private static func shares(_ nominal: Int32?, _ lendable: Int32?, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let nominal, nominal < 0 {
            errors.append(
                .invalid(path.child("nominalConcurrencyShares"), nominal, "must be a non-negative integer"))
        }
        if let lendable, !(0...100).contains(lendable) {
            errors.append(
                .invalid(path.child("lendablePercent"), lendable, "must be between 0 and 100, inclusive"))
        }
        return errors
    }

    private static func validate(_ limited: LimitedPriorityLevelConfiguration, at path: FieldPath) -> [FieldError] {
        var errors = shares(limited.nominalConcurrencyShares, limited.lendablePercent, at: path)
        errors += validate(limited.limitResponse ?? LimitResponse(), at: path.child("limitResponse"))
        if let limit = limited.borrowingLimitPercent, limit < 0 {
            errors.append(
                .invalid(
                    path.child("borrowingLimitPercent"), limit, "if specified, must be a non-negative integer"))
        }
        return errors
    }

    private static func validate(_ response: LimitResponse, at path: FieldPath) -> [FieldError] {
        let place = path.child("queuing")
        switch (response.type, response.queuing) {
        case ("Reject", nil): return []
        case ("Reject", _?):
            return [.forbidden(place, "must be nil if limited.limitResponse.type is not Limited")]
        case ("Queue", nil):
            return [.required(place, "must not be empty if limited.limitResponse.type is Limited")]
        case ("Queue", let queuing?): return validate(queuing, at: place)
        default:
            return [.notSupported(path.child("type"), response.type, supported: ["Queue", "Reject"])]
        }
    }

    private static func validate(_ queuing: QueuingConfiguration, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let (queues, hand) = (queuing.queues ?? 0, queuing.handSize ?? 0)
        if let length = queuing.queueLengthLimit, length <= 0 {
            errors.append(.invalid(path.child("queueLengthLimit"), length, "must be positive"))
        }
        if queues <= 0 {
            errors.append(.invalid(path.child("queues"), queues, "must be positive"))
        } else if queues > maximumQueues {
            errors.append(.invalid(path.child("queues"), queues, "must not be greater than \(maximumQueues)"))
        }
        let place = path.child("handSize")
        if hand <= 0 {
            errors.append(.invalid(place, hand, "must be positive"))
        } else if hand > queues {
            errors.append(.invalid(place, hand, "should not be greater than queues (\(queues))"))
        } else if exceedsHash(queues: queues, hand: hand) {
            errors.append(
                .invalid(
                    place, hand,
                    "required entropy bits of deckSize \(queues) and handSize \(hand) should not be greater than "
                        + "\(hashBits)"))
        }
        return errors
    }

    /// Whether there are more ways to deal a hand than the hash can tell apart.
    private static func exceedsHash(queues: Int32, hand: Int32) -> Bool {
        guard queues > 1 else { return false }
        var ways: UInt64 = 1
        for _ in 0..<hand {
            let (next, overflow) = ways.multipliedReportingOverflow(by: UInt64(queues))
            guard !overflow, next <= 1 << hashBits else { return true }
            ways = next
        }
        return false
    }
}
