import KubeAPI
import Machinery

struct CronJobStrategy: Strategy {
    func applyDefaults(_ job: inout CronJob) {
        guard job.json["spec"] != nil else { return }
        if (job.spec.concurrencyPolicy ?? "").isEmpty { job.spec.concurrencyPolicy = "Allow" }
        if job.spec.suspend == nil { job.spec.suspend = false }
        if job.spec.successfulJobsHistoryLimit == nil { job.spec.successfulJobsHistoryLimit = 3 }
        if job.spec.failedJobsHistoryLimit == nil { job.spec.failedJobsHistoryLimit = 1 }
        guard job.spec.json["jobTemplate"]?["spec"]?["template"] != nil else { return }
        PodSpecDefaults.apply(to: &job.spec.jobTemplate.spec.template)
    }

    func prepareForCreate(_ job: inout CronJob) {
        job.json["status"] = .object(JSONObject())
    }

    func validate(_ job: CronJob) -> [FieldError] { CronJobValidation.validate(job) }
    func validateCreate(_ job: CronJob) -> [FieldError] { CronJobValidation.validateCreate(job) }
    func validateUpdate(_ job: CronJob, from old: CronJob) -> [FieldError] {
        CronJobValidation.validateUpdate(job, from: old)
    }

    func warnings(for job: CronJob, from old: CronJob?) -> [String] {
        var warnings = old == nil ? PodWarnings.ofName(job.name) : []
        let template = job.spec.jobTemplate.spec.template
        if old?.spec.jobTemplate.spec.template.json != template.json {
            warnings += PodWarnings.of(
                template.spec, at: FieldPath("spec").child("jobTemplate", "spec", "template", "spec"))
        }
        if job.spec.schedule.contains("TZ") {
            warnings.append(
                "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see "
                    + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details")
        }
        return warnings
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Schedule", description: "When it runs."),
            TableColumn("Timezone", description: "The time zone of its schedule."),
            TableColumn("Suspend", type: "boolean", description: "Whether it is not to run for now."),
            .number("Active", "Jobs that run now."),
            TableColumn("Last Schedule", description: "Time since it last ran."), .age,
        ] + TableColumn.template
    }

    func cells(_ job: CronJob, now: Timestamp) -> [JSON] {
        let last = job.status.lastScheduleTime
        let suspended = job.spec.suspend.map { $0 ? "True" : "False" } ?? "<unset>"
        return [
            .string(job.name), .string(job.spec.schedule), .string(job.spec.timeZone ?? "<none>"),
            .string(suspended), .int(Int64(job.status.active.count)),
            last == nil ? "<none>" : TableCell.age(last, now: now),
            TableCell.age(job.metadata.creationTimestamp, now: now),
            TableCell.containerNames(job.spec.jobTemplate.spec.template),
            TableCell.containerImages(job.spec.jobTemplate.spec.template),
            TableCell.selector(job.spec.jobTemplate.spec.selector),
        ]
    }
}
