import CRI
import Glibc
import KubeAPI

extension VolumeManager {
    /// The mounts of a container: its volumes, its `/etc/hosts`, and the file for its last words.
    package func mounts(
        _ container: Container, pod: Pod, podAddresses: [String], variables: [(name: String, value: String)]
    ) throws -> [RuntimeV1.Mount] {
        let values = Dictionary(variables.map { ($0.name, $0.value) }) { $1 }
        var mounts: [RuntimeV1.Mount] = []
        for wanted in container.volumeMounts {
            guard let volume = pod.spec.volumes.first(where: { $0.name == wanted.name }) else {
                throw ContainerStartError.configuration(
                    "volume \(wanted.name) of container \(container.name) is not defined")
            }
            var path = try folder(of: volume, pod: pod)
            var subPath = wanted.subPath ?? ""
            if let expression = wanted.subPathExpr, !expression.isEmpty {
                subPath = VariableExpansion.expand(expression) { values[$0] }
            }
            if !subPath.isEmpty {
                path =
                    volume.image == nil
                    ? try resolve(subPath, in: path, container: container, pod: pod)
                    : try resolve(subPath, inImage: path)
            }
            if volume.hostPath != nil, (volume.hostPath?.type ?? "").isEmpty, !Files.exists(path) {
                // The runtime would refuse; the kubelet's habit is a folder.
                try Files.makeFolder(path)
            }
            var mount = RuntimeV1.Mount()
            mount.hostPath = path
            mount.containerPath = wanted.mountPath.hasPrefix("/") ? wanted.mountPath : "/" + wanted.mountPath
            mount.readonly =
                wanted.readOnly == true || volume.persistentVolumeClaim?.readOnly == true || volume.image != nil
            switch wanted.mountPropagation ?? "None" {
            case "HostToContainer": mount.propagation = RuntimeV1.MountPropagation.hostToContainer.rawValue
            case "Bidirectional": mount.propagation = RuntimeV1.MountPropagation.bidirectional.rawValue
            default: mount.propagation = RuntimeV1.MountPropagation.privateMount.rawValue
            }
            mounts.append(mount)
        }
        if !container.volumeMounts.contains(where: { $0.mountPath == "/etc/hosts" }) {
            mounts.append(try hostsMount(container, pod: pod, podAddresses: podAddresses))
        }
        mounts.append(try terminationMount(container, pod: pod))
        return mounts
    }

    /// A path inside a volume, made as a folder when it is not there. Links may not lead out of the volume.
    private func resolve(_ subPath: String, in volume: String, container: Container, pod: Pod) throws -> String {
        func refuse(_ why: String) -> ContainerStartError {
            .configuration(
                "failed to prepare subPath for volumeMount \"\(subPath)\" of container \"\(container.name)\": \(why)")
        }
        guard !subPath.hasPrefix("/"), !subPath.split(separator: "/").contains("..") else {
            throw refuse("the path must stay inside the volume")
        }
        let path = volume + "/" + subPath
        if !Files.exists(path) { try Files.makeFolder(path, mode: Files.permissions(volume) ?? 0o750) }
        guard let root = realPath(volume), let real = realPath(path) else {
            throw refuse("the path cannot be resolved")
        }
        guard real == root || real.hasPrefix(root + "/") else { throw refuse("the path leads out of the volume") }
        return real
    }

    /// A folder inside an image. Links may not lead out of it.
    private func resolve(_ subPath: String, inImage folder: String) throws -> String {
        func refuse(_ why: String) -> ContainerStartError {
            ImageVolumes.failure("failed to ensure image subpath \"\(subPath)\" in \"\(folder)\": \(why)")
        }
        guard let root = realPath(folder), let real = realPath(folder + "/" + subPath) else {
            throw refuse("openat \(subPath): no such file or directory")
        }
        guard real == root || real.hasPrefix(root + "/") else {
            throw refuse("openat \(subPath): path escapes from parent")
        }
        guard Files.kind(real) == S_IFDIR else {
            throw refuse("only directory subpath is supported, subpath: \"\(subPath)\", mountpoint: \"\(folder)\" ")
        }
        return real
    }

    private func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The block devices that a container uses as they are.
    package func devices(_ container: Container, pod: Pod) throws -> [RuntimeV1.Device] {
        try container.volumeDevices.map { wanted in
            guard let volume = pod.spec.volumes.first(where: { $0.name == wanted.name }) else {
                throw ContainerStartError.configuration(
                    "volume \(wanted.name) of container \(container.name) is not defined")
            }
            var device = RuntimeV1.Device()
            device.hostPath = try folder(of: volume, pod: pod)
            device.containerPath = wanted.devicePath
            device.permissions = volume.persistentVolumeClaim?.readOnly == true ? "r" : "mrw"
            return device
        }
    }

    private func hostsMount(_ container: Container, pod: Pod, podAddresses: [String]) throws -> RuntimeV1.Mount {
        let path = settings.paths.hosts(pod.uid)
        let text = PodHosts.file(
            pod, addresses: podAddresses, clusterDomain: settings.clusterDomain,
            hostFile: pod.usesHostNetwork ? Files.text("/etc/hosts") ?? "" : "")
        if Files.text(path) != text { try Files.write(text, to: path) }
        var mount = RuntimeV1.Mount()
        mount.hostPath = path
        mount.containerPath = "/etc/hosts"
        mount.readonly = container.securityContext?.readOnlyRootFilesystem ?? false
        return mount
    }

    /// A file of its own for every start, so that what an earlier one left is not taken for this one's.
    private func terminationMount(_ container: Container, pod: Pod) throws -> RuntimeV1.Mount {
        let folder = settings.paths.container(pod.uid, container.name)
        try Files.makeFolder(folder, mode: 0o750)
        let path = "\(folder)/\(String(UInt32.random(in: .min ... .max), radix: 16))"
        try Files.write([], to: path, mode: 0o666)
        var mount = RuntimeV1.Mount()
        mount.hostPath = path
        mount.containerPath = container.terminationMessagePath ?? "/dev/termination-log"
        return mount
    }
}
