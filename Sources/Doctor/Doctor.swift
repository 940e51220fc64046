import KubeAPI

/// Says what is wrong in a cluster, from its objects alone: no model, no guess without a quote.
///
/// A rule is a function of the picture: objects in, findings out. What is well gives none.
package enum Doctor {
    /// What somebody asks about.
    package enum Scope: Hashable, Sendable {
        case cluster
        case namespace(String)
        case object(ObjectName)
    }

    /// All that is wrong within the scope, causes before what follows from them.
    package static func examine(_ picture: ClusterPicture, _ scope: Scope = .cluster) -> [Finding] {
        var findings = picture.nodes.flatMap { NodeRules.examine($0, in: picture) }
        for pod in picture.pods {
            findings += SchedulingRules.examine(pod, in: picture)
            findings += ContainerRules.examine(pod, in: picture)
            findings += PodRules.examine(pod, in: picture)
        }
        findings += picture.claims.flatMap { ClaimRules.examine($0, in: picture) }
        findings += WorkloadRules.examine(picture)
        findings += picture.services.flatMap { ServiceRules.examine($0, in: picture) }
        findings += picture.ingresses.flatMap { ServiceRules.examine($0, in: picture) }
        findings += picture.budgets.flatMap { DisruptionRules.examine($0, in: picture) }
        findings += ModelRules.examine(picture)
        findings += WebhookRules.examine(picture)
        findings += DeletionRules.examine(picture)
        let related = Relations(picture).within(scope)
        let asked = findings.filter { related.contains($0.subject) }
        return gathered(asked, picture).sorted(by: isBefore)
    }

    private static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
        if left.cause.isConsequence != right.cause.isConsequence { return right.cause.isConsequence }
        return (left.subject, left.cause.rawValue) < (right.subject, right.cause.rawValue)
    }

    /// One finding for all pods of an owner with the same trouble.
    private static func gathered(_ findings: [Finding], _ picture: ClusterPicture) -> [Finding] {
        var owners: [ObjectName: String] = [:]
        for pod in picture.pods {
            owners[pod.objectName] = pod.metadata.ownerReferences.first { $0.controller == true }?.uid
        }
        var first: [String: Int] = [:]
        var gathered: [Finding] = []
        for finding in findings {
            guard let owner = owners[finding.subject] else {
                gathered.append(finding)
                continue
            }
            let key = "\(owner) \(finding.cause.rawValue)"
            if let index = first[key] {
                if gathered[index].subject != finding.subject { gathered[index].others.append(finding.subject) }
            } else {
                first[key] = gathered.count
                gathered.append(finding)
            }
        }
        return gathered
    }
}
