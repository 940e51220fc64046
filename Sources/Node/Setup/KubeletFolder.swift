import Glibc

/// The folder in which drivers of devices and monitoring look for the kubelet's sockets.
///
/// Programs made for the kubelet have `/var/lib/kubelet` built in, so it is used wherever no kubelet is there already.
package struct KubeletFolder: Hashable, Sendable {
    package static let standard = KubeletFolder("/var/lib/kubelet")
    /// What the kernel takes for a socket's path.
    private static let maxPathBytes = 107

    package let path: String

    package init(_ path: String) { self.path = path }

    /// Where drivers register, and have their own sockets.
    package var devicePlugins: String { path + "/device-plugins" }
    package var podResourcesSocket: String { path + "/pod-resources/kubelet.sock" }
    /// Where programs leave labels for the node.
    package var features: String { path + "/features.d" }
    private var registrationSocket: String { devicePlugins + "/kubelet.sock" }
    private var isShortEnough: Bool { podResourcesSocket.utf8.count <= Self.maxPathBytes }

    /// The standard folder, made; unless another agent answers there, did so at an earlier start, or the folder cannot
    /// be made, as on a machine with a read-only system: then one of the node's own.
    package static func choose(
        dataFolder: String, standard: KubeletFolder = .standard
    ) throws(FileError) -> KubeletFolder {
        let own = KubeletFolder(dataFolder + "/kubelet")
        if Files.exists(own.devicePlugins) { return own }
        if !UnixSocket.accepts(path: standard.registrationSocket), standard.canBeMade { return standard }
        guard own.isShortEnough else { throw FileError("bind", own.podResourcesSocket, code: ENAMETOOLONG) }
        return own
    }

    private var canBeMade: Bool {
        do {
            try make()
            return access(devicePlugins, W_OK) == 0
        } catch {
            // The caller has another.
            return false
        }
    }

    /// The folder that the node of a data folder uses already, or would.
    package static func used(dataFolder: String) -> KubeletFolder {
        let own = KubeletFolder(dataFolder + "/kubelet")
        return Files.exists(own.devicePlugins) ? own : standard
    }

    package func make() throws(FileError) {
        try Files.makeFolder(features)
        try Files.makeFolder(devicePlugins, mode: 0o750)
        try Files.makeFolder(path + "/pod-resources", mode: 0o750)
    }

    /// Removes sockets at which nobody answers, labels, and folders that are empty then; nothing while an agent is there.
    package func removeRemains() throws(FileError) {
        if UnixSocket.accepts(path: registrationSocket) || UnixSocket.accepts(path: podResourcesSocket) { return }
        let sockets = Files.list(devicePlugins).map { "\(devicePlugins)/\($0)" } + [podResourcesSocket]
        for socket in sockets where Files.kind(socket) == S_IFSOCK && !UnixSocket.accepts(path: socket) {
            try Self.remove(socket)
        }
        for name in Files.list(features) { try Self.remove("\(features)/\(name)") }
        for folder in [devicePlugins, path + "/pod-resources", features, path] {
            guard rmdir(folder) == 0 || [ENOENT, ENOTEMPTY, EEXIST, EBUSY].contains(errno) else {
                throw FileError("rmdir", folder)
            }
        }
    }

    private static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileError("unlink", path) }
    }
}
