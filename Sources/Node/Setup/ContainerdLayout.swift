import Foundation

/// Where Gantry's own containerd keeps everything: one folder, so that nothing is shared with a containerd or Docker of
/// the machine and removing the folder removes all of it.
package struct ContainerdLayout: Hashable, Sendable {
    /// The folder of this containerd, inside the data folder.
    package let folder: String
    /// CNI configuration; containerd reads the first file in it.
    package let networkConfigurationFolder: String

    package var configuration: String { folder + "/config.toml" }
    package var root: String { folder + "/root" }
    package var state: String { folder + "/state" }
    package var runcRoot: String { folder + "/runc" }
    package var socket: String { folder + "/containerd.sock" }
    package var processFile: String { folder + "/containerd.pid" }
    package var bootFile: String { folder + "/boot-id" }
    package var log: String { folder + "/containerd.log" }
    package var pauseArchive: String { folder + "/pause.tar" }

    /// - Throws: `ContainerdError.pathTooLong` when the socket's path does not fit a socket address.
    package init(dataFolder: String) throws(ContainerdError) {
        let data = dataFolder.count > 1 && dataFolder.hasSuffix("/") ? String(dataFolder.dropLast()) : dataFolder
        folder = data + "/containerd"
        networkConfigurationFolder = data + "/cni/net.d"
        // sockaddr_un holds 108 bytes with the closing zero, and containerd opens a second socket with this suffix.
        let longest = socket + ".ttrpc"
        guard longest.utf8.count < 108 else { throw .pathTooLong(longest, limit: 107) }
    }
}
