import Machinery

package enum NodeValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ node: Node) -> [FieldError] {
        var errors: [FieldError] = []
        var seen: Set<String> = []
        for (index, taint) in node.spec.taints.enumerated() {
            let place = path.child("taints").index(index)
            errors += Names.qualifiedName(taint.key).map { .invalid(place.child("key"), taint.key, $0) }
            if let value = taint.value {
                errors += Names.labelValue(value).map { .invalid(place.child("value"), value, $0) }
            }
            errors += Check.oneOf(
                taint.effect, ["NoSchedule", "PreferNoSchedule", "NoExecute"], at: place.child("effect"))
            if !seen.insert("\(taint.key):\(taint.effect)").inserted {
                errors.append(.duplicate(place, .object(taint.json)))
            }
        }
        return errors
    }

    package static func validateUpdate(_ node: Node, from old: Node) -> [FieldError] {
        var errors: [FieldError] = []
        if !old.spec.podCIDRs.isEmpty, node.spec.podCIDRs != old.spec.podCIDRs {
            errors.append(
                .forbidden(path.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid"))
        }
        if let before = old.spec.providerID, !before.isEmpty, node.spec.providerID != before {
            errors.append(
                .forbidden(
                    path.child("providerID"), "node updates may not change providerID except from \"\" to valid"))
        }
        return errors
    }
}
