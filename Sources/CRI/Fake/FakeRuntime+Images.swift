extension FakeRuntime {
    package func listImages() async throws(CRIError) -> [RuntimeV1.Image] {
        try note("ListImages")
        return state.withLock { Array($0.images.values) }
    }

    package func imageStatus(_ image: String) async throws(CRIError) -> RuntimeV1.Image? {
        try note("ImageStatus", image)
        return state.withLock { state in
            guard !state.missingImages.contains(image) else { return nil }
            if let known = state.images[image] { return known }
            var record = RuntimeV1.Image()
            record.id = "sha256:" + image
            record.repoTags = [image]
            record.size = 1 << 20
            state.images[image] = record
            return record
        }
    }

    package func pullImage(
        _ image: String, credentials: RuntimeV1.AuthConfig?, sandboxConfig: RuntimeV1.PodSandboxConfig?
    ) async throws(CRIError) -> String {
        try note("PullImage", image)
        state.withLock { _ = $0.missingImages.remove(image) }
        return "sha256:" + image
    }

    package func removeImage(_ image: String) async throws(CRIError) {
        try note("RemoveImage", image)
        state.withLock { state in
            state.images = state.images.filter { $0.key != image && $0.value.id != image }
            state.imageLabels[image] = nil
        }
    }

    package func imageFilesystems() async throws(CRIError) -> [RuntimeV1.FilesystemUsage] {
        try note("ImageFsInfo")
        return []
    }
}
