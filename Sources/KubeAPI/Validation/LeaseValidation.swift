import Machinery

package enum LeaseValidation {
    package static func validate(_ lease: Lease) -> [FieldError] {
        let path = FieldPath("spec")
        let spec = lease.json["spec"]?.objectValue ?? JSONObject()
        var errors: [FieldError] = []
        if let seconds = spec.int32("leaseDurationSeconds"), seconds <= 0 {
            errors.append(.invalid(path.child("leaseDurationSeconds"), seconds, "must be greater than 0"))
        }
        errors += Check.notNegative(spec.int32("leaseTransitions"), at: path.child("leaseTransitions"))
        return errors
    }
}
