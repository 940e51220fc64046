import Glibc
import KubeAPI
import Machinery

/// Volumes behind claims: folders, files and devices that are on this node, named by `local` and `hostPath` volumes.
///
/// A pod's folder holds a link to each. It is all that is remembered; taking the pod down removes the link and never
/// what it leads to.
extension VolumeManager {
    /// The claim behind a pod's volume, by name or as the pod's own.
    static func claimName(of volume: Volume, pod: Pod) -> String? {
        if let claim = volume.persistentVolumeClaim { return claim.claimName }
        return volume.ephemeral == nil ? nil : "\(pod.name)-\(volume.name)"
    }

    /// Sets up what a claim is bound to; does nothing when that is done.
    func prepare(claim name: String, _ volume: Volume, _ pod: Pod) async throws {
        let link = settings.paths.claimLink(pod.uid, volume.name)
        guard !Files.exists(link) else { return }
        let found = try await boundVolume(ObjectKey(namespace: pod.namespace, name: name), volume, pod)
        let path = try place(of: found, volume)
        if found.spec.local != nil, found.spec.volumeMode != "Block", volume.persistentVolumeClaim?.readOnly != true {
            try handOver(path, to: pod)
        }
        guard let slash = link.lastIndex(of: "/") else { throw FileError("symlink", link, code: EINVAL) }
        try Files.makeFolder(String(link[..<slash]), mode: 0o750)
        guard symlink(path, link) == 0 else { throw FileError("symlink", link) }
    }

    /// What a claim leads to, as `prepare` left it.
    func claimPlace(_ volume: Volume, _ pod: Pod) throws(VolumeError) -> String {
        guard let path = Files.linkTarget(settings.paths.claimLink(pod.uid, volume.name)) else {
            throw VolumeError(volume.name, "the volume is not set up")
        }
        return path
    }

    private func boundVolume(_ key: ObjectKey, _ volume: Volume, _ pod: Pod) async throws -> PersistentVolume {
        func fail(_ why: String) -> VolumeError { VolumeError(volume.name, "error processing PVC \(key): \(why)") }
        guard let claim = try await objects.claim(key) else {
            throw fail("failed to fetch PVC from API server: persistentvolumeclaims \"\(key.name)\" not found")
        }
        if volume.ephemeral != nil, claim.controllerOwner?.uid != pod.uid {
            throw fail("PVC \(key) was not created for pod \(pod.key) (pod is not owner)")
        }
        let name = claim.spec.volumeName ?? ""
        guard claim.status.phase == "Bound", !name.isEmpty else { throw fail("PVC is not bound") }
        guard let found = try await objects.persistentVolume(name) else {
            throw fail("failed to fetch PV \"\(name)\" from API server: persistentvolumes \"\(name)\" not found")
        }
        guard found.spec.claimRef?.uid == claim.uid else {
            throw fail("PV \"\(name)\" is bound to another claim")
        }
        return found
    }

    /// Where on this node a volume is.
    private func place(of found: PersistentVolume, _ volume: Volume) throws -> String {
        if let source = found.spec.hostPath {
            try HostPath.check(source, volume: volume.name)
            if (source.type ?? "").isEmpty, !Files.exists(source.path) { try Files.makeFolder(source.path) }
            return source.path
        }
        guard let local = found.spec.local else {
            let kind = found.spec.json.keys.first { Self.sources.contains($0) } ?? "unknown"
            throw VolumeError(
                volume.name, "persistent volumes of the kind \(kind) are not supported on this node")
        }
        let isBlock = found.spec.volumeMode == "Block"
        let isOwn = found.annotations["pv.kubernetes.io/provisioned-by"] == LocalPath.provisioner
        if isOwn, LocalPath.isVolumeName(found.name), local.path == settings.paths.localVolume(found.name),
            !Files.exists(local.path)
        {
            try Files.makeFolder(settings.paths.localVolumes, mode: 0o711)
            // Whoever a container runs as may use its volume, as with provisioners of this kind elsewhere.
            try Files.makeFolder(local.path, mode: 0o777)
        }
        switch Files.kind(local.path) {
        case nil: throw VolumeError(volume.name, "path \"\(local.path)\" does not exist")
        case S_IFBLK where isBlock, S_IFDIR where !isBlock: return local.path
        case _ where isBlock: throw VolumeError(volume.name, "path \"\(local.path)\" is not a block device")
        default: throw VolumeError(volume.name, "path \"\(local.path)\" is not a directory")
        }
    }

    private static let sources: Set<String> = [
        "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker",
        "gcePersistentDisk", "glusterfs", "iscsi", "nfs", "photonPersistentDisk", "portworxVolume", "quobyte", "rbd",
        "scaleIO", "storageos", "vsphereVolume",
    ]

    /// Gives a volume to the pod's group; with `OnRootMismatch` only when its root is not the group's already.
    private func handOver(_ path: String, to pod: Pod) throws(FileError) {
        guard let group = pod.spec.securityContext?.fsGroup.flatMap({ gid_t(exactly: $0) }) else { return }
        if pod.spec.securityContext?.fsGroupChangePolicy == "OnRootMismatch" {
            var info = stat()
            guard stat(path, &info) == 0 else { throw FileError("stat", path) }
            if info.st_gid == group, info.st_mode & 0o2770 == 0o2770 { return }
        }
        try Files.setGroup(path, group: group, isReadOnly: false)
    }
}
