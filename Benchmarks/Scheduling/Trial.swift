import Client
import Machinery
import Synchronization

/// One run of a workload.
struct Trial: Sendable {
    let client: Client
    let workload: Workload
    let scale: Double
    let process: ServerAccount

    private static let writers = 48
    private static let patience = Duration.seconds(600)

    private func scaled(_ count: Int) -> Int { count == 0 ? 0 : max(1, Int(Double(count) * scale)) }

    func run() async throws -> Outcome {
        try await makeNodes()
        for namespace in Set([workload.initialNamespace, "sched-1"]) { try await makeNamespace(namespace) }
        for part in workload.parts { try await post(part.path, part.object) }
        try await place(
            scaled(workload.initialPods), workload.initial, workload.initialNamespace, "init",
            waits: workload.initialFit)
        let begun = try process.processorSeconds
        let start = ContinuousClock.now
        try await place(scaled(workload.pods), workload.measured, "sched-1", "pod", waits: true)
        let elapsed = (ContinuousClock.now - start).components
        return Outcome(
            workload: workload, pods: scaled(workload.pods),
            seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18,
            processorSeconds: try process.processorSeconds - begun, mebibytes: try process.residentMebibytes)
    }

    /// Makes pods, and waits until a watch shows all of them with a node.
    private func place(
        _ count: Int, _ template: JSONObject, _ namespace: String, _ prefix: String, waits: Bool
    ) async throws {
        let path = "/api/v1/namespaces/\(namespace)/pods"
        let watch = try await client.transport.stream(
            APIRequest(
                method: "GET", path: path,
                query: [("watch", "true"), ("fieldSelector", "spec.nodeName!="), ("resourceVersion", "0")]))
        defer { watch.cancel() }
        let counting = Task { try await Self.count(watch, until: count) }
        let deadline = Task {
            try await Task.sleep(for: Self.patience)
            watch.cancel()
        }
        defer { deadline.cancel() }
        try await inParallel(count) { number in
            var pod = template
            pod["apiVersion"] = "v1"
            pod["kind"] = "Pod"
            var metadata = pod["metadata"]?.objectValue ?? [:]
            metadata["name"] = .string("\(prefix)-\(number)")
            pod["metadata"] = .object(metadata)
            for part in workload.podParts(namespace, "\(prefix)-\(number)", &pod) {
                try await post(part.path, part.object)
            }
            try await post(path, pod)
        }
        if !waits { return counting.cancel() }
        try await counting.value
    }

    /// Counts the events of a watch: each is a line, and a pod gets a node once.
    private static func count(_ watch: any ByteStream, until count: Int) async throws {
        guard count > 0 else { return }
        var placed = 0
        while placed < count {
            guard let bytes = try await watch.next() else { throw Failure("the watch ended after \(placed) pods") }
            placed += bytes.count { $0 == UInt8(ascii: "\n") }
        }
    }

    private func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let numbers = Numbers()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.writers {
                group.addTask {
                    while let number = numbers.next(below: count) { try await body(number) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func makeNodes() async throws {
        try await inParallel(scaled(workload.nodes)) { number in
            let name = "node-\(number)"
            var labels = workload.nodeLabels[number % workload.nodeLabels.count]
            labels["kubernetes.io/hostname"] = .string(name)
            let amounts: JSON = ["cpu": "4", "memory": "32Gi", "pods": "110"]
            try await post(
                "/api/v1/nodes",
                [
                    "apiVersion": "v1", "kind": "Node",
                    "metadata": ["name": .string(name), "labels": .object(labels)],
                    "status": [
                        "capacity": amounts, "allocatable": amounts, "phase": "Running",
                        "conditions": [["type": "Ready", "status": "True"]],
                    ],
                ])
            for part in workload.nodeParts(name) { try await post(part.path, part.object) }
        }
    }

    private func makeNamespace(_ name: String) async throws {
        try await post(
            "/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
    }

    private func post(_ path: String, _ object: JSONObject) async throws {
        let answer = try await client.transport.send(
            APIRequest(method: "POST", path: path, contentType: "application/json", body: object.encoded()))
        guard answer.isSuccess || answer.status == 409 else {
            throw Failure("\(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
    }
}

/// Numbers from 0 on, each given once.
private final class Numbers: Sendable {
    private let last = Mutex(0)

    func next(below limit: Int) -> Int? {
        last.withLock { last in
            guard last < limit else { return nil }
            last += 1
            return last - 1
        }
    }
}
