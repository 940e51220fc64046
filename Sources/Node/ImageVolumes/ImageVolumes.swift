import CRI
import KubeAPI

/// Volumes that show an image (KEP-4639): what models and other data come as, by version, pulled once for all pods.
///
/// Each is a view that the runtime opens of the unpacked image, mounted read-only in the pod's folder for as long as the
/// pod has one. The runtime's list of views and the mount table are all that is remembered, so the agent may end and
/// start again at any time. A pod sees the image that it started with, whatever the reference comes to mean.
package struct ImageVolumes: Sendable {
    /// The beginning of what Kubernetes' runtimes say of an image that they could not mount; clients look for it.
    private static let mountFailed = "ImageVolumeMountFailed: "
    private static let podLabel = "gantry.dev/pod-uid"
    private static let imageLabel = "gantry.dev/image"
    /// On images that were volumes, as containerd keeps them: when the last pod began or ceased to use it, in
    /// microseconds since 1970.
    static let usedLabel = "gantry.dev/volume-used"

    private let paths: NodePaths
    private let runtime: any ImageViewService
    private let clock: NodeClock
    /// Told when images came into use or are used no more.
    let changed = ChangeRelay<Void>()

    package init(paths: NodePaths, runtime: any ImageViewService, clock: NodeClock) {
        self.paths = paths
        self.runtime = runtime
        self.clock = clock
    }

    /// Where an image volume is on the host.
    static func folder(_ paths: NodePaths, pod uid: String, _ volume: String) -> String {
        paths.volume(uid, plugin: "image", volume)
    }

    func isMounted(_ volume: Volume, pod: Pod) -> Bool {
        ImageMount.isMounted(Self.folder(paths, pod: pod.uid, volume.name))
    }

    /// Mounts an image that is on the node for a pod; safe to repeat.
    func mount(_ image: RuntimeV1.Image, _ volume: Volume, pod: Pod) async throws(ContainerStartError) {
        let path = Self.folder(paths, pod: pod.uid, volume.name)
        do {
            // The folder first: by it the view is found again when the pod goes.
            try Files.makeFolder(path, mode: 0o755)
            let labels = [Self.podLabel: pod.uid, Self.imageLabel: image.id]
            let parts = try await runtime.openImageView(
                Self.viewName(pod.uid, volume.name), of: image.id, labels: labels)
            try await noteUse(of: image.id)
            try ImageMount.unmount(path)
            try ImageMount.mount(parts, at: path)
            changed.tell(())
        } catch let error as CRIError {
            throw Self.failure(
                "failed to prepare for image volume \"\(volume.image?.reference ?? "")\": \(error.message)")
        } catch {
            throw Self.failure("failed to mount image volume component \"\(path)\": \(error)")
        }
    }

    static func failure(_ why: String) -> ContainerStartError {
        ContainerStartError("CreateContainerError", mountFailed + why)
    }

    /// Takes all image volumes of a pod down; safe to repeat. What containers still see goes away with them.
    package func remove(pod uid: String) async throws {
        let folder = "\(paths.pod(uid))/volumes/kubernetes.io~image"
        let names = Files.list(folder)
        guard !names.isEmpty else { return }
        let views = try await runtime.imageViews(labeled: Self.imageLabel)
        for name in names {
            try ImageMount.unmount("\(folder)/\(name)")
            let view = views.first { $0.name == Self.viewName(uid, name) }
            if let image = view?.labels[Self.imageLabel] { try await noteUse(of: image) }
            try await runtime.closeImageView(Self.viewName(uid, name))
        }
        changed.tell(())
    }

    private func noteUse(of image: String) async throws(CRIError) {
        let now = clock.time
        let microseconds = now.seconds * 1_000_000 + Int64(now.nanoseconds) / 1000
        do {
            try await runtime.labelImage(image, Self.usedLabel, String(microseconds))
        } catch  where error.code == .notFound {
            // It was removed while a pod has it: then there is nothing to evict any more.
            return
        }
    }

    /// Closes the views of pods that are not among these: their pods went away while the agent was not there.
    func closeViews(allBut pods: Set<String>) async throws(CRIError) {
        for view in try await runtime.imageViews(labeled: Self.podLabel) {
            guard let uid = view.labels[Self.podLabel], !pods.contains(uid) else { continue }
            try await runtime.closeImageView(view.name)
        }
    }

    /// The ids of the images that pods have mounted.
    func imagesInUse() async throws(CRIError) -> Set<String> {
        Set(try await runtime.imageViews(labeled: Self.podLabel).compactMap { $0.labels[Self.imageLabel] })
    }

    private static func viewName(_ uid: String, _ volume: String) -> String { "gantry-\(uid)-\(volume)" }
}
