import KubeAPI
import Machinery

/// Objects that are to go, and do not.
enum DeletionRules {
    /// How long a finalizer may take before it counts as stuck.
    private static let patience: Duration = .seconds(60)

    static func examine(_ picture: ClusterPicture) -> [Finding] {
        var findings = picture.namespaces.flatMap { namespace($0, picture) }
        findings += picture.claims.flatMap { finalizers($0, in: picture) }
        findings += picture.services.flatMap { finalizers($0, in: picture) }
        findings += picture.deployments.flatMap { finalizers($0, in: picture) }
        findings += picture.jobs.flatMap { finalizers($0, in: picture) }
        return findings
    }

    static func finalizers(_ object: some KubeObject, in picture: ClusterPicture) -> [Finding] {
        guard let age = object.deletionAge(picture.now), age > patience, !object.metadata.finalizers.isEmpty else {
            return []
        }
        let names = object.metadata.finalizers.joined(separator: ", ")
        let subject = object.objectName
        let isInUse = names.contains("kubernetes.io/pvc-protection")
        return [
            Finding(
                .finalizer, subject,
                isInUse
                    ? "The claim goes when no pod uses it any more."
                    : "It waits for whoever put the finalizer \(names) on it.",
                evidence: [Evidence("metadata.finalizers", names)],
                next: isInUse
                    ? [subject.describe]
                    : [
                        subject.describe,
                        subject.kubectl(
                            "patch \(subject.kind.lowercased()) \(subject.name) --type=merge "
                                + "-p '{\"metadata\":{\"finalizers\":null}}'"),
                    ])
        ]
    }

    /// Conditions of a namespace that say what is left in it.
    private static func namespace(_ namespace: Namespace, _ picture: ClusterPicture) -> [Finding] {
        guard namespace.status.phase == "Terminating", let age = namespace.deletionAge(picture.now), age > patience
        else { return [] }
        let telling = namespace.status.conditions.filter { condition in
            condition.status == "True" && condition.type.hasPrefix("Namespace")
        }
        return [
            Finding(
                .namespaceStuck, namespace.objectName, "The namespace is to go, but something in it does not.",
                evidence: telling.map { Evidence("condition \($0.type)", $0.message ?? "") },
                next: [
                    "kubectl api-resources --verbs=list --namespaced -o name | xargs -n1 kubectl get -n "
                        + "\(namespace.name) --ignore-not-found --show-kind",
                    "kubectl get apiservices",
                ])
        ]
    }
}
