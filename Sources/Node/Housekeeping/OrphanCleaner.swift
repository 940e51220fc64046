import CRI
import Client
import Machinery

/// Removes what pods left behind that the API knows no more: they were deleted while the agent was away.
struct OrphanCleaner: Sendable {
    let services: PodServices
    let workers: PodWorkers

    /// To be called once the pods of the node are known.
    func run() async {
        let unclaimed = workers.takeUnclaimed()
        var left = Set(unclaimed.sandboxes.keys).union(unclaimed.containers.keys)
        let backoff = Backoff(initial: .seconds(1), limit: .seconds(60))
        var failures = 0
        while !left.isEmpty {
            for uid in left.sorted() where await remove(uid, unclaimed) { left.remove(uid) }
            if left.isEmpty { break }
            guard (try? await services.clock.sleep(for: backoff.delay(afterFailures: failures))) != nil else { return }
            failures += 1
        }
        let known = Set(workers.all.map(\.uid))
        services.devices.release(allBut: known)
        for uid in services.volumes.podUIDs().union(services.settings.cgroups.podUIDs()).subtracting(known).sorted() {
            await removeFolders(uid)
        }
        do {
            try await services.imageVolumes.closeViews(allBut: known)
        } catch {
            services.log.report("node agent", "image volumes of pods that are gone: \(error)")
        }
        for folder in Files.list(services.settings.paths.logs) {
            // NAMESPACE_NAME_UID
            guard let uid = folder.split(separator: "_").last, !known.contains(String(uid)) else { continue }
            do {
                try Files.removeTree(services.settings.paths.logs + "/" + folder)
            } catch {
                services.log.report("node agent", "logs of a pod that is gone: \(error)")
            }
        }
    }

    /// Whether nothing is left.
    private func remove(_ uid: String, _ unclaimed: RuntimeSnapshot) async -> Bool {
        do {
            for record in unclaimed.containers[uid] ?? [] where !record.hasEnded {
                try await services.runtime.stopContainer(record.id, timeout: 2)
            }
            for record in unclaimed.sandboxes[uid] ?? [] {
                try await services.runtime.stopPodSandbox(record.id)
                try await services.runtime.removePodSandbox(record.id)
            }
            return true
        } catch {
            if !Task.isCancelled { services.log.report("node agent", "remains of pod \(uid): \(error)") }
            return false
        }
    }

    private func removeFolders(_ uid: String) async {
        do {
            try await services.imageVolumes.remove(pod: uid)
            try services.volumes.remove(uid: uid)
        } catch {
            services.log.report("node agent", "folders of pod \(uid): \(error)")
        }
        services.settings.cgroups.removePod(uid: uid)
    }
}
