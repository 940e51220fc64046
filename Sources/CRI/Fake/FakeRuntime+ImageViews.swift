extension FakeRuntime {
    /// A view is the folder that `setFolder` named for the image.
    package func openImageView(
        _ name: String, of image: String, labels: [String: String]
    ) async throws(CRIError) -> [ContainerdV1.Mount] {
        try note("OpenImageView", "\(name) \(image)")
        let folder = state.withLock { state -> String? in
            guard let folder = state.imageFolders[image] else { return nil }
            state.imageViews[name] = ImageView(name: name, labels: labels)
            return folder
        }
        guard let folder else { throw Self.notFound("parent snapshot of image", image) }
        var mount = ContainerdV1.Mount()
        mount.type = "bind"
        mount.source = folder
        mount.options = ["ro", "rbind"]
        return [mount]
    }

    package func closeImageView(_ name: String) async throws(CRIError) {
        try note("CloseImageView", name)
        state.withLock { _ = $0.imageViews.removeValue(forKey: name) }
    }

    package func imageViews(labeled label: String) async throws(CRIError) -> [ImageView] {
        try note("ListImageViews")
        return state.withLock { state in state.imageViews.values.filter { $0.labels[label] != nil } }
    }

    package func labelImage(_ id: String, _ label: String, _ value: String) async throws(CRIError) {
        try note("LabelImage", id)
        state.withLock { $0.imageLabels[id, default: [:]][label] = value }
    }

    package func imageLabels(_ label: String) async throws(CRIError) -> [String: String] {
        try note("ListImageLabels")
        return state.withLock { state in state.imageLabels.compactMapValues { $0[label] } }
    }
}
