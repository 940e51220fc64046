import CRI
import Glibc

/// Looks at what the machine has left.
package struct MachineObserver: Sendable {
    /// The data folder; volumes and logs are on its filesystem.
    let folder: String
    let runtime: any ContainerRuntime

    /// What cannot be read is left out.
    func observe() async throws(CRIError) -> [EvictionSignal: EvictionObservation] {
        var observations: [EvictionSignal: EvictionObservation] = [:]
        let memory = MachineFacts.memory()
        if let available = memory["MemAvailable"], let total = memory["MemTotal"] {
            observations[.memoryAvailable] = EvictionObservation(available: available, capacity: total)
        }
        observations[.processesAvailable] = Self.processes()
        if let disk = Self.disk(folder) {
            observations[.nodeFilesystemAvailable] = disk.space
            observations[.nodeFilesystemInodesFree] = disk.inodes
        }
        // Where images are elsewhere they have a filesystem of their own; often it is the same one.
        let images = try await runtime.imageFilesystems().first?.fsId?.mountpoint ?? folder
        if let disk = Self.disk(images) {
            observations[.imageFilesystemAvailable] = disk.space
            observations[.imageFilesystemInodesFree] = disk.inodes
        }
        return observations
    }

    private static func disk(_ path: String) -> (space: EvictionObservation, inodes: EvictionObservation?)? {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0, disk.f_blocks > 0 else { return nil }
        func count(_ blocks: UInt) -> Int64 { Int64(clamping: UInt64(blocks) * UInt64(disk.f_frsize)) }
        let space = EvictionObservation(available: count(disk.f_bavail), capacity: count(disk.f_blocks))
        // Some filesystems make inodes as they need them and count none.
        guard disk.f_files > 0 else { return (space, nil) }
        let inodes = EvictionObservation(
            available: Int64(clamping: disk.f_favail), capacity: Int64(clamping: disk.f_files))
        return (space, inodes)
    }

    private static func processes() -> EvictionObservation? {
        // The fourth word is `running/all`.
        let words = (Files.text("/proc/loadavg") ?? "").split(separator: " ")
        let limits = ["pid_max", "threads-max"].compactMap { name in
            Files.text("/proc/sys/kernel/" + name).flatMap { Int64($0.filter(\.isNumber)) }
        }
        guard words.count > 3, let count = words[3].split(separator: "/").last.flatMap({ Int64($0) }),
            let limit = limits.min()
        else { return nil }
        return EvictionObservation(available: max(limit - count, 0), capacity: limit)
    }
}
