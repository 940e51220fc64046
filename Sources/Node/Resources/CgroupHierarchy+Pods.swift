import Glibc
import KubeAPI

/// CPU in the terms of the kernel.
package enum CPUShares {
    package static let minimum: Int64 = 2
    package static let maximum: Int64 = 262_144
    /// The time slice that quotas refer to, in microseconds.
    package static let period: Int64 = 100_000

    /// A thousandth of a core is 1.024 shares.
    package static func shares(milliCPU: Int64) -> Int64 {
        guard milliCPU > 0 else { return minimum }
        let (product, overflowed) = milliCPU.multipliedReportingOverflow(by: 1024)
        return overflowed ? maximum : min(max(product / 1000, minimum), maximum)
    }

    /// Microseconds of CPU per period; 0 for no limit.
    package static func quota(milliCPU: Int64) -> Int64 {
        guard milliCPU > 0 else { return 0 }
        let (product, overflowed) = milliCPU.multipliedReportingOverflow(by: period)
        return overflowed ? 0 : max(product / 1000, 1000)
    }

    /// Version 2's weight for version 1's shares.
    package static func weight(shares: Int64) -> Int64 {
        1 + (min(max(shares, minimum), maximum) - 2) * 9999 / 262_142
    }
}

/// What a group of the agent's own is allowed.
struct CgroupLimits: Hashable, Sendable {
    var cpuShares: Int64
    /// 0 for none.
    var cpuQuota: Int64 = 0
    /// `nil` for none.
    var memoryBytes: Int64?

    static func pod(_ pod: Pod) -> CgroupLimits {
        let requests = PodResources.requests(pod)
        var limits = CgroupLimits(cpuShares: CPUShares.shares(milliCPU: requests["cpu"]?.milliValue ?? 0))
        if let cpu = PodResources.limit(pod, "cpu") { limits.cpuQuota = CPUShares.quota(milliCPU: cpu.milliValue) }
        limits.memoryBytes = PodResources.limit(pod, "memory")?.value
        return limits
    }
}

extension CgroupHierarchy {
    /// Makes the groups above pods. To be called once at start.
    package func prepare(milliCPU: Int64) throws(FileError) {
        guard driver == .cgroupfs else { return }
        let burstable = CgroupLimits(cpuShares: CPUShares.minimum)
        try apply(CgroupLimits(cpuShares: CPUShares.shares(milliCPU: milliCPU)), at: path(.guaranteed, pod: nil))
        try apply(burstable, at: path(.burstable, pod: nil))
        try apply(CgroupLimits(cpuShares: CPUShares.minimum), at: path(.bestEffort, pod: nil))
    }

    /// Gives the burstable pods together what they ask for.
    package func setBurstable(milliCPU: Int64) throws(FileError) {
        guard driver == .cgroupfs else { return }
        try apply(
            CgroupLimits(cpuShares: CPUShares.shares(milliCPU: milliCPU)), at: path(.burstable, pod: nil))
    }

    /// Makes a pod's group with its limits. systemd makes slices itself; there the limits are set once it has.
    package func preparePod(_ pod: Pod) throws(FileError) {
        let group = path(QoSClass(pod), pod: pod.uid)
        if driver == .systemd, !Files.exists(root + group) { return }
        try apply(.pod(pod), at: group)
    }

    /// Removes a pod's group; groups that still hold something stay, and the next sweep tries again.
    package func removePod(uid: String) {
        for qos in [QoSClass.guaranteed, .burstable, .bestEffort] {
            let group = path(qos, pod: uid)
            for base in bases where Files.exists(base + group) {
                for child in Files.list(base + group) where Files.kind("\(base)\(group)/\(child)") == S_IFDIR {
                    rmdir("\(base)\(group)/\(child)")
                }
                rmdir(base + group)
            }
        }
    }

    /// The uids of the pods that have a group.
    package func podUIDs() -> Set<String> {
        guard driver == .cgroupfs, let base = bases.first else { return [] }
        var uids: Set<String> = []
        for qos in [QoSClass.guaranteed, .burstable, .bestEffort] {
            for name in Files.list(base + path(qos, pod: nil)) where name.hasPrefix("pod") {
                uids.insert(String(name.dropFirst(3)))
            }
        }
        return uids
    }

    /// Removes every group the agent made.
    package func removeAll() {
        for uid in podUIDs() { removePod(uid: uid) }
        for base in bases {
            for group in ["/gantry/kubepods/burstable", "/gantry/kubepods/besteffort", "/gantry/kubepods", "/gantry"] {
                rmdir(base + group)
            }
        }
    }

    private var bases: [String] {
        version == .v2 ? [root] : controllers.map { "\(root)/\($0)" }
    }

    private func apply(_ limits: CgroupLimits, at group: String) throws(FileError) {
        switch version {
        case .v1: try applyV1(limits, group)
        case .v2: try applyV2(limits, group)
        }
    }

    private func applyV1(_ limits: CgroupLimits, _ group: String) throws(FileError) {
        if controllers.contains("cpu") {
            let folder = "\(root)/cpu\(group)"
            try Files.makeFolder(folder)
            try Files.control(folder + "/cpu.shares", String(limits.cpuShares))
            if limits.cpuQuota > 0, Files.exists(folder + "/cpu.cfs_quota_us") {
                try Files.control(folder + "/cpu.cfs_period_us", String(CPUShares.period))
                try Files.control(folder + "/cpu.cfs_quota_us", String(limits.cpuQuota))
            }
        }
        if controllers.contains("memory") {
            let folder = "\(root)/memory\(group)"
            try Files.makeFolder(folder)
            if let bytes = limits.memoryBytes { try Files.control(folder + "/memory.limit_in_bytes", String(bytes)) }
        }
    }

    private func applyV2(_ limits: CgroupLimits, _ group: String) throws(FileError) {
        var folder = root
        for part in group.split(separator: "/") {
            // Children get only the controllers that their parent hands on.
            if driver == .cgroupfs {
                let available = Files.text(folder + "/cgroup.controllers") ?? ""
                for controller in available.split(whereSeparator: \.isWhitespace)
                where ["cpu", "memory", "pids", "cpuset", "io", "hugetlb"].contains(controller) {
                    try Files.control(folder + "/cgroup.subtree_control", "+\(controller)")
                }
            }
            folder += "/" + part
            try Files.makeFolder(folder)
        }
        if Files.exists(folder + "/cpu.weight") {
            try Files.control(folder + "/cpu.weight", String(CPUShares.weight(shares: limits.cpuShares)))
            if limits.cpuQuota > 0 {
                try Files.control(folder + "/cpu.max", "\(limits.cpuQuota) \(CPUShares.period)")
            }
        }
        if let bytes = limits.memoryBytes, Files.exists(folder + "/memory.max") {
            try Files.control(folder + "/memory.max", String(bytes))
        }
    }
}
