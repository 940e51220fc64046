import Machinery

package enum JobValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ job: Job) -> [FieldError] {
        let spec = job.spec
        var errors = Check.notNegative(spec.parallelism, at: path.child("parallelism"))
        errors += Check.notNegative(spec.completions, at: path.child("completions"))
        errors += Check.notNegative(spec.activeDeadlineSeconds, at: path.child("activeDeadlineSeconds"))
        errors += Check.notNegative(spec.backoffLimit, at: path.child("backoffLimit"))
        errors += Check.notNegative(spec.ttlSecondsAfterFinished, at: path.child("ttlSecondsAfterFinished"))
        let modes = ["NonIndexed", "Indexed"]
        errors += Check.oneOfIfGiven(spec.completionMode, modes, at: path.child("completionMode"))
        if spec.completionMode == "Indexed", spec.completions == nil {
            errors.append(
                .required(path.child("completions"), "when completion mode is Indexed"))
        }
        let template = path.child("template")
        errors += validateSelector(job, template: template)
        errors += WorkloadValidation.validateLabels(of: spec.template, at: template)
        errors += PodValidation.validate(spec: spec.template.spec, at: template.child("spec"))
        let policy = spec.template.spec.restartPolicy ?? ""
        let place = template.child("spec", "restartPolicy")
        if policy.isEmpty || policy == "Always" {
            errors.append(.required(place, "valid values: \"OnFailure\", \"Never\""))
        } else if policy != "OnFailure", policy != "Never" {
            errors.append(.notSupported(place, policy, supported: ["OnFailure", "Never"]))
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
        // An indexed job may change its size as a whole.
        let isElastic = job.spec.completionMode == "Indexed" && job.spec.completions == job.spec.parallelism
        if !isElastic {
            errors += Check.unchanged(
                job.spec.json["completions"], from: old.spec.json["completions"], at: path.child("completions"))
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
