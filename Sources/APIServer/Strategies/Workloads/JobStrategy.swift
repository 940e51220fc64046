import KubeAPI
import Machinery

/// Jobs: find their pods by a label of the server's making.
struct JobStrategy: Strategy {
    private static let uidLabel = "batch.kubernetes.io/controller-uid"
    private static let oldUIDLabel = "controller-uid"
    private static let nameLabel = "batch.kubernetes.io/job-name"
    private static let oldNameLabel = "job-name"

    func applyDefaults(_ job: inout Job) {
        guard job.json["spec"] != nil else { return }
        if job.spec.completions == nil, job.spec.parallelism == nil {
            job.spec.completions = 1
            job.spec.parallelism = 1
        }
        if job.spec.parallelism == nil { job.spec.parallelism = 1 }
        if job.spec.backoffLimit == nil {
            job.spec.backoffLimit = job.spec.backoffLimitPerIndex == nil ? 6 : Int32.max
        }
        if job.spec.podReplacementPolicy == nil {
            job.spec.podReplacementPolicy = job.spec.podFailurePolicy == nil ? "TerminatingOrFailed" : "Failed"
        }
        guard job.spec.json["template"] != nil else { return }
        if job.labels.isEmpty, let labels = job.spec.template.metadata.json["labels"] {
            job.json["metadata"]?.setMember("labels", labels)
        }
        PodSpecDefaults.apply(to: &job.spec.template)
    }

    func prepareForCreate(_ job: inout Job) {
        job.json["status"] = .object(JSONObject())
        guard job.json["spec"] != nil, job.spec.manualSelector != true else { return }
        generateSelector(&job)
    }

    func prepareForUpdate(_ job: inout Job, from old: Job) {
        job.json["status"] = old.json["status"]
        // Clients that send their manifest anew know nothing of the selector.
        guard job.spec.json["selector"] == nil, job.spec.manualSelector != true, old.spec.manualSelector != true else {
            return
        }
        job.spec.json["selector"] = old.spec.json["selector"]
        let labels = old.spec.template.metadata.labels
        for key in [Self.uidLabel, Self.oldUIDLabel, Self.nameLabel, Self.oldNameLabel] {
            guard let value = labels[key], job.spec.template.metadata.labels[key] == nil else { continue }
            job.spec.template.metadata.labels[key] = value
        }
    }

    private func generateSelector(_ job: inout Job) {
        let (name, uid) = (job.name, job.uid)
        guard !uid.isEmpty else { return }
        let added = [
            Self.nameLabel: name, Self.oldNameLabel: name, Self.uidLabel: uid, Self.oldUIDLabel: uid,
        ]
        // What a client gave stays, for validation to refuse it.
        job.spec.template.metadata.labels.merge(added) { given, _ in given }
        if job.spec.selector == nil { job.spec.selector = LabelSelector() }
        var selector = job.spec.selector ?? LabelSelector()
        if selector.matchLabels[Self.uidLabel] == nil { selector.matchLabels[Self.uidLabel] = uid }
        job.spec.selector = selector
    }

    func validate(_ job: Job) -> [FieldError] { JobValidation.validate(job) }
    func validateUpdate(_ job: Job, from old: Job) -> [FieldError] { JobValidation.validateUpdate(job, from: old) }

    func warnings(for job: Job, from old: Job?) -> [String] {
        PodWarnings.of(template: job.spec.template, oldTemplate: old?.spec.template)
    }

    var selectableFieldNames: [String] { ["status.successful"] }
    func selectableFields(_ job: Job) -> [(name: String, value: String)] {
        [("status.successful", "\(job.status.succeeded ?? 0)")]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Status", description: "Whether it runs, and how it ended."),
            TableColumn("Completions", description: "Pods that succeeded, of those wanted."),
            TableColumn("Duration", description: "How long it took, or takes so far."), .age,
        ] + TableColumn.template
    }

    func cells(_ job: Job, now: Timestamp) -> [JSON] {
        [
            .string(job.name), .string(state(of: job)), .string(completions(of: job)),
            .string(duration(of: job, now: now)), TableCell.age(job.metadata.creationTimestamp, now: now),
            TableCell.containerNames(job.spec.template), TableCell.containerImages(job.spec.template),
            TableCell.selector(job.spec.selector),
        ]
    }

    private func condition(_ type: String, of job: Job) -> JobCondition? {
        job.status.conditions.first { $0.type == type && $0.status == "True" }
    }

    private func state(of job: Job) -> String {
        if condition("Complete", of: job) != nil { return "Complete" }
        if condition("Failed", of: job) != nil { return "Failed" }
        if job.isBeingDeleted { return "Terminating" }
        for type in ["Suspended", "FailureTarget", "SuccessCriteriaMet"] where condition(type, of: job) != nil {
            return type
        }
        return "Running"
    }

    private func completions(of job: Job) -> String {
        let succeeded = job.status.succeeded ?? 0
        if let wanted = job.spec.completions { return "\(succeeded)/\(wanted)" }
        let parallelism = job.spec.parallelism ?? 0
        return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
    }

    private func duration(of job: Job, now: Timestamp) -> String {
        guard let start = job.status.startTime else { return "" }
        let failed = condition("Failed", of: job)?.lastTransitionTime
        let end = job.status.completionTime ?? failed ?? now
        return TableCell.humanDuration(end.seconds - start.seconds)
    }
}
