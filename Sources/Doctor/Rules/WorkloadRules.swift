import KubeAPI
import Machinery

/// Workloads that do not get to where they should be.
enum WorkloadRules {
    static func examine(_ picture: ClusterPicture) -> [Finding] {
        var findings = picture.deployments.flatMap { deployment($0, picture) }
        for set in picture.replicaSets {
            findings += rejected(set.objectName, wants: set.spec.replicas ?? 1, set.status.replicas, picture)
        }
        for set in picture.statefulSets {
            findings += rejected(set.objectName, wants: set.spec.replicas ?? 1, set.status.replicas, picture)
        }
        for set in picture.daemonSets {
            let status = set.status
            findings += rejected(
                set.objectName, wants: status.desiredNumberScheduled, status.currentNumberScheduled, picture)
        }
        findings += picture.jobs.flatMap { job($0, picture) }
        return findings + picture.autoscalers.flatMap(autoscaler)
    }

    private static func deployment(_ deployment: Deployment, _ picture: ClusterPicture) -> [Finding] {
        let subject = deployment.objectName
        let progress = deployment.status.conditions.first { $0.type == "Progressing" }
        if progress?.status == "False", progress?.reason == "ProgressDeadlineExceeded" {
            let replicas = deployment.spec.replicas ?? 1
            return [
                Finding(
                    .rolloutStuck, subject,
                    "The rollout does not come to its end: \(deployment.status.readyReplicas ?? 0) of \(replicas) pods "
                        + "are ready, \(deployment.status.updatedReplicas ?? 0) are of the new version.",
                    evidence: [Evidence("condition Progressing", progress?.message ?? "")],
                    next: [
                        subject.kubectl("rollout status deployment/\(deployment.name)"),
                        subject.kubectl("rollout undo deployment/\(deployment.name)"),
                    ])
            ]
        }
        let isBehind = (deployment.status.updatedReplicas ?? 0) < (deployment.spec.replicas ?? 1)
        if deployment.spec.paused == true, isBehind {
            return [
                Finding(
                    .rolloutPaused, subject, "The rollout is paused before its end.",
                    evidence: [Evidence("spec.paused", "true")],
                    next: [subject.kubectl("rollout resume deployment/\(deployment.name)")])
            ]
        }
        return []
    }

    /// Pods that could not even be made.
    private static func rejected(
        _ subject: ObjectName, wants: Int32, _ has: Int32, _ picture: ClusterPicture
    ) -> [Finding] {
        guard has < wants, let event = picture.events(of: subject, reason: "FailedCreate").first else { return [] }
        return [RejectionRules.finding(subject, event, picture)]
    }

    private static func job(_ job: Job, _ picture: ClusterPicture) -> [Finding] {
        let subject = job.objectName
        if let failed = job.status.conditions.first(where: { $0.type == "Failed" && $0.status == "True" }) {
            let isLate = failed.reason == "DeadlineExceeded"
            return [
                Finding(
                    isLate ? .jobDeadline : .jobFailed, subject,
                    isLate ? "The job took longer than it may." : "The job has failed as often as it may.",
                    evidence: [Evidence("condition Failed", "\(failed.reason ?? ""): \(failed.message ?? "")")],
                    next: [
                        subject.kubectl("logs job/\(job.name) --all-pods"), subject.describe,
                    ])
            ]
        }
        let isAtWork = (job.status.active ?? 0) > 0 || job.status.completionTime != nil || job.spec.suspend == true
        return rejected(subject, wants: isAtWork ? 0 : 1, 0, picture)
    }

    private static func autoscaler(_ autoscaler: HorizontalPodAutoscaler) -> [Finding] {
        let failing = autoscaler.status.conditions.first { condition in
            ["ScalingActive", "AbleToScale"].contains(condition.type) && condition.status == "False"
                && condition.reason != "ScalingDisabled"
        }
        guard let failing else { return [] }
        return [
            Finding(
                .autoscaler, autoscaler.objectName, "The autoscaler does not know how many pods there should be.",
                evidence: [Evidence("condition \(failing.type)", "\(failing.reason ?? ""): \(failing.message ?? "")")],
                next: [autoscaler.objectName.describe, "kubectl get apiservices v1beta1.metrics.k8s.io"])
        ]
    }
}
