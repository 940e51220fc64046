import KubeAPI
import Machinery

/// Models that are not served as they should be, and GPUs that serve nobody.
enum ModelRules {
    static func examine(_ picture: ClusterPicture) -> [Finding] {
        picture.models.filter { !$0.isBeingDeleted }.flatMap { examine($0) }
            + picture.pools.compactMap { queue($0, picture) } + picture.heldGPUs.map(held)
    }

    private static func examine(_ model: ServedModel) -> [Finding] {
        if let refused = model.condition("Progressing"), refused.reason == "ObjectsRefused" {
            return [
                Finding(
                    .modelRefused, model.objectName, "The API server does not take what is made for the model.",
                    evidence: [quote(refused)], next: [model.objectName.describe])
            ]
        }
        if let rolledBack = model.condition("RolledBack"), rolledBack.status == "True" {
            return [Self.rolledBack(model, rolledBack)]
        }
        guard let ready = model.condition("Ready"), ready.status == "False" else { return [] }
        let progress = model.condition("Progressing")
        // A version on its way has its time.
        let isLate = progress?.status == "False" || ready.reason == "NoReadyReplica"
        guard isLate else { return [] }
        return [
            Finding(
                .modelNotReady, model.objectName,
                "No replica of the model is ready\(model.currentVersion.map { ", of version \($0) neither" } ?? "").",
                evidence: [quote(ready)] + (progress.map { [quote($0)] } ?? []),
                next: [
                    model.objectName.kubectl("get pods -l gantry.dev/model-service=\(model.name)"),
                    model.objectName.describe,
                ])
        ]
    }

    private static func rolledBack(_ model: ServedModel, _ condition: Condition) -> Finding {
        var evidence = [quote(condition)]
        if let last = model.lastRollout {
            evidence.append(
                Evidence(
                    "status.history",
                    "version \(last.string("version") ?? ""): \(last.string("outcome") ?? ""), "
                        + "\(last.string("reason") ?? "")"))
            for step in last.values("steps").compactMap(\.objectValue).suffix(2) {
                evidence.append(
                    Evidence(
                        "step \(step.int64("percent") ?? 0) %",
                        "\(step.string("verdict") ?? ""): \(step.string("message") ?? "")"))
            }
        }
        return Finding(
            .modelRolledBack, model.objectName,
            "The new version was taken back; \(model.currentVersion.map { "version \($0)" } ?? "the old one") serves.",
            evidence: evidence,
            next: [model.objectName.describe, model.objectName.kubectl("edit modelservice \(model.name)")])
    }

    private static func queue(_ pool: ModelPool, _ picture: ClusterPicture) -> Finding? {
        guard let waiting = picture.queues["\(pool.namespace)/\(pool.name)"], waiting > 0,
            waiting >= pool.queueLimit
        else { return nil }
        return Finding(
            .queueFull, pool.objectName,
            "As many requests wait as may: the gateway answers others with 429.",
            evidence: [Evidence("requests that wait", "\(waiting) of \(pool.queueLimit)")],
            next: [
                pool.objectName.kubectl("get modelservices"),
                pool.objectName.kubectl("get pods --show-labels"),
            ])
    }

    private static func held(_ held: HeldGPUs) -> Finding {
        Finding(
            .gpuHeldIdle, held.pod,
            "The pod holds \(held.gpus == 1 ? "a GPU" : "\(held.gpus) GPUs") and serves nobody.",
            evidence: [Evidence("last request", "before \(held.since)")],
            next: ["gantry cost --by model", held.pod.kubectl("get modelservices")])
    }

    private static func quote(_ condition: Condition) -> Evidence {
        Evidence("condition \(condition.type)", "\(condition.reason): \(condition.message)")
    }
}
