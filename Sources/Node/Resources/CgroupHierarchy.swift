/// How the machine's control groups are laid out.
package enum CgroupVersion: Hashable, Sendable {
    /// One folder per controller.
    case v1
    /// One folder for all.
    case v2
}

/// Who makes control groups, and so how parents are named to the runtime.
package enum CgroupDriver: Hashable, Sendable {
    /// Paths below the hierarchy.
    case cgroupfs
    /// systemd's slices.
    case systemd
}

/// The groups above containers: `gantry/kubepods`, a level per QoS class, and one group per pod.
///
/// The runtime makes the containers' own groups inside. Guaranteed pods sit directly below `kubepods`.
package struct CgroupHierarchy: Sendable {
    package let root: String
    package let version: CgroupVersion
    package let driver: CgroupDriver
    /// Controllers with a folder of their own (version 1).
    let controllers: [String]

    /// - Parameter root: where the hierarchy is mounted, normally `/sys/fs/cgroup`.
    package init(root: String = "/sys/fs/cgroup", driver: CgroupDriver) {
        self.root = root
        self.driver = driver
        version = Files.exists(root + "/cgroup.controllers") ? .v2 : .v1
        controllers =
            version == .v2 ? [] : Files.list(root).filter { Files.exists("\(root)/\($0)/tasks") }.sorted()
    }

    /// The components of a pod's group below the root.
    private func components(_ qos: QoSClass, pod uid: String?) -> [String] {
        var parts = ["gantry", "kubepods"]
        switch qos {
        case .guaranteed: break
        case .burstable: parts.append("burstable")
        case .bestEffort: parts.append("besteffort")
        }
        if let uid { parts.append("pod" + (driver == .systemd ? uid.replacingCharacter("-", with: "_") : uid)) }
        return parts
    }

    /// What a sandbox's configuration names as its parent.
    package func parent(_ qos: QoSClass, pod uid: String) -> String {
        let parts = components(qos, pod: uid)
        switch driver {
        case .cgroupfs: return "/" + parts.joined(separator: "/")
        case .systemd: return parts.joined(separator: "-") + ".slice"
        }
    }

    /// The group's path below a controller's root.
    package func path(_ qos: QoSClass, pod uid: String?) -> String {
        let parts = components(qos, pod: uid)
        switch driver {
        case .cgroupfs: return "/" + parts.joined(separator: "/")
        case .systemd:
            return parts.indices.map { "/" + parts[...$0].joined(separator: "-") + ".slice" }.joined()
        }
    }
}

extension String {
    func replacingCharacter(_ old: Character, with new: Character) -> String {
        String(map { $0 == old ? new : $0 })
    }
}
