import Foundation

/// Removes what a data folder's containers leave behind when they are not taken down one by one: their shims and
/// processes, their mounts and network namespaces, their cgroups. Only what provably belongs to the folder is touched,
/// and doing it again does no harm.
package struct ContainerdRemains: Sendable {
    package let layout: ContainerdLayout
    /// The cgroup that holds every pod, below each hierarchy's root, such as "/gantry".
    package let cgroup: String

    package init(layout: ContainerdLayout, cgroup: String) {
        self.layout = layout
        self.cgroup = cgroup
    }

    /// Takes everything down. containerd must have been stopped before; its folders are removed afterwards by the caller.
    package func remove() async throws {
        try await endProcesses()
        try removeShimSockets()
        try unmountAll()
        try removeCgroups()
    }

    /// Shims first: a shim that lives would report its container's end and start cleaning up beside us.
    private func endProcesses() async throws {
        let shims = ProcessTable.processes { Self.isShim($0, socket: layout.socket) }
        for shim in shims { shim.signal(SIGKILL) }
        for shim in shims { try await end(shim) }
        // Containers' processes are those of the cgroup; killing one can let another appear, so until none is left.
        var round = 0
        while case let processes = cgroupProcesses(), !processes.isEmpty {
            round += 1
            guard round <= 20 else {
                throw ContainerdError.cannotRemove("cgroup \(cgroup)", reason: "processes keep appearing in it")
            }
            for process in processes { process.signal(SIGKILL) }
            for process in processes { try await end(process) }
        }
    }

    private func end(_ process: ProcessIdentity) async throws {
        guard try await process.waitForEnd(limit: .seconds(10)) else {
            throw ContainerdError.cannotRemove("process \(process.pid)", reason: "it survives SIGKILL")
        }
    }

    /// A shim names its containerd's socket in its arguments.
    package static func isShim(_ arguments: [String], socket: String) -> Bool {
        guard let name = arguments.first?.split(separator: "/").last, name.hasPrefix("containerd-shim") else { return false }
        guard let flag = arguments.firstIndex(of: "-address"), flag + 1 < arguments.count else { return false }
        return arguments[flag + 1] == socket
    }

    /// Shims listen in a folder that all containerds of a machine share; each container's folder says where.
    private func removeShimSockets() throws(ContainerdError) {
        let tasks = layout.state + "/io.containerd.runtime.v2.task"
        for folder in Self.foldersBelow(tasks, depth: 2) {
            guard let socket = Self.socketPath(ofAddress: KernelFile.text(folder + "/address") ?? "") else { continue }
            guard unlink(socket) == 0 || errno == ENOENT else {
                throw .cannotRemove("socket \(socket)", reason: String(cString: strerror(errno)))
            }
        }
    }

    /// The path in a shim's address file, "unix:///run/containerd/s/DIGEST"; nil for anything else.
    package static func socketPath(ofAddress address: String) -> String? {
        let scheme = "unix://"
        guard address.hasPrefix(scheme + "/") else { return nil }
        return String(address.dropFirst(scheme.count)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Every folder of the cgroup in every hierarchy, deepest first.
    private func cgroupFolders() -> [String] {
        Self.cgroupHierarchies(mountTable: Self.mountTable()).flatMap { hierarchy -> [String] in
            let top = hierarchy + cgroup
            guard FileManager.default.fileExists(atPath: top) else { return [] }
            return [top] + Self.foldersBelow(top, depth: .max)
        }.sorted { $0.utf8.count > $1.utf8.count }
    }

    private static func foldersBelow(_ top: String, depth: Int) -> [String] {
        guard depth > 0, let names = try? FileManager.default.contentsOfDirectory(atPath: top) else { return [] }
        return names.map { top + "/" + $0 }.filter(isFolder).flatMap { [$0] + foldersBelow($0, depth: depth - 1) }
    }

    /// Links do not count: what they lead to is somebody else's.
    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private func cgroupProcesses() -> [ProcessIdentity] {
        var found: Set<Int32> = []
        for folder in cgroupFolders() {
            let text = KernelFile.text(folder + "/cgroup.procs") ?? ""
            found.formUnion(text.split(separator: "\n").compactMap { Int32($0) })
        }
        return found.filter { $0 > 1 && $0 != getpid() }.compactMap(ProcessIdentity.init(pid:))
    }

    private func removeCgroups() throws(ContainerdError) {
        for folder in cgroupFolders() where rmdir(folder) != 0 && errno != ENOENT {
            throw .cannotRemove("cgroup \(folder)", reason: String(cString: strerror(errno)))
        }
    }

    /// Unmounts everything below containerd's folder, innermost first.
    private func unmountAll() throws(ContainerdError) {
        for point in Self.mountPoints(below: layout.folder, mountTable: Self.mountTable()) {
            // Detached: a mount that something still looks into goes away with its last user.
            guard umount2(point, Int32(MNT_DETACH)) == 0 || errno == EINVAL || errno == ENOENT else {
                throw .cannotRemove("mount \(point)", reason: String(cString: strerror(errno)))
            }
        }
    }

    private static func mountTable() -> String {
        KernelFile.text("/proc/self/mountinfo") ?? ""
    }

    /// Mount points below a folder, in the order in which they can be unmounted (the reverse of mounting).
    package static func mountPoints(below folder: String, mountTable: String) -> [String] {
        mountTable.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count > 4 else { return nil }
            let point = unescaped(fields[4])
            return point.hasPrefix(folder + "/") ? point : nil
        }.reversed()
    }

    /// Where cgroup hierarchies are mounted, of either version.
    package static func cgroupHierarchies(mountTable: String) -> [String] {
        mountTable.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count,
                fields[dash + 1] == "cgroup" || fields[dash + 1] == "cgroup2"
            else { return nil }
            return unescaped(fields[4])
        }
    }

    /// The table writes spaces and the like as a backslash and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "\\"), rest.count >= 4,
                let value = UInt8(String(decoding: rest.dropFirst().prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
