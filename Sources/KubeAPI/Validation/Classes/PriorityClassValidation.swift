import Machinery

/// Classes of priority. Names that begin with `system-` belong to the two that every cluster has.
package enum PriorityClassValidation {
    private static let highestUserPriority: Int32 = 1_000_000_000
    private static let systemPrefix = "system-"

    /// The classes of the system: name, value, description.
    package static let systemClasses: [(name: String, value: Int32, description: String)] = [
        (
            "system-node-critical", 2_000_001_000,
            "Used for system critical pods that must not be moved from their current node."
        ),
        (
            "system-cluster-critical", 2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."
        ),
    ]

    package static func validate(_ priorityClass: PriorityClass) -> [FieldError] {
        var errors: [FieldError] = []
        let value = priorityClass.value ?? 0
        if priorityClass.name.hasPrefix(systemPrefix) {
            if let problem = systemProblem(priorityClass, value) {
                errors.append(
                    .forbidden(
                        "metadata.name",
                        "priority class names with '\(systemPrefix)' prefix are reserved for system use only. "
                            + "error: \(problem)"))
            }
        } else if value > highestUserPriority {
            errors.append(
                .forbidden("value", "maximum allowed value of a user defined priority is \(highestUserPriority)"))
        }
        if let policy = priorityClass.preemptionPolicy {
            errors += Check.oneOf(policy, ["PreemptLowerPriority", "Never"], at: "preemptionPolicy")
        }
        return errors
    }

    private static func systemProblem(_ priorityClass: PriorityClass, _ value: Int32) -> String? {
        let name = priorityClass.name
        guard let known = systemClasses.first(where: { $0.name == name }) else {
            return "\(name) is not a known system priority class"
        }
        if known.value != value { return "value of \(name) PriorityClass must be \(known.value)" }
        if priorityClass.globalDefault == true { return "globalDefault of \(name) PriorityClass must be false" }
        return nil
    }

    package static func validateUpdate(_ new: PriorityClass, from old: PriorityClass) -> [FieldError] {
        let value: [FieldError] =
            (new.value ?? 0) == (old.value ?? 0) ? [] : [.forbidden("value", "may not be changed in an update.")]
        return value
            + Check.unchanged(
                new.json["preemptionPolicy"], from: old.json["preemptionPolicy"], at: "preemptionPolicy")
    }
}
