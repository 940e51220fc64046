extension ContainerdRuntime {
    package func listImages() async throws(CRIError) -> [RuntimeV1.Image] {
        let response: RuntimeV1.ListImagesResponse = try await image("ListImages", RuntimeV1.ListImagesRequest())
        guard let needed = try await sandboxImage() else { return response.images }
        return response.images.map { image in
            guard image.repoTags.contains(needed) else { return image }
            var image = image
            image.pinned = true
            return image
        }
    }

    package func imageStatus(_ name: String) async throws(CRIError) -> RuntimeV1.Image? {
        var request = RuntimeV1.ImageStatusRequest()
        request.image = spec(name)
        let response: RuntimeV1.ImageStatusResponse = try await image("ImageStatus", request)
        return response.image
    }

    package func pullImage(
        _ name: String, credentials: RuntimeV1.AuthConfig?, sandboxConfig: RuntimeV1.PodSandboxConfig?
    ) async throws(CRIError) -> String {
        var request = RuntimeV1.PullImageRequest()
        request.image = spec(name)
        request.auth = credentials
        request.sandboxConfig = sandboxConfig
        let response: RuntimeV1.PullImageResponse = try await image("PullImage", request, timeout: Self.pullTimeout)
        return response.imageRef
    }

    package func removeImage(_ name: String) async throws(CRIError) {
        var request = RuntimeV1.RemoveImageRequest()
        request.image = spec(name)
        let _: RuntimeV1.RemoveImageResponse = try await image("RemoveImage", request)
    }

    package func imageFilesystems() async throws(CRIError) -> [RuntimeV1.FilesystemUsage] {
        let response: RuntimeV1.ImageFsInfoResponse = try await image("ImageFsInfo", RuntimeV1.ImageFsInfoRequest())
        return response.imageFilesystems
    }

    private func spec(_ name: String) -> RuntimeV1.ImageSpec {
        var spec = RuntimeV1.ImageSpec()
        spec.image = name
        return spec
    }
}
