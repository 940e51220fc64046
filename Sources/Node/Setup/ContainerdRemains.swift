import Foundation

/// Removes what a data folder's containers leave behind when they are not taken down one by one: their shims and
/// processes, their mounts and network namespaces, their cgroups. Only what provably belongs to the folder is touched,
/// so a second gantry on the machine goes on undisturbed, and doing it again does no harm.
package struct ContainerdRemains: Sendable {
    package let layout: ContainerdLayout
    /// The cgroup below which all pods' groups are, in each hierarchy, such as "/gantry".
    package let cgroup: String

    package init(layout: ContainerdLayout, cgroup: String) {
        self.layout = layout
        self.cgroup = cgroup
    }

    /// Takes everything down. containerd must have been stopped before; its folders are removed afterwards by the caller.
    package func remove() async throws {
        let containers = containers()
        try await endShims()
        try await endProcesses(of: containers)
        try removeShimSockets()
        do { try Mounts.unmountAll(below: layout.folder) } catch {
            throw ContainerdError.cannotRemove("mount \(error.path)", reason: "\(error)")
        }
        removeCgroups()
    }

    private var tasks: String { layout.state + "/io.containerd.runtime.v2.task" }

    /// The ids of all containers that containerd has a folder for, whether they run or not.
    private func containers() -> Set<String> {
        Set(Files.list(tasks).flatMap { Files.list("\(tasks)/\($0)") })
    }

    /// Shims go first: one that lives would see its container end and start cleaning up beside us.
    private func endShims() async throws {
        let shims = ProcessTable.processes { Self.isShim($0, socket: layout.socket) }
        for shim in shims { shim.signal(SIGKILL) }
        for shim in shims { try await end(shim) }
    }

    /// Killing one process can let another appear, so until none is left.
    private func endProcesses(of containers: Set<String>) async throws {
        for _ in 0..<20 {
            let processes = groups(of: containers).flatMap(processes(in:))
            if processes.isEmpty { return }
            for process in processes { process.signal(SIGKILL) }
            for process in processes { try await end(process) }
        }
        throw ContainerdError.cannotRemove("cgroup \(cgroup)", reason: "processes keep appearing in it")
    }

    private func end(_ process: ProcessIdentity) async throws {
        guard try await process.waitForEnd(limit: .seconds(10)) else {
            throw ContainerdError.cannotRemove("process \(process.pid)", reason: "it survives SIGKILL")
        }
    }

    /// A shim names its containerd's socket in its arguments.
    package static func isShim(_ arguments: [String], socket: String) -> Bool {
        guard let name = arguments.first?.split(separator: "/").last, name.hasPrefix("containerd-shim") else {
            return false
        }
        guard let flag = arguments.firstIndex(of: "-address"), flag + 1 < arguments.count else { return false }
        return arguments[flag + 1] == socket
    }

    /// Shims listen in a folder that all containerds of a machine share; each container's folder says where.
    private func removeShimSockets() throws(ContainerdError) {
        for space in Files.list(tasks) {
            for container in Files.list("\(tasks)/\(space)") {
                let address = Files.text("\(tasks)/\(space)/\(container)/address") ?? ""
                guard let socket = Self.socketPath(ofAddress: address) else { continue }
                guard unlink(socket) == 0 || errno == ENOENT else {
                    throw .cannotRemove("socket \(socket)", reason: String(cString: strerror(errno)))
                }
            }
        }
    }

    /// The path in a shim's address file, "unix:///run/containerd/s/DIGEST"; nil for anything else.
    package static func socketPath(ofAddress address: String) -> String? {
        let scheme = "unix://"
        guard address.hasPrefix(scheme + "/") else { return nil }
        return String(address.dropFirst(scheme.count)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Every cgroup folder below the pods' group, in every hierarchy, deepest first.
    private func groups() -> [String] {
        let table = Files.text("/proc/self/mountinfo") ?? ""
        return Self.cgroupHierarchies(mountTable: table).flatMap { hierarchy in
            Self.folders(from: hierarchy + cgroup)
        }
    }

    /// Those that belong to the containers. A container may have groups of its own inside.
    private func groups(of containers: Set<String>) -> [String] {
        groups().filter { folder in
            folder.split(separator: "/").contains { Self.container(ofGroup: $0).map(containers.contains) == true }
        }
    }

    /// The container id in a group's name: the name itself, or what systemd's naming wraps around it.
    package static func container(ofGroup name: Substring) -> String? {
        if name.hasPrefix("cri-containerd-"), name.hasSuffix(".scope") {
            return String(name.dropFirst("cri-containerd-".count).dropLast(".scope".count))
        }
        return name.isEmpty ? nil : String(name)
    }

    private static func folders(from top: String) -> [String] {
        var info = stat()
        guard lstat(top, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { return [] }
        return Files.list(top).flatMap { folders(from: top + "/" + $0) } + [top]
    }

    private func processes(in group: String) -> [ProcessIdentity] {
        let lines = (Files.text(group + "/cgroup.procs") ?? "").split(separator: "\n")
        return lines.compactMap { Int32($0) }.filter { $0 > 1 && $0 != getpid() }.compactMap(ProcessIdentity.init(pid:))
    }

    /// Removes the containers' groups and then those above them that are empty now. A group that is in use is another
    /// gantry's, and the kernel refuses to remove it.
    private func removeCgroups() {
        for folder in groups() { rmdir(folder) }
    }

    /// Where cgroup hierarchies are mounted, of either version.
    package static func cgroupHierarchies(mountTable: String) -> [String] {
        mountTable.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count,
                fields[dash + 1] == "cgroup" || fields[dash + 1] == "cgroup2"
            else { return nil }
            return String(fields[4])
        }
    }
}
