import Client
import KubeAPI
import Machinery

extension PersistentVolumeController {
    /// Hands a claim to the provisioner that its class names: it watches claims for its own name.
    func provision(_ claim: PersistentVolumeClaim, _ storageClass: StorageClass?) async throws -> ReconcileOutcome {
        guard let storageClass else {
            fail(claim, "storageclass.storage.k8s.io \"\(claim.className)\" not found")
            return Self.reminder
        }
        let provisioner = storageClass.provisioner
        // What Kubernetes once provisioned itself is gone; `kubernetes.io/no-provisioner` never was anybody.
        guard !provisioner.hasPrefix("kubernetes.io/") else {
            fail(claim, "no volume plugin matched name: \(provisioner)")
            return Self.reminder
        }
        if claim.annotations[VolumeMarks.provisioner] != provisioner {
            var changed = claim
            changed.metadata.annotations[VolumeMarks.provisioner] = provisioner
            changed.metadata.annotations[VolumeMarks.betaProvisioner] = provisioner
            writtenClaims.note(try await context.client.update(changed))
        }
        recorder.event(
            claim, reason: "ExternalProvisioning",
            message: "Waiting for a volume to be created either by the external provisioner '\(provisioner)' or "
                + "manually by the system administrator. If volume creation is delayed, please verify that the "
                + "provisioner is running and correctly registered.")
        return Self.reminder
    }

    private func fail(_ claim: PersistentVolumeClaim, _ message: String) {
        recorder.event(claim, type: .warning, reason: "ProvisioningFailed", message: message)
    }
}
