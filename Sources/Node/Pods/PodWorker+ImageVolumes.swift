import KubeAPI

extension PodWorker {
    /// Whether a container may start, as far as image volumes go.
    enum ImageVolumesOutcome {
        /// Those that it mounts are there.
        case ready
        /// An image that it mounts is on the way.
        case pulling
        case failed(ContainerStartError, retryAfter: Duration)
    }

    /// Sees to it that the pod's image volumes are mounted. All of them are fetched with the first container, as with
    /// the kubelet; a container waits only for those that it mounts.
    func ensureImageVolumes(of container: Container, pod: Pod) async -> ImageVolumesOutcome {
        let mounted = Set(container.volumeMounts.map(\.name))
        var result = ImageVolumesOutcome.ready
        for volume in pod.spec.volumes {
            guard let source = volume.image, !services.imageVolumes.isMounted(volume, pod: pod) else { continue }
            let outcome = await ensure(volume, source, for: container, pod: pod)
            guard mounted.contains(volume.name) else { continue }
            switch (result, outcome) {
            case (.failed, _), (_, .ready): continue
            case (.ready, _), (.pulling, .failed): result = outcome
            case (.pulling, .pulling): continue
            }
        }
        return result
    }

    private func ensure(
        _ volume: Volume, _ source: ImageVolumeSource, for container: Container, pod: Pod
    ) async -> ImageVolumesOutcome {
        let name = container.name
        let outcome = await services.images.ensure(
            source.reference ?? "", policy: source.pullPolicy, pod: pod
        ) { [weak self] isWarning, reason, message in
            self?.event(isWarning, reason, message)
        } onEnd: { [weak self] in
            self?.send(.pullEnded(container: name))
        }
        switch outcome {
        case .pulling: return .pulling
        case .failed(let error, let retryAfter): return .failed(error, retryAfter: retryAfter)
        case .present(let image):
            do {
                try await services.imageVolumes.mount(image, volume, pod: pod)
                return .ready
            } catch {
                let delay = retryDelay(.start(container: name), from: .seconds(1), to: .seconds(10))
                return .failed(error, retryAfter: delay)
            }
        }
    }
}
