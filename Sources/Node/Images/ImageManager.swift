import CRI
import KubeAPI
import Machinery
import Synchronization

/// Sees to it that images are on the node before containers start from them.
///
/// Images that are here are remembered until the runtime tells of a change, so that a start costs no question. Pulls
/// run beside everything else; whoever waits is told when they end. Failed pulls are held back per pod and image, from
/// 10 s doubling to 5 min.
package final class ImageManager: Sendable {
    /// What a start gets.
    package enum Outcome: Sendable {
        case present(RuntimeV1.Image)
        /// The pull is under way; `onEnd` is called once it is over, well or not.
        case pulling
        case failed(ContainerStartError, retryAfter: Duration)
    }

    package typealias Report = @Sendable (_ isWarning: Bool, _ reason: String, _ message: String) -> Void

    private struct Failure {
        var delay: Duration
        var failedAt: Duration
        var error: ContainerStartError
        var isTold = false
    }

    private struct State {
        var known: [String: RuntimeV1.Image] = [:]
        var generation = 0
        /// By pod and image.
        var failures: [String: Failure] = [:]
        /// Pulls that ended well and were not used yet: they satisfy `Always` once.
        var fresh: [String: RuntimeV1.Image] = [:]
        /// Pulls under way, with whom to tell.
        var pulls: [String: [@Sendable () -> Void]] = [:]
    }

    private static let initialDelay: Duration = .seconds(10)
    private static let delayLimit: Duration = .seconds(300)
    /// How long `ErrImagePull` shows before it becomes `ImagePullBackOff`.
    private static let errorShows: Duration = .seconds(2)

    private let runtime: any ImageService
    private let objects: any PodObjects
    private let scope: TaskScope
    private let clock: NodeClock
    private let state = Mutex(State())

    package init(runtime: any ImageService, objects: any PodObjects, scope: TaskScope, clock: NodeClock) {
        self.runtime = runtime
        self.objects = objects
        self.scope = scope
        self.clock = clock
    }

    /// The runtime's images changed: what is known has to be asked for anew.
    package func forget() {
        state.withLock { state in
            state.known = [:]
            state.generation += 1
        }
    }

    /// Forgets a pod's failed pulls.
    package func forget(pod uid: String) {
        state.withLock { state in
            state.failures = state.failures.filter { !$0.key.hasPrefix(uid + "/") }
            state.fresh = state.fresh.filter { !$0.key.hasPrefix(uid + "/") }
        }
    }

    /// - Parameter policy: when to pull; `nil` for the usual one.
    package func ensure(
        _ text: String, policy wanted: String?, pod: Pod, report: @escaping Report,
        onEnd: @escaping @Sendable () -> Void
    ) async -> Outcome {
        let name: ImageName
        do {
            name = try ImageName(text)
        } catch {
            report(true, "InspectFailed", error.description)
            return .failed(ContainerStartError("InvalidImageName", error.description), retryAfter: .seconds(30))
        }
        let key = "\(pod.uid)/\(text)"
        if let image = state.withLock({ $0.fresh.removeValue(forKey: key) }) { return .present(image) }
        let policy = wanted ?? (name.isMoving ? "Always" : "IfNotPresent")
        if policy != "Always" {
            do {
                if let image = try await image(text) {
                    report(false, "Pulled", "Container image \"\(text)\" already present on machine")
                    return .present(image)
                }
            } catch {
                return .failed(
                    ContainerStartError("ImageInspectError", "Failed to inspect image \"\(text)\": \(error)"),
                    retryAfter: .seconds(10))
            }
            if policy == "Never" {
                let message = "Container image \"\(text)\" is not present with pull policy of Never"
                report(true, "ErrImageNeverPull", message)
                return .failed(ContainerStartError("ErrImageNeverPull", message), retryAfter: .seconds(20))
            }
        }
        if let held = heldBack(key, text, report) { return held }
        pull(text, name, key: key, pod: pod, report: report, onEnd: onEnd)
        return .pulling
    }

    /// The image, from memory or from the runtime; `nil` when it is not on the node.
    package func image(_ name: String) async throws(CRIError) -> RuntimeV1.Image? {
        let (known, generation) = state.withLock { ($0.known[name], $0.generation) }
        if let known { return known }
        guard let found = try await runtime.imageStatus(name) else { return nil }
        state.withLock { state in
            if state.generation == generation { state.known[name] = found }
        }
        return found
    }

    private func heldBack(_ key: String, _ text: String, _ report: Report) -> Outcome? {
        let now = clock.now
        let (isNew, failure) = state.withLock { state -> (Bool, Failure?) in
            guard var failure = state.failures[key] else { return (false, nil) }
            let isNew = !failure.isTold
            failure.isTold = true
            state.failures[key] = failure
            return (isNew, failure)
        }
        guard let failure else { return nil }
        if isNew { return .failed(failure.error, retryAfter: min(Self.errorShows, failure.delay)) }
        let left = failure.failedAt + failure.delay - now
        guard left > .zero else { return nil }
        report(false, "BackOff", "Back-off pulling image \"\(text)\"")
        report(true, "Failed", "Error: ImagePullBackOff")
        return .failed(
            ContainerStartError(
                "ImagePullBackOff", "Back-off pulling image \"\(text)\": \(failure.error.description)"),
            retryAfter: left)
    }

    private func pull(
        _ text: String, _ name: ImageName, key: String, pod: Pod, report: @escaping Report,
        onEnd: @escaping @Sendable () -> Void
    ) {
        // One pull per pod and image; several containers of a pod with the same image share it.
        let isFirst = state.withLock { state in
            state.pulls[key, default: []].append(onEnd)
            return state.pulls[key]?.count == 1
        }
        guard isFirst else { return }
        scope.spawn { [self] in
            report(false, "Pulling", "Pulling image \"\(text)\"")
            let start = clock.now
            do {
                let image = try await fetch(text, name, pod: pod)
                state.withLock { state in
                    state.failures[key] = nil
                    state.fresh[key] = image
                }
                let (seconds, attoseconds) = (clock.now - start).components
                let took = GoDuration(.milliseconds(seconds * 1000 + attoseconds / 1_000_000_000_000_000))
                report(
                    false, "Pulled",
                    "Successfully pulled image \"\(text)\" in \(took) (\(took) including waiting). "
                        + "Image size: \(image.size) bytes."
                )
            } catch {
                let message = "failed to pull and unpack image \"\(text)\": \(error)"
                report(true, "Failed", "Failed to pull image \"\(text)\": \(error)")
                report(true, "Failed", "Error: ErrImagePull")
                let now = clock.now
                state.withLock { state in
                    let earlier = state.failures[key]
                    let delay = earlier.map { min($0.delay * 2, Self.delayLimit) } ?? Self.initialDelay
                    state.failures[key] = Failure(
                        delay: delay, failedAt: now, error: ContainerStartError("ErrImagePull", message))
                }
            }
            for tell in state.withLock({ $0.pulls.removeValue(forKey: key) }) ?? [] { tell() }
        }
    }

    private func fetch(_ text: String, _ name: ImageName, pod: Pod) async throws -> RuntimeV1.Image {
        var secrets: [Secret] = []
        for reference in pod.spec.imagePullSecrets {
            let key = ObjectKey(namespace: pod.namespace, name: reference.name ?? "")
            // A missing secret is no reason not to try: the image may be public.
            if let secret = try await objects.secret(key) { secrets.append(secret) }
        }
        let credentials = RegistryCredentials(secrets).matching(name)
        var failure: CRIError?
        for credential in credentials.isEmpty ? [nil] : credentials.map(Optional.some) {
            do {
                _ = try await runtime.pullImage(text, credentials: credential, sandboxConfig: nil)
                failure = nil
                break
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        forget()
        guard let image = try await image(text) else {
            throw CRIError(code: .notFound, message: "image \"\(text)\" is not there after it was pulled")
        }
        return image
    }
}
