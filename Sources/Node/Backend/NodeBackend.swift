import CRI
import HTTPCore
import KubeAPI
import Machinery

/// Answers the node's HTTPS API from the workers and the runtime.
package struct NodeBackend: NodeServerBackend {
    let configuration: NodeConfiguration
    let services: PodServices
    let workers: PodWorkers
    let problem: @Sendable () -> String?

    package func healthProblem() async -> String? { problem() }

    package func podList() async throws -> [UInt8] {
        let pods = workers.all.map { worker in
            var pod = worker.pod
            pod.status = worker.status
            return pod
        }.sorted { $0.key < $1.key }
        let list: JSONObject = [
            "apiVersion": "v1", "kind": "PodList", "metadata": [:], "items": .array(pods.map { .object($0.json) }),
        ]
        return JSON.object(list).encoded()
    }

    package func logLocation(
        of container: ContainerReference, previous: Bool
    ) async throws -> ContainerLogLocation {
        let worker = try worker(container)
        let records = worker.withMachine { $0.containers[container.container] ?? [] }
        let about = "container \"\(container.container)\" in pod \"\(container.pod)\""
        guard let newest = records.first else {
            let status = (worker.status.initContainerStatuses + worker.status.containerStatuses)
                .first { $0.name == container.container }
            let reason = status?.state?.waiting?.reason ?? "ContainerCreating"
            let why =
                reason == "ErrImagePull" || reason == "ImagePullBackOff"
                ? "image can't be pulled" : reason
            throw NodeServerError(.badRequest, "\(about) is waiting to start: \(why)")
        }
        var record = newest
        if previous {
            let isHeldBack = newest.hasEnded && worker.withMachine { $0.waiting[container.container] != nil }
            guard let ended = isHeldBack ? newest : records.dropFirst().first(where: { $0.hasEnded }) else {
                throw NodeServerError(.badRequest, "previous terminated \(about) not found")
            }
            record = ended
        }
        let id = record.id
        return ContainerLogLocation(path: record.logPath) { [weak worker] in
            guard let worker else { return }
            await worker.waitForEnd(of: id)
        }
    }

    package func execURL(
        _ container: ContainerReference, command: [String], stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool
    ) async throws -> String {
        var request = RuntimeV1.ExecRequest()
        request.containerId = try running(container)
        request.cmd = command
        request.stdin = stdin
        request.stdout = stdout
        request.stderr = stderr && !tty
        request.tty = tty
        return try await services.runtime.exec(request)
    }

    package func attachURL(
        _ container: ContainerReference, stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool
    ) async throws -> String {
        var request = RuntimeV1.AttachRequest()
        request.containerId = try running(container)
        request.stdin = stdin
        request.stdout = stdout
        request.stderr = stderr && !tty
        request.tty = tty
        return try await services.runtime.attach(request)
    }

    package func run(_ container: ContainerReference, command: [String]) async throws -> CommandOutput {
        let result = try await services.runtime.execSync(try running(container), command: command, timeout: 0)
        let output = (NodeBase64.decode(result.stdout) ?? []) + (NodeBase64.decode(result.stderr) ?? [])
        return CommandOutput(output: output, exitCode: result.exitCode)
    }

    package func checkPod(namespace: String, pod: String, uid: String?) async throws {
        _ = try worker(ContainerReference(namespace: namespace, pod: pod, uid: uid, container: ""), anyContainer: true)
    }

    package func dial(namespace: String, pod: String, port: UInt16) async throws -> any ByteDuplex {
        let worker = try worker(
            ContainerReference(namespace: namespace, pod: pod, container: ""), anyContainer: true)
        guard let sandbox = worker.withMachine({ $0.currentSandbox }) else {
            throw NodeServerError(.internalServerError, "pod \"\(pod)\" has no running sandbox")
        }
        guard !sandbox.usesHostNetwork else { return try await NamespaceDial.connect(namespace: nil, port: port) }
        let status = try await services.runtime.podSandboxStatus(sandbox.id, verbose: true)
        // The runtime's own account of the sandbox is JSON inside the answer.
        guard let text = status.info["info"], let info = try? JSON(parsing: text) else {
            throw NodeServerError(.internalServerError, "the runtime does not tell the namespace of pod \"\(pod)\"")
        }
        let namespaces = info["runtimeSpec"]?["linux"]?["namespaces"]?.arrayValue ?? []
        if let path = namespaces.first(where: { $0["type"]?.stringValue == "network" })?["path"]?.stringValue,
            !path.isEmpty
        {
            return try await NamespaceDial.connect(namespace: path, port: port)
        }
        guard let process = info["pid"]?.intValue, process > 0 else {
            throw NodeServerError(.internalServerError, "the runtime does not tell the namespace of pod \"\(pod)\"")
        }
        return try await NamespaceDial.connect(namespace: "/proc/\(process)/ns/net", port: port)
    }

    // MARK: Looking up

    private func worker(_ reference: ContainerReference, anyContainer: Bool = false) throws -> PodWorker {
        let key = ObjectKey(namespace: reference.namespace, name: reference.pod)
        guard let worker = reference.uid.map({ workers.worker(uid: $0) }) ?? workers.worker(key), worker.key == key
        else {
            throw NodeServerError.podNotFound(reference.pod)
        }
        if !anyContainer, worker.pod.container(named: reference.container) == nil {
            throw NodeServerError.containerNotFound(reference.container, pod: reference.pod)
        }
        return worker
    }

    private func running(_ reference: ContainerReference) throws -> String {
        let worker = try worker(reference)
        guard let record = worker.withMachine({ $0.newest(reference.container) }), record.isRunning else {
            throw NodeServerError.containerNotFound(reference.container, pod: reference.pod)
        }
        return record.id
    }
}
