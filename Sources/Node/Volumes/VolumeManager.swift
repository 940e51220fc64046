import CRI
import Glibc
import KubeAPI
import Machinery

/// Sets up pods' volumes, keeps those made from API objects current, and takes them down.
///
/// It remembers nothing: what is on disk and what the pod says is enough, so the agent may restart at any time.
/// What holds secrets or tokens lives in one folder of memory and never reaches a disk.
package struct VolumeManager: Sendable {
    let settings: NodeSettings
    let objects: any PodObjects
    let tokens: any TokenSource
    let clock: NodeClock

    package init(settings: NodeSettings, objects: any PodObjects, tokens: any TokenSource, clock: NodeClock) {
        self.settings = settings
        self.objects = objects
        self.tokens = tokens
        self.clock = clock
    }

    /// Makes the folders that all pods share. To be called once at start.
    package func prepareNode() throws(FileError) {
        try Files.makeFolder(settings.paths.pods, mode: 0o750)
        try Files.makeFolder(settings.paths.logs)
        try Files.makeFolder(settings.paths.memory, mode: 0o750)
        try Mounts.mountMemory(at: settings.paths.memory, options: "mode=0750,size=10%")
    }

    /// Sets up all volumes of a pod, or brings them up to date; safe to repeat.
    ///
    /// - Returns: when to call again because a token has to be renewed.
    /// - Throws: `VolumeError`, or the API's or the system's error.
    package func prepare(_ pod: Pod, podAddresses: [String]) async throws -> Timestamp? {
        try Files.makeFolder(settings.paths.pod(pod.uid), mode: 0o750)
        let fields = DownwardFields(
            pod: pod, podAddresses: podAddresses, hostAddresses: settings.hostAddresses,
            allocatable: settings.allocatable)
        let content = VolumeContent(fields: fields, objects: objects, tokens: tokens)
        var renewAt: Timestamp?
        for volume in pod.spec.volumes {
            do {
                guard let next = try await prepare(volume, pod, content) else { continue }
                renewAt = min(renewAt ?? next, next)
            } catch let error as FileError {
                throw VolumeError(volume.name, error.description)
            } catch let error as StatusError {
                throw VolumeError(volume.name, error.message)
            }
        }
        return renewAt
    }

    private func prepare(_ volume: Volume, _ pod: Pod, _ content: VolumeContent) async throws -> Timestamp? {
        let name = volume.name
        if let claim = Self.claimName(of: volume, pod: pod) {
            try await prepare(claim: claim, volume, pod)
            return nil
        }
        let path = try folder(of: volume, pod: pod)
        if let source = volume.emptyDir {
            try prepareEmpty(source, at: path, pod: pod)
        } else if let source = volume.hostPath {
            try HostPath.check(source, volume: name)
        } else if let source = volume.configMap {
            try write(try await content.configMap(source, volume: name), at: path, pod: pod)
        } else if let source = volume.secret {
            try write(try await content.secret(source, volume: name), at: path, pod: pod)
        } else if let source = volume.downwardAPI {
            try write(try content.downward(source, volume: name), at: path, pod: pod)
        } else if let source = volume.projected {
            let files = try await content.projected(source, volume: name)
            try write(files, at: path, pod: pod)
            return files.renewAt
        }
        return nil
    }

    /// Where a volume is on the host.
    package func folder(of volume: Volume, pod: Pod) throws(VolumeError) -> String {
        let paths = settings.paths
        if let source = volume.hostPath { return source.path }
        if volume.image != nil { return ImageVolumes.folder(paths, pod: pod.uid, volume.name) }
        if volume.emptyDir != nil { return paths.volume(pod.uid, plugin: "empty-dir", volume.name) }
        if volume.configMap != nil { return paths.volume(pod.uid, plugin: "configmap", volume.name) }
        if volume.downwardAPI != nil { return paths.volume(pod.uid, plugin: "downward-api", volume.name) }
        if volume.secret != nil { return paths.memoryVolume(pod.uid, plugin: "secret", volume.name) }
        if volume.projected != nil { return paths.memoryVolume(pod.uid, plugin: "projected", volume.name) }
        if Self.claimName(of: volume, pod: pod) != nil { return try claimPlace(volume, pod) }
        let kind = volume.json.keys.first { $0 != "name" } ?? "none"
        throw VolumeError(volume.name, "volumes of the kind \(kind) are not supported on this node")
    }

    private func write(_ content: VolumeContent.Files, at path: String, pod: Pod) throws(FileError) {
        let now = clock.time
        let stamp = "\(now.rfc3339.filter { $0.isNumber })_\(now.nanoseconds)"
        try AtomicFolder(path: path).write(content.files, group: group(pod), stamp: stamp)
    }

    private func group(_ pod: Pod) -> gid_t? {
        pod.spec.securityContext?.fsGroup.flatMap { gid_t(exactly: $0) }
    }

    private func prepareEmpty(_ source: EmptyDirVolumeSource, at path: String, pod: Pod) throws(FileError) {
        let isNew = !Files.exists(path)
        try Files.makeFolder(path, mode: 0o777)
        if source.medium == "Memory", !Mounts.isMountPoint(path) {
            let size =
                source.sizeLimit.flatMap { $0.isZero ? nil : $0.value } ?? PodResources.limit(pod, "memory")?.value
            try Mounts.mountMemory(at: path, options: "mode=0777" + (size.map { ",size=\($0)" } ?? ""))
        }
        if isNew, let group = group(pod) { try Files.setGroup(path, group: group, isReadOnly: false) }
    }

    /// Takes all volumes of a pod down and removes its folders; safe to repeat.
    package func remove(uid: String) throws(FileError) {
        let folder = settings.paths.pod(uid)
        if Files.exists(folder + "/volumes") {
            for plugin in Files.list(folder + "/volumes") {
                for volume in Files.list("\(folder)/volumes/\(plugin)") {
                    try Mounts.unmount("\(folder)/volumes/\(plugin)/\(volume)")
                }
            }
        }
        try Files.removeTree(folder)
        try Files.removeTree("\(settings.paths.memory)/\(uid)")
        tokens.forget(pod: uid)
    }

    /// The uids of the pods that have folders.
    package func podUIDs() -> Set<String> {
        Set(Files.list(settings.paths.pods)).union(Files.list(settings.paths.memory))
    }
}
