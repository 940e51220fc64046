/// What a test does to the fake runtime.
extension FakeRuntime {
    package var calls: [Call] { state.withLock { $0.calls } }

    /// Returns once a call that begins so was made; at once when it was before.
    package func waitForCall(_ prefix: String) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.calls.contains(where: { $0.hasPrefix(prefix) }) { return true }
                state.callWaiters.append((prefix, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    /// Makes the next calls of this name fail, one failure each.
    package func plant(_ failures: CRIError..., in call: String) {
        state.withLock { $0.failures[call, default: []] += failures }
    }

    /// What commands run in containers of this name give.
    package func setExecResult(_ result: RuntimeV1.ExecSyncResponse, containerNamed name: String) {
        state.withLock { $0.execResults[name] = result }
    }

    /// Containers of this name end with this code as soon as they start; `nil` lets them run again.
    package func setExitCode(_ code: Int32?, containerNamed name: String) {
        state.withLock { $0.exitCodes[name] = code }
    }

    package func setMissing(_ isMissing: Bool, image: String) {
        state.withLock { state in
            if isMissing { state.missingImages.insert(image) } else { state.missingImages.remove(image) }
        }
    }

    /// Views of this image show the folder.
    package func setFolder(_ folder: String, image: String) {
        state.withLock { $0.imageFolders["sha256:" + image] = folder }
    }

    /// The names of the views that are open.
    package var openViews: [String] { state.withLock { $0.imageViews.keys.sorted() } }

    /// Containers of this name do not end when they are asked to.
    package func setStubborn(containerNamed name: String) {
        state.withLock { _ = $0.stubborn.insert(name) }
    }

    /// The newest container of a name, whatever pod it belongs to.
    package func container(named name: String) -> RuntimeV1.ContainerStatus? {
        state.withLock { state in
            state.containers.values.map(\.status).filter { $0.metadata.name == name }
                .max { ($0.metadata.attempt, $0.createdAt) < ($1.metadata.attempt, $1.createdAt) }
        }
    }

    /// What the newest container of a name was made of.
    package func config(ofContainerNamed name: String) -> RuntimeV1.ContainerConfig? {
        guard let id = container(named: name)?.id else { return nil }
        return state.withLock { $0.containers[id]?.config }
    }

    /// Lets the newest container of a name end by itself.
    package func exit(containerNamed name: String, code: Int32, reason: String? = nil) {
        guard let id = container(named: name)?.id else { return }
        end(id, code: code, reason: reason)
    }

    /// Lets the sandbox of a pod die.
    package func killSandbox(podNamed name: String) {
        let ids = state.withLock { state in
            let ids = state.sandboxes.values.filter { $0.metadata.name == name && $0.isReady }.map(\.id)
            for id in ids { state.sandboxes[id]?.state = RuntimeV1.PodSandboxState.notReady.rawValue }
            return ids
        }
        for id in ids { emit(.stopped(id: id)) }
    }

    func end(_ id: String, code: Int32, reason: String? = nil) {
        let now = nanoseconds
        let (ended, waiters) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
            guard var container = state.containers[id],
                container.status.containerState == .running || container.status.containerState == .created
            else { return (false, []) }
            container.status.state = RuntimeV1.ContainerState.exited.rawValue
            container.status.finishedAt = now
            container.status.exitCode = code
            container.status.reason = reason ?? (code == 0 ? "Completed" : "Error")
            state.containers[id] = container
            return (true, state.stopWaiters.removeValue(forKey: id) ?? [])
        }
        for waiter in waiters { waiter.resume() }
        if ended { emit(.stopped(id: id)) }
    }
}
