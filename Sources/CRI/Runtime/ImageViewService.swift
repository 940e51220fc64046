/// A read-only look into an unpacked image.
package struct ImageView: Hashable, Sendable {
    /// The view's own name, by which it is found again.
    package let name: String
    /// What whoever made it has to know about it, the image's id among it.
    package let labels: [String: String]

    package init(name: String, labels: [String: String]) {
        self.name = name
        self.labels = labels
    }
}

/// Images as folders. CRI has a field for it, which containerd reads from version 2.1 on; this is the same by
/// containerd's own services, which all versions have.
///
/// A view keeps what it shows from the runtime's garbage collector until it is closed. Nothing about views is remembered
/// but by the runtime.
package protocol ImageViewService: Sendable {
    /// Opens a view of an image that is here, or finds the one of this name, and tells how to mount it.
    ///
    /// - Parameter labels: kept beside the view, for `imageViews`.
    func openImageView(
        _ name: String, of image: String, labels: [String: String]
    ) async throws(CRIError) -> [ContainerdV1.Mount]
    /// Closes a view that nothing has mounted any more. One that is not there is fine.
    func closeImageView(_ name: String) async throws(CRIError)
    /// The views that have this label, whatever its value.
    func imageViews(labeled label: String) async throws(CRIError) -> [ImageView]

    /// Writes something down beside an image; it goes with the image.
    func labelImage(_ id: String, _ label: String, _ value: String) async throws(CRIError)
    /// The values of a label, by the ids of the images that have it.
    func imageLabels(_ label: String) async throws(CRIError) -> [String: String]
}
