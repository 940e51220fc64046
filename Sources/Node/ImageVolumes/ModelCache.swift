import CRI
import Client
import KubeAPI
import Machinery
import Synchronization

/// Keeps the images that were mounted as volumes below a limit: of those that no pod has and nobody has pinned, the ones
/// that were used longest ago go first.
///
/// Two annotations of the Node say what is wanted, at any time: `gantry.dev/model-cache-limit` (`50Gi`; without it there
/// is no limit but the disk's), and `gantry.dev/pinned-images`, references separated by commas. Sizes are those that the
/// Node's status tells. When an image was last used is a label on it in the runtime, so it survives the agent.
package final class ModelCache: Sendable {
    package static let limitAnnotation = "gantry.dev/model-cache-limit"
    package static let pinsAnnotation = "gantry.dev/pinned-images"
    /// How often it is looked although nothing happened.
    private static let interval: Duration = .seconds(300)

    private struct Wish: Hashable {
        var limit: Int64?
        var pins: Set<String> = []
        /// What is wrong with the annotations.
        var problem: String?
    }

    typealias Tell = @Sendable (_ isWarning: Bool, _ reason: String, _ message: String) -> Void

    let volumes: ImageVolumes
    private let runtime: any ContainerRuntime
    private let clock: NodeClock
    private let log: FailureLog
    private let tell: Tell
    private let bell = Doorbell()
    private let wish = Mutex(Wish())

    init(
        runtime: any ContainerRuntime, volumes: ImageVolumes, clock: NodeClock, log: FailureLog, tell: @escaping Tell
    ) {
        self.runtime = runtime
        self.volumes = volumes
        self.clock = clock
        self.log = log
        self.tell = tell
    }

    /// Takes what the Node's annotations want now.
    func observe(_ node: Node) {
        let wanted = Self.wish(node.annotations)
        let isNew = wish.withLock { wish in
            defer { wish = wanted }
            return wish != wanted
        }
        guard isNew else { return }
        if let problem = wanted.problem { tell(true, "InvalidModelCache", problem) }
        look()
    }

    /// Has the cache compared with its limit soon.
    func look() { bell.ring() }

    /// Whether somebody wants the image to stay on this node.
    func isPinned(_ image: RuntimeV1.Image) -> Bool {
        let pins = wish.withLock { $0.pins }
        guard !pins.isEmpty else { return false }
        return (image.repoTags + image.repoDigests).contains { pins.contains(Self.normalized($0) ?? $0) }
    }

    /// Runs until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            await bell.wait(atMost: Self.interval, clock: clock)
            if Task.isCancelled { return }
            do {
                try await enforce()
            } catch {
                if !Task.isCancelled {
                    log.report("node agent", "keeping images of volumes below their limit: \(error)")
                }
            }
        }
    }

    private func enforce() async throws(CRIError) {
        guard let limit = wish.withLock({ $0.limit }) else { return }
        let used = try await runtime.imageLabels(ImageVolumes.usedLabel)
        guard !used.isEmpty else { return }
        var inUse = try await volumes.imagesInUse()
        for container in try await runtime.listContainers(nil) {
            inUse.formUnion([container.imageRef, container.image?.image ?? ""])
        }
        let known = try await runtime.listImages().filter { used[$0.id] != nil }
        let plan = ModelCachePlan(
            known.map { image in
                let isUsed = !inUse.isDisjoint(with: [image.id] + image.repoTags + image.repoDigests)
                return ModelCachePlan.Image(
                    id: image.id, bytes: image.size, lastUsed: used[image.id].flatMap { Int64($0) } ?? 0,
                    isHeld: isUsed || image.pinned || isPinned(image))
            }, limit: limit)
        for image in plan.evicted {
            let name = known.first { $0.id == image.id }.flatMap { ($0.repoTags + $0.repoDigests).first } ?? image.id
            try await runtime.removeImage(image.id)
            tell(
                false, "ModelImageEvicted",
                "Removed image \(name) of \(image.bytes) bytes, which no pod uses: images of volumes may take "
                    + "\(limit) bytes")
        }
        if plan.excess > 0 {
            tell(
                true, "ModelCacheFull",
                "Images of volumes take \(plan.excess) bytes more than the \(limit) that they may: pods use them, or they "
                    + "are pinned")
        }
    }

    private static func wish(_ annotations: [String: String]) -> Wish {
        var wish = Wish()
        if let text = annotations[limitAnnotation], !text.isEmpty {
            if let limit = try? Quantity(parsing: text), limit >= .zero {
                wish.limit = limit.value
            } else {
                wish.problem = "annotation \(limitAnnotation): \"\(text)\" is no quantity of bytes"
            }
        }
        for part in (annotations[pinsAnnotation] ?? "").split(separator: ",") {
            let text = part.filter { $0 != " " }
            if let name = normalized(text) {
                wish.pins.insert(name)
            } else {
                wish.problem = "annotation \(pinsAnnotation): \"\(text)\" is no image reference"
            }
        }
        return wish
    }

    private static func normalized(_ text: String) -> String? { (try? ImageName(text))?.description }
}
