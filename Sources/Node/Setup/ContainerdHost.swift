import Foundation

/// What of this machine decides how containerd must be configured.
package struct ContainerdHost: Hashable, Sendable {
    /// Processes may lower their own and others' OOM scores (CAP_SYS_RESOURCE); without it runc fails on any container
    /// whose score is below its starter's.
    package var mayLowerOOMScore: Bool
    /// systemd is process 1 and cgroups are the unified hierarchy alone.
    package var systemdOwnsCgroups: Bool
    /// The filesystem below containerd's root can carry overlay mounts.
    package var supportsOverlay: Bool
    /// The AppArmor module is on and its parser is installed.
    package var appArmor: Bool

    package init(mayLowerOOMScore: Bool, systemdOwnsCgroups: Bool, supportsOverlay: Bool, appArmor: Bool) {
        self.mayLowerOOMScore = mayLowerOOMScore
        self.systemdOwnsCgroups = systemdOwnsCgroups
        self.supportsOverlay = supportsOverlay
        self.appArmor = appArmor
    }

    /// Looks at the running machine. `folder` must exist; it is used to try an overlay mount.
    package static func probe(folder: String) -> ContainerdHost {
        ContainerdHost(
            mayLowerOOMScore: hasCapability(24, inStatus: (Files.text("/proc/self/status") ?? "")),
            systemdOwnsCgroups: FileManager.default.fileExists(atPath: "/run/systemd/system")
                && FileManager.default.fileExists(atPath: "/sys/fs/cgroup/cgroup.controllers"),
            supportsOverlay: overlayWorks(in: folder),
            appArmor: (Files.text("/sys/module/apparmor/parameters/enabled") ?? "").hasPrefix("Y")
                && FileManager.default.fileExists(atPath: "/sbin/apparmor_parser"))
    }

    /// Reads the effective capability set out of a `/proc/PID/status` text.
    package static func hasCapability(_ number: UInt64, inStatus status: String) -> Bool {
        for line in status.split(separator: "\n") where line.hasPrefix("CapEff:") {
            let digits = line.dropFirst("CapEff:".count).trimmingCharacters(in: .whitespaces)
            guard number < 64, let set = UInt64(digits, radix: 16) else { return false }
            return set & (1 << number) != 0
        }
        return false
    }

    /// Filesystem names do not tell (an overlay on an overlay fails, on some network filesystems too), so it is tried.
    private static func overlayWorks(in folder: String) -> Bool {
        let trial = folder + "/overlay-trial"
        let manager = FileManager.default
        defer { _ = try? manager.removeItem(atPath: trial) }
        do {
            for part in ["lower", "upper", "work", "merged"] {
                try manager.createDirectory(atPath: "\(trial)/\(part)", withIntermediateDirectories: true)
            }
        } catch {
            return false
        }
        let options = "lowerdir=\(trial)/lower,upperdir=\(trial)/upper,workdir=\(trial)/work"
        guard mount("overlay", "\(trial)/merged", "overlay", 0, options) == 0 else { return false }
        return umount2("\(trial)/merged", Int32(MNT_DETACH)) == 0
    }
}
