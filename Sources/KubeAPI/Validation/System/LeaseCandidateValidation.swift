import Machinery

/// Who would hold a Lease, and which version of a program that is (KEP-4355).
package enum LeaseCandidateValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ candidate: LeaseCandidate) -> [FieldError] {
        let spec = candidate.spec
        var errors: [FieldError] = []
        if spec.leaseName.isEmpty { errors.append(.required(path.child("leaseName"))) }
        let emulation = (spec.emulationVersion ?? "")
        let emulated = SemanticVersion(emulation)
        if !emulation.isEmpty, emulated == nil {
            errors.append(
                .invalid(path.child("emulationVersion"), emulation, "must be a valid semantic version"))
        }
        if spec.binaryVersion.isEmpty {
            errors.append(.required(path.child("binaryVersion")))
        } else if let binary = SemanticVersion(spec.binaryVersion) {
            if let emulated, binary < emulated {
                errors.append(
                    .invalid(
                        path.child("binaryVersion"), spec.binaryVersion,
                        "must be greater than or equal to `emulationVersion`"))
            }
        } else {
            errors.append(
                .invalid(path.child("binaryVersion"), spec.binaryVersion, "must be a valid semantic version"))
        }
        if spec.strategy.isEmpty { return errors + [.required(path.child("strategy"))] }
        if spec.strategy == "OldestEmulationVersion", emulated == nil || emulated == SemanticVersion("0.0.0") {
            errors.append(
                .required(
                    path.child("emulationVersion"),
                    "must be specified when `strategy` is 'OldestEmulationVersion'"))
        }
        return errors + validate(strategy: spec.strategy, at: path.child("strategy"))
    }

    package static func validateUpdate(_ new: LeaseCandidate, from old: LeaseCandidate) -> [FieldError] {
        Check.unchanged(new.spec.json["leaseName"], from: old.spec.json["leaseName"], at: path.child("leaseName"))
    }

    /// Names without a domain are Kubernetes' own. The doubled `strategy` in the path is Kubernetes' too.
    static func validate(strategy: String, at path: FieldPath) -> [FieldError] {
        strategy.contains("/")
            ? Names.qualifiedName(strategy).map { .invalid(path.child("strategy"), strategy, $0) }
            : Check.supported(strategy, ["OldestEmulationVersion"], at: path.child("strategy"))
    }
}
