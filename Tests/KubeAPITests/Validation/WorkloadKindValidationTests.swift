import KubeAPI
import Machinery
import Testing

@Suite("Validation of stateful sets, cron jobs and jobs")
struct WorkloadKindValidationTests {
    private static func pod(_ policy: String) -> String {
        #"{"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"\#(policy)","dnsPolicy":"ClusterFirst","#
            + #""containers":[{"name":"c","image":"i","imagePullPolicy":"Always","terminationMessagePolicy":"File"}]}}"#
    }

    private static func setText(_ more: String) -> String {
        #"{"metadata":{"name":"s"},"spec":{"replicas":1,"podManagementPolicy":"OrderedReady","#
            + #""updateStrategy":{"type":"RollingUpdate"},"selector":{"matchLabels":{"a":"b"}},"#
            + #""template":\#(pod("Always"))\#(more)}}"#
    }

    private static let sets: [ValidationExample] = [
        ValidationExample(setText("")),
        ValidationExample(
            setText(#","podManagementPolicy":"Chaos""#),
            #"spec.podManagementPolicy: Invalid value: "Chaos": must be 'OrderedReady' or 'Parallel'"#),
        ValidationExample(
            setText(#","ordinals":{"start":-1}"#),
            "spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0"),
        ValidationExample(
            setText(#","selector":{"matchLabels":{"a":"c"}}"#),
            #"spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`"#),
        ValidationExample(
            setText(#","persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Keep","whenScaled":"Retain"}"#),
            #"spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Keep": supported values: "#
                + #""Retain", "Delete""#),
    ]

    @Test("stateful sets", arguments: sets)
    func checkSet(_ example: ValidationExample) throws {
        let errors = StatefulSetValidation.validate(try example.object(StatefulSet.self))
        #expect(errors.map(\.description) == example.errors)
    }

    @Test("a set's claims and service stay")
    func setUpdate() throws {
        let old = try Self.sets[0].object(StatefulSet.self)
        var new = old
        new.spec.replicas = 5
        #expect(StatefulSetValidation.validateUpdate(new, from: old).isEmpty)
        new.spec.serviceName = "other"
        #expect(StatefulSetValidation.validateUpdate(new, from: old).map(\.field) == ["spec"])
    }

    private static func cronText(_ schedule: String, _ more: String = "") -> String {
        #"{"metadata":{"name":"j"},"spec":{"schedule":"\#(schedule)","concurrencyPolicy":"Allow","#
            + #""jobTemplate":{"spec":{"template":\#(pod("Never"))}}\#(more)}}"#
    }

    private static let cronJobs: [ValidationExample] = [
        ValidationExample(cronText("*/5 0-3,8 ? jan-mar mon")), ValidationExample(cronText("@daily")),
        ValidationExample(cronText("@every 1h30m")),
        ValidationExample(
            cronText("* * * *"),
            #"spec.schedule: Invalid value: "* * * *": expected exactly 5 fields, found 4: [* * * *]"#),
        ValidationExample(
            cronText("60 * * * *"),
            #"spec.schedule: Invalid value: "60 * * * *": end of range (60) above maximum (59): 60"#),
        ValidationExample(
            cronText("*/0 * * * *"),
            #"spec.schedule: Invalid value: "*/0 * * * *": step of range should be a positive number: */0"#),
        ValidationExample(
            cronText("@never"), #"spec.schedule: Invalid value: "@never": unrecognized descriptor: @never"#),
        ValidationExample(
            cronText("* * * * *", #","timeZone":"Nowhere/At_all""#),
            #"spec.timeZone: Invalid value: "Nowhere/At_all": unknown time zone Nowhere/At_all"#),
        ValidationExample(
            cronText("TZ=UTC * * * * *"),
            #"spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone "#
                + "field instead"),
    ]

    @Test("cron jobs", arguments: cronJobs)
    func cronJob(_ example: ValidationExample) throws {
        let job = try example.object(CronJob.self)
        let errors = CronJobValidation.validate(job) + CronJobValidation.validateCreate(job)
        #expect(errors.map(\.description) == example.errors)
    }

    private static func policyJob(_ more: String) -> String {
        #"{"metadata":{"name":"j","uid":"u"},"spec":{"manualSelector":true,"selector":{"matchLabels":{"a":"b"}},"#
            + #""completionMode":"Indexed","completions":5,"parallelism":2,"template":\#(pod("Never")),\#(more)}}"#
    }

    private static let rules = "spec.podFailurePolicy.rules"
    private static let jobs: [ValidationExample] = [
        ValidationExample(
            policyJob(
                #""podReplacementPolicy":"Failed","podFailurePolicy":{"rules":[{"action":"Ignore","#
                    + #""onPodConditions":[{"type":"DisruptionTarget","status":"True"}]}]}"#)),
        ValidationExample(policyJob(#""successPolicy":{"rules":[{"succeededIndexes":"0,2-4","succeededCount":2}]}"#)),
        ValidationExample(
            policyJob(
                #""podFailurePolicy":{"rules":[{"action":"FailIndex","onExitCodes":{"operator":"In","values":[0,3,2]}}]}"#
            ),
            #"\#(rules)[0].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set"#,
            "\(rules)[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator",
            "\(rules)[0].onExitCodes.values: Invalid value: [0,3,2]: must be ordered"),
        ValidationExample(
            policyJob(#""podFailurePolicy":{"rules":[{"action":"Count"}]}"#),
            "\(rules)[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required"),
        ValidationExample(
            policyJob(#""successPolicy":{"rules":[{"succeededIndexes":"3-9"}]}"#),
            #"spec.successPolicy.rules[0].succeededIndexes: Invalid value: "3-9": error parsing succeededIndexes: "#
                + #"too large index: "9""#),
        ValidationExample(
            policyJob(#""maxFailedIndexes":9,"backoffLimitPerIndex":1"#),
            "spec.maxFailedIndexes: Invalid value: 9: must be less than or equal to completions"),
    ]

    @Test("policies of jobs", arguments: jobs)
    func checkJob(_ example: ValidationExample) throws {
        let errors = JobValidation.validate(try example.object(Job.self))
        #expect(errors.map(\.description) == example.errors)
    }
}
