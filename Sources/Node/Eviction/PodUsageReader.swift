import CRI
import KubeAPI
import LinuxHost
import Machinery

/// Finds out what each pod uses of what runs dry.
struct PodUsageReader: Sendable {
    private static let limit = Duration.seconds(60)

    let services: PodServices

    /// The pods as candidates. Asked only when one has to go: looking through folders is work.
    func candidates(_ workers: [PodWorker], for resource: ScarceResource) async throws -> [EvictionCandidate] {
        switch resource {
        case .memory, .disk, .inodes:
            let stats = try await services.runtime.listContainerStats(nil)
            let byID = Dictionary(stats.map { ($0.attributes?.id ?? "", $0) }, uniquingKeysWith: { first, _ in first })
            let folders = resource == .memory ? [:] : try await folderUse(workers, inodes: resource == .inodes)
            return workers.map { worker in
                candidate(worker, byID, resource, folders: resource == .memory ? nil : folders)
            }
        case .processes:
            return workers.map { worker in
                EvictionCandidate(
                    uid: worker.uid, priority: worker.pod.spec.priority ?? 0, request: 0,
                    usage: services.settings.cgroups.processes(QoSClass(worker.pod), pod: worker.uid))
            }
        }
    }

    private func candidate(
        _ worker: PodWorker, _ stats: [String: RuntimeV1.ContainerStats], _ resource: ScarceResource,
        folders: [String: Int64]?
    ) -> EvictionCandidate {
        let pod = worker.pod
        let records = worker.withMachine { $0.containers.values.compactMap(\.first).filter(\.isRunning) }
        let specifications = pod.spec.containers + pod.spec.initContainers
        var uses: [EvictionCandidate.ContainerUse] = []
        for record in records.sorted(by: { $0.name < $1.name }) {
            guard let usage = stats[record.id].flatMap({ Self.usage($0, resource) }) else { continue }
            let requests = specifications.first { $0.name == record.name }?.resources?.requests ?? [:]
            uses.append(
                EvictionCandidate.ContainerUse(
                    name: record.name, usage: usage, request: requests[resource.rawValue]?.value ?? 0))
        }
        var usage = uses.isEmpty && folders?[pod.uid] == nil ? nil : uses.reduce(Int64(0)) { $0 + $1.usage }
        if let extra = folders?[pod.uid] { usage = (usage ?? 0) + extra }
        return EvictionCandidate(
            uid: pod.uid, priority: pod.spec.priority ?? 0,
            request: PodResources.requests(pod)[resource.rawValue]?.value ?? 0, usage: usage, containers: uses)
    }

    private static func usage(_ stats: RuntimeV1.ContainerStats, _ resource: ScarceResource) -> Int64? {
        switch resource {
        case .memory: stats.memory?.workingSetBytes?.value
        case .disk: stats.writableLayer?.usedBytes?.value
        case .inodes: stats.writableLayer?.inodesUsed?.value
        case .processes: nil
        }
    }

    /// What pods' volumes and logs take, by uid. `du` counts, so that no thread of ours waits for the disk.
    private func folderUse(_ workers: [PodWorker], inodes: Bool) async throws -> [String: Int64] {
        var owners: [String: String] = [:]
        for worker in workers {
            let paths = services.settings.paths
            let logs = paths.logFolder(namespace: worker.key.namespace, name: worker.key.name, uid: worker.uid)
            for path in [paths.pod(worker.uid), logs] where Files.exists(path) { owners[path] = worker.uid }
        }
        guard !owners.isEmpty else { return [:] }
        let unit = inodes ? "--inodes" : "--block-size=1"
        // Other filesystems below are volumes of memory, or none of the pod's own. Files that vanish meanwhile make it
        // end with 1 and are no matter.
        let result = try await Command(
            "du", ["--summarize", "--one-file-system", unit, "--"] + owners.keys.sorted(), limit: Self.limit
        ).run()
        return Self.sizes(result.output, owners)
    }

    /// Lines of a number, a tabulator and a path.
    static func sizes(_ output: String, _ owners: [String: String]) -> [String: Int64] {
        var sizes: [String: Int64] = [:]
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let size = Int64(parts[0]), let owner = owners[String(parts[1])] else { continue }
            sizes[owner, default: 0] += size
        }
        return sizes
    }
}

extension CgroupHierarchy {
    /// How many processes and threads a pod has; `nil` where the kernel does not count them for it.
    func processes(_ qos: QoSClass, pod uid: String) -> Int64? {
        let base = version == .v2 ? root : root + "/pids"
        return Files.text(base + path(qos, pod: uid) + "/pids.current").flatMap { Int64($0.filter(\.isNumber)) }
    }
}
