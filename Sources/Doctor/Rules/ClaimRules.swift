import KubeAPI
import Machinery

/// Claims that no volume comes for.
enum ClaimRules {
    static func examine(_ claim: PersistentVolumeClaim, in picture: ClusterPicture) -> [Finding] {
        let subject = claim.objectName
        if claim.status.phase == "Lost" {
            return [
                Finding(
                    .lostClaim, subject, "The claim's volume \(claim.spec.volumeName ?? "") is gone, and its data.",
                    evidence: [Evidence("status.phase", "Lost")], next: [subject.describe])
            ]
        }
        guard claim.status.phase ?? "Pending" == "Pending", !claim.isBeingDeleted else { return [] }
        if let event = picture.events(of: subject, reason: "ProvisioningFailed").first {
            let isMissing = event.message?.contains("storageclass.storage.k8s.io") == true
            return [isMissing ? missingClass(claim, [.event(event)]) : failed(claim, event)]
        }
        let name = claim.spec.storageClassName
        if let name, !name.isEmpty {
            guard let found = picture.storageClasses.first(where: { $0.name == name }) else {
                return [missingClass(claim, [Evidence("spec.storageClassName", name)])]
            }
            // Waits for a pod, on purpose.
            if found.volumeBindingMode == "WaitForFirstConsumer" { return [] }
        }
        guard name == nil else { return [] }
        let known = picture.storageClasses.map(\.name)
        return [
            Finding(
                .missingStorageClass, subject, "The claim names no storage class, and the cluster has no default one.",
                evidence: [Evidence("storage classes", known.isEmpty ? "none" : known.joined(separator: ", "))],
                next: ["kubectl get storageclasses"])
        ]
    }

    private static func missingClass(_ claim: PersistentVolumeClaim, _ evidence: [Evidence]) -> Finding {
        Finding(
            .missingStorageClass, claim.objectName,
            "The claim's storage class \(claim.spec.storageClassName ?? "") is not there.", evidence: evidence,
            next: ["kubectl get storageclasses"])
    }

    private static func failed(_ claim: PersistentVolumeClaim, _ event: Event) -> Finding {
        Finding(
            .provisioningFailed, claim.objectName, "The provisioner cannot make a volume for the claim.",
            evidence: [.event(event)], next: [claim.objectName.describe])
    }
}
