import CRI
import Client
import Glibc
import Machinery
import Synchronization

/// Removes images that no container uses when the disk gets full, those unused for longest first.
final class ImageCollector: Sendable {
    static let interval: Duration = .seconds(300)
    /// Images younger than this on the node are left alone: they were just pulled for something.
    private static let minimumAge: Duration = .seconds(120)

    private struct Seen {
        var firstSeen: Duration
        var lastUsed: Duration
    }

    private let runtime: any ContainerRuntime
    private let cache: ModelCache
    private let clock: NodeClock
    private let highPercent: Int
    private let lowPercent: Int
    private let log: FailureLog
    private let seen = Mutex<[String: Seen]>([:])

    init(
        runtime: any ContainerRuntime, cache: ModelCache, clock: NodeClock, highPercent: Int, lowPercent: Int,
        log: FailureLog
    ) {
        self.runtime = runtime
        self.cache = cache
        self.clock = clock
        self.highPercent = highPercent
        self.lowPercent = lowPercent
        self.log = log
    }

    func run() async {
        while !Task.isCancelled {
            guard (try? await clock.sleep(for: Self.interval)) != nil else { return }
            do {
                try await collect()
            } catch {
                if Task.isCancelled { return }
                log.report("node agent", "collecting images: \(error)")
            }
        }
    }

    /// Looks at the disk once, and frees what is needed.
    ///
    /// - Parameter all: frees what can be freed, however full the disk is.
    func collect(all: Bool = false) async throws(CRIError) {
        let images = try await runtime.listImages()
        let used = Set(try await runtime.listContainers(nil).flatMap { [$0.imageRef, $0.image?.image ?? ""] })
            .union(try await cache.volumes.imagesInUse())
        let now = clock.now
        let ages = seen.withLock { seen in
            for image in images {
                let isUsed =
                    used.contains(image.id) || image.repoTags.contains { used.contains($0) }
                    || image.repoDigests.contains { used.contains($0) }
                seen[image.id, default: Seen(firstSeen: now, lastUsed: now)].lastUsed =
                    isUsed ? now : seen[image.id]?.lastUsed ?? now
            }
            let present = Set(images.map(\.id))
            seen = seen.filter { present.contains($0.key) }
            return seen
        }
        let candidates = images.filter { image in
            guard !image.pinned, !cache.isPinned(image), let age = ages[image.id] else { return false }
            return age.lastUsed < now && now - age.firstSeen >= Self.minimumAge
        }.sorted { (ages[$0.id]?.lastUsed ?? now) < (ages[$1.id]?.lastUsed ?? now) }
        guard !all else { return try await remove(candidates, freeing: .max) }
        guard let mount = try await runtime.imageFilesystems().first?.fsId?.mountpoint else { return }
        var disk = statvfs()
        guard statvfs(mount, &disk) == 0, disk.f_blocks > 0 else { return }
        let size = Int64(clamping: UInt64(disk.f_blocks) * UInt64(disk.f_frsize))
        let free = Int64(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
        guard Int((size - free) / max(size / 100, 1)) >= highPercent else { return }
        try await remove(candidates, freeing: (size / 100) * Int64(100 - lowPercent) - free)
    }

    private func remove(_ images: [RuntimeV1.Image], freeing bytes: Int64) async throws(CRIError) {
        var needed = bytes
        for image in images where needed > 0 {
            try await runtime.removeImage(image.id)
            needed -= image.size
        }
    }
}
