import HTTPCore
import KubeSchemas
import Machinery

/// A view is a snapshot of kind view over the image's top layer, and a lease of the same name that holds it. The lease is
/// made first and removed last: what a crash leaves in between is found by it.
extension ContainerdRuntime {
    private static let snapshots = "/containerd.services.snapshots.v1.Snapshots/"
    private static let images = "/containerd.services.images.v1.Images/"
    private static let leases = "/containerd.services.leases.v1.Leases/"
    private static let defaultSnapshotter = "overlayfs"

    package func openImageView(
        _ name: String, of image: String, labels: [String: String]
    ) async throws(CRIError) -> [ContainerdV1.Mount] {
        let chain = try await chain(of: image)
        let snapshotter = try await snapshotter()
        var lease = ContainerdV1.Lease()
        lease.id = name
        lease.labels = labels
        do {
            let _: ContainerdV1.LeaseResponse = try await own(Self.leases + "Create", lease)
        } catch  where error.code == .alreadyExists {}
        var view = ContainerdV1.ViewSnapshotRequest()
        view.snapshotter = snapshotter
        view.key = name
        view.parent = chain
        do {
            let made: ContainerdV1.MountsResponse = try await own(Self.snapshots + "View", view, lease: name)
            return made.mounts
        } catch  where error.code == .alreadyExists {
            let found: ContainerdV1.MountsResponse = try await own(
                Self.snapshots + "Mounts", Self.request(name, snapshotter))
            return found.mounts
        }
    }

    package func closeImageView(_ name: String) async throws(CRIError) {
        let snapshotter = try await snapshotter()
        do {
            let _: ContainerdV1.Empty = try await own(Self.snapshots + "Remove", Self.request(name, snapshotter))
        } catch  where error.code == .notFound {}
        var lease = ContainerdV1.DeleteLeaseRequest()
        lease.id = name
        do {
            let _: ContainerdV1.Empty = try await own(Self.leases + "Delete", lease)
        } catch  where error.code == .notFound {}
    }

    package func imageViews(labeled label: String) async throws(CRIError) -> [ImageView] {
        var request = ContainerdV1.ListRequest()
        request.filters = ["labels.\"\(label)\""]
        let answer: ContainerdV1.ListLeasesResponse = try await own(Self.leases + "List", request)
        return answer.leases.map { ImageView(name: $0.id, labels: $0.labels) }
    }

    package func labelImage(_ id: String, _ label: String, _ value: String) async throws(CRIError) {
        var image = ContainerdV1.Image()
        image.name = id
        image.labels = [label: value]
        var mask = ContainerdV1.FieldMask()
        mask.paths = ["labels.\(label)"]
        var request = ContainerdV1.UpdateImageRequest()
        request.image = image
        request.updateMask = mask
        let _: ContainerdV1.ImageResponse = try await own(Self.images + "Update", request)
    }

    package func imageLabels(_ label: String) async throws(CRIError) -> [String: String] {
        var request = ContainerdV1.ListRequest()
        request.filters = ["labels.\"\(label)\""]
        let answer: ContainerdV1.ListImagesResponse = try await own(Self.images + "List", request)
        return Dictionary(answer.images.compactMap { image in image.labels[label].map { (image.name, $0) } }) { $1 }
    }

    private static func request(_ key: String, _ snapshotter: String) -> ContainerdV1.SnapshotRequest {
        var request = ContainerdV1.SnapshotRequest()
        request.snapshotter = snapshotter
        request.key = key
        return request
    }

    /// The name of the snapshot that has all layers of an image, as CRI tells it to those who ask for details.
    private func chain(of name: String) async throws(CRIError) -> String {
        var spec = RuntimeV1.ImageSpec()
        spec.image = name
        var request = RuntimeV1.ImageStatusRequest()
        request.image = spec
        request.verbose = true
        let response: RuntimeV1.ImageStatusResponse = try await image("ImageStatus", request)
        guard response.image != nil else {
            throw CRIError(code: .notFound, message: "image \"\(name)\": not found")
        }
        guard let chain = Self.details(response.info["info"])?["chainID"]?.stringValue else {
            throw CRIError(code: .unknown, message: "containerd does not tell the layers of image \"\(name)\"")
        }
        return chain
    }

    /// The snapshotter that containers' images are unpacked with.
    private func snapshotter() async throws(CRIError) -> String {
        let status = try await status(verbose: true)
        let name = Self.details(status.info["config"])?["containerd"]?["snapshotter"]?.stringValue
        return name ?? Self.defaultSnapshotter
    }

    /// The image that pods' namespaces are held by. containerd 1.6 does not tell that it cannot do without it.
    func sandboxImage() async throws(CRIError) -> String? {
        Self.details(try await status(verbose: true).info["config"])?["sandboxImage"]?.stringValue
    }

    private static func details(_ text: String?) -> JSON? {
        // A text that is not JSON tells nothing, like one that is absent.
        text.flatMap { try? JSON(parsing: $0) }
    }

    /// Calls one of containerd's own services.
    func own<Request: MessageView, Response: MessageView>(
        _ path: String, _ request: Request, lease: String? = nil
    ) async throws(CRIError) -> Response {
        var metadata: HTTPHeaders = ["containerd-namespace": Self.namespace]
        if let lease { metadata.set("containerd-lease", lease) }
        return try await call(path, request, metadata: metadata)
    }
}
