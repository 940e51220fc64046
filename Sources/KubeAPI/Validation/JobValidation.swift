import Machinery

package enum JobValidation {
    private static let path = FieldPath("spec")

    private static let highCompletions: Int32 = 100_000
    private static let parallelismForHighCompletions: Int32 = 10_000

    package static func validate(_ job: Job) -> [FieldError] {
        validate(spec: job.spec, at: path) + validateSelector(job, template: path.child("template"))
    }

    /// What holds for jobs and for the jobs of a template alike.
    static func validate(spec: JobSpec, at path: FieldPath) -> [FieldError] {
        let counts = [
            "parallelism", "completions", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex",
            "maxFailedIndexes",
        ]
        var errors = counts.flatMap { Check.notNegative(spec.json.int32($0), at: path.child($0)) }
        errors += Check.notNegative(spec.activeDeadlineSeconds, at: path.child("activeDeadlineSeconds"))
        if spec.maxFailedIndexes != nil, spec.backoffLimitPerIndex == nil {
            errors.append(.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified"))
        }
        if let manager = spec.managedBy {
            errors += Check.domainPrefixedPath(manager, at: path.child("managedBy"))
            if manager.utf8.count > 63 { errors.append(.tooLong(path.child("managedBy"), maximumBytes: 63)) }
        }
        errors += Check.oneOfIfGiven(
            spec.completionMode, ["NonIndexed", "Indexed"], at: path.child("completionMode"))
        errors += spec.completionMode == "Indexed" ? validateIndexed(spec, at: path) : validatePlain(spec, at: path)
        errors += JobPolicyValidation(spec: spec, path: path).validate()
        errors += Check.oneOfIfGiven(
            spec.podReplacementPolicy, ["Failed", "TerminatingOrFailed"], at: path.child("podReplacementPolicy"))
        if spec.podFailurePolicy != nil, let policy = spec.podReplacementPolicy, policy != "Failed" {
            errors.append(
                .notSupported(path.child("podReplacementPolicy"), policy, supported: ["Failed"]))
        }
        let template = path.child("template")
        errors += WorkloadValidation.validateLabels(of: spec.template, at: template)
        errors += PodValidation.validate(spec: spec.template.spec, at: template.child("spec"))
        return errors + validateRestartPolicy(spec, at: template.child("spec", "restartPolicy"))
    }

    private static func validateRestartPolicy(_ spec: JobSpec, at place: FieldPath) -> [FieldError] {
        let policy = spec.template.spec.restartPolicy ?? ""
        if policy.isEmpty || policy == "Always" {
            return [.required(place, "valid values: \"OnFailure\", \"Never\"")]
        }
        if policy != "OnFailure", policy != "Never" {
            return [.notSupported(place, policy, supported: ["OnFailure", "Never"])]
        }
        guard spec.podFailurePolicy != nil, policy != "Never" else { return [] }
        return [.invalid(place, policy, "only \"Never\" is supported when podFailurePolicy is specified")]
    }

    private static func validatePlain(_ spec: JobSpec, at path: FieldPath) -> [FieldError] {
        ["backoffLimitPerIndex", "maxFailedIndexes"].compactMap { name in
            spec.json.int32(name).map { .invalid(path.child(name), $0, "requires indexed completion mode") }
        }
    }

    private static func validateIndexed(_ spec: JobSpec, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if spec.completions == nil {
            errors.append(.required(path.child("completions"), "when completion mode is Indexed"))
        }
        if let parallelism = spec.parallelism, parallelism > highCompletions {
            errors.append(
                .invalid(
                    path.child("parallelism"), parallelism,
                    "must be less than or equal to \(highCompletions) when completion mode is Indexed"))
        }
        if let failed = spec.maxFailedIndexes {
            let place = path.child("maxFailedIndexes")
            if let completions = spec.completions, failed > completions {
                errors.append(.invalid(place, failed, "must be less than or equal to completions"))
            }
            if failed > highCompletions {
                errors.append(.invalid(place, failed, "must be less than or equal to \(highCompletions)"))
            }
        }
        guard let completions = spec.completions, completions > highCompletions, spec.backoffLimitPerIndex != nil else {
            return errors
        }
        if spec.maxFailedIndexes == nil {
            errors.append(
                .required(
                    path.child("maxFailedIndexes"),
                    "must be specified when completions is above \(highCompletions)"))
        }
        for (name, value) in [("parallelism", spec.parallelism), ("maxFailedIndexes", spec.maxFailedIndexes)] {
            guard let value, value > parallelismForHighCompletions else { continue }
            errors.append(
                .invalid(
                    path.child(name), value,
                    "must be less than or equal to \(parallelismForHighCompletions) when completions are above "
                        + "\(highCompletions) and used with backoff limit per index"))
        }
        return errors
    }

    private static func validateSelector(_ job: Job, template: FieldPath) -> [FieldError] {
        guard let selector = job.spec.json["selector"]?.objectValue else { return [.required(path.child("selector"))] }
        var errors = Selector.validate(labelSelector: selector, at: path.child("selector"))
        let labels = job.spec.template.metadata.labels
        if job.spec.manualSelector != true {
            let wanted = selector["matchLabels"]?.objectValue ?? JSONObject()
            let key = "batch.kubernetes.io/controller-uid"
            for name in [key, "controller-uid"] where labels[name] != nil && labels[name] != job.uid {
                errors.append(
                    .invalid(
                        template.child("metadata", "labels"), job.spec.template.metadata.json["labels"] ?? .null,
                        "must be '\(job.uid)'"))
            }
            if wanted.string(key) != job.uid, wanted.string("controller-uid") != job.uid {
                errors.append(.invalid(path.child("selector"), .object(selector), "`selector` not auto-generated"))
            }
        }
        if let parsed = try? Selector(labelSelector: selector), !parsed.matches(labels) {
            errors.append(
                .invalid(
                    template.child("metadata", "labels"), job.spec.template.metadata.json["labels"] ?? .null,
                    "`selector` does not match template `labels`"))
        }
        return errors
    }

    package static func validateUpdate(_ job: Job, from old: Job) -> [FieldError] {
        var errors: [FieldError] = []
        if job.spec.completionMode != "Indexed" {
            errors += Check.unchanged(
                job.spec.json["completions"], from: old.spec.json["completions"], at: path.child("completions"))
        } else if let completions = job.spec.completions, completions != old.spec.completions,
            completions != job.spec.parallelism
        {
            // An indexed job may change its size as a whole.
            errors.append(
                .invalid(
                    path.child("completions"), completions, "can only be modified in tandem with spec.parallelism"))
        }
        let fixed = [
            "selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy",
        ]
        for key in fixed {
            errors += Check.unchanged(job.spec.json[key], from: old.spec.json[key], at: path.child(key))
        }
        var template = job.spec.template
        if old.spec.suspend == true, old.status.startTime == nil {
            // A job that has not begun may still be told where to run.
            template.metadata.json["annotations"] = old.spec.template.metadata.json["annotations"]
            template.metadata.json["labels"] = old.spec.template.metadata.json["labels"]
            for key in ["nodeSelector", "tolerations", "affinity", "schedulingGates"] {
                template.spec.json[key] = old.spec.template.spec.json[key]
            }
        }
        return errors
            + Check.unchanged(
                .object(template.json), from: .object(old.spec.template.json), at: path.child("template"))
    }
}
