import Foundation

/// The configuration file of Gantry's own containerd (format version 2, read by containerd 1.6 and 1.7).
///
/// Rendering is a pure function of the layout, the host and these settings: the same input gives the same text, so an
/// unchanged file is left alone and a running containerd is not restarted for nothing.
package struct ContainerdConfiguration: Hashable, Sendable {
    package var layout: ContainerdLayout
    package var host: ContainerdHost
    /// Image that holds a pod's namespaces; it must be loaded before the first pod.
    package var pauseImage: String
    /// Folders searched for CNI plugins. containerd 1.6 takes one; the first that exists is used.
    package var networkPluginFolders: [String]
    /// Longest line of a container's log before it is split, in bytes.
    package var longestLogLine: Int
    /// Images pulled at once.
    package var concurrentDownloads: Int
    /// Folder with one `hosts.toml` per registry, or nil for containerd's own defaults.
    package var registryFolder: String?

    package static let pauseImageName = "gantry.local/pause:1"

    package init(
        layout: ContainerdLayout,
        host: ContainerdHost,
        pauseImage: String = ContainerdConfiguration.pauseImageName,
        networkPluginFolders: [String] = ["/opt/cni/bin", "/usr/lib/cni"],
        longestLogLine: Int = 16 * 1024,
        concurrentDownloads: Int = 3,
        registryFolder: String? = nil
    ) {
        self.layout = layout
        self.host = host
        self.pauseImage = pauseImage
        self.networkPluginFolders = networkPluginFolders
        self.longestLogLine = longestLogLine
        self.concurrentDownloads = concurrentDownloads
        self.registryFolder = registryFolder
    }

    /// Plugins the node never uses: other snapshotters, tracing, and the restart monitor, whose work the node agent does.
    /// `io.containerd.runtime.v1.linux` looks unused but the task service of 1.6 refuses to load without it.
    private static let disabledPlugins = [
        "io.containerd.snapshotter.v1.aufs",
        "io.containerd.snapshotter.v1.btrfs",
        "io.containerd.snapshotter.v1.devmapper",
        "io.containerd.snapshotter.v1.zfs",
        "io.containerd.internal.v1.restart",
        "io.containerd.internal.v1.opt",
        "io.containerd.internal.v1.tracing",
        "io.containerd.tracing.processor.v1.otlp",
    ]

    /// The folder CNI plugins are run from: the first candidate that holds the bridge plugin.
    package var networkPluginFolder: String {
        networkPluginFolders.first { FileManager.default.isExecutableFile(atPath: $0 + "/bridge") }
            ?? networkPluginFolders.last ?? "/opt/cni/bin"
    }

    /// The whole file.
    package func rendered() -> String {
        let cri = "io.containerd.grpc.v1.cri"
        var lines = [
            "# Written by gantry at every start; changes made here are lost.",
            "version = 2",
            "root = \(quoted(layout.root))",
            "state = \(quoted(layout.state))",
            // Killing containerd does not kill containers, but a node without it cannot start any.
            "oom_score = \(host.mayLowerOOMScore ? -999 : 0)",
            "disabled_plugins = [\(Self.disabledPlugins.map(quoted).joined(separator: ", "))]",
            "",
            "[grpc]",
            "address = \(quoted(layout.socket))",
            "",
            "[debug]",
            "level = \"warn\"",
            "",
            "[plugins.\"\(cri)\"]",
            "sandbox_image = \(quoted(pauseImage))",
            "restrict_oom_score_adj = \(!host.mayLowerOOMScore)",
            "disable_apparmor = \(!host.appArmor)",
            "stream_server_address = \"127.0.0.1\"",
            "stream_server_port = \"0\"",
            "max_container_log_line_size = \(longestLogLine)",
            "max_concurrent_downloads = \(concurrentDownloads)",
            // Network namespaces then live and die with this data folder instead of /run/netns.
            "netns_mounts_under_state_dir = true",
            // Pods may bind low ports and ping without privileges, as with other Kubernetes distributions.
            "enable_unprivileged_ports = true",
            "enable_unprivileged_icmp = true",
            "",
            "[plugins.\"\(cri)\".containerd]",
            "snapshotter = \"\(host.supportsOverlay ? "overlayfs" : "native")\"",
            "default_runtime_name = \"runc\"",
            "",
            "[plugins.\"\(cri)\".containerd.runtimes.runc]",
            "runtime_type = \"io.containerd.runc.v2\"",
            "",
            "[plugins.\"\(cri)\".containerd.runtimes.runc.options]",
            "Root = \(quoted(layout.runcRoot))",
            "SystemdCgroup = \(host.systemdOwnsCgroups)",
            "",
            "[plugins.\"\(cri)\".cni]",
            "bin_dir = \(quoted(networkPluginFolder))",
            "conf_dir = \(quoted(layout.networkConfigurationFolder))",
            "max_conf_num = 1",
        ]
        if let registryFolder {
            lines += ["", "[plugins.\"\(cri)\".registry]", "config_path = \(quoted(registryFolder))"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Makes the folders and writes the file when it differs. Returns whether it was written.
    package func write() throws(ContainerdError) -> Bool {
        let text = rendered()
        do {
            let manager = FileManager.default
            for folder in [layout.folder, layout.networkConfigurationFolder] {
                try manager.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
            }
            if manager.contents(atPath: layout.configuration) == Data(text.utf8) { return false }
            try Data(text.utf8).write(to: URL(fileURLWithPath: layout.configuration), options: .atomic)
            return true
        } catch {
            throw .file(layout.configuration, reason: "\(error)")
        }
    }

    /// A TOML basic string: quotes, backslashes and control characters escaped.
    private func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
