import Foundation
import Synchronization
import Testing

extension Clusters {
    /// A node with two made-up GPUs, joined to a machine without any.
    @Suite("GPUs", .timeLimit(.minutes(8)))
    struct GPUs {
        @Test(
            "Only pods that ask for a GPU land on its node; a failed one is taken out; counts survive kills of every part"
        )
        func gpuNode() async throws {
            let before = try await Remains.look()
            let machine = try await SecondMachine.plug()
            let driver = GPUDriverProcess(machine)
            var failure: (any Error)?
            do {
                let cluster = try await Cluster.start(address: machine.hostAddress)
                do {
                    try await join(cluster, machine)
                    try await walk(cluster, machine, driver)
                } catch {
                    failure = error
                }
                driver.kill()
                try await machine.unplug()
                try await cluster.purge()
            } catch {
                failure = failure ?? error
                driver.kill()
                try await machine.unplug()
            }
            let left = try await Remains.look().added(since: before)
            #expect(left.isEmpty, "left behind: \(left.joined(separator: ", "))")
            if let failure { throw failure }
        }

        private func join(_ cluster: Cluster, _ machine: SecondMachine) async throws {
            let token = try await Cluster.gantry(["token", "create", "--data", cluster.data]).trimmed
            let joined = try await machine.agent(
                "--server", "https://\(machine.hostAddress):\(cluster.port)", "--token", token, "--name", "gpu")
            try #require(joined.succeeded, "\(joined)")
            let loaded = try await machine.run(
                Cluster.binary, ["image", "load", "--data", machine.data] + Cluster.images, limit: .seconds(120))
            try #require(loaded.succeeded, "\(loaded)")
        }

        private func walk(_ cluster: Cluster, _ machine: SecondMachine, _ driver: GPUDriverProcess) async throws {
            try await driver.start()
            try await counts(cluster, "2/2")
            try await dedicated(cluster)
            try await full(cluster, driver)
            try await fault(cluster, driver)
            try await kills(cluster, machine, driver)
        }

        /// Waits until the node has as many GPUs: all of them, and those that can be used.
        private func counts(_ cluster: Cluster, _ wanted: String) async throws {
            let path =
                "jsonpath={.status.capacity.nvidia\\.com/gpu}/{.status.allocatable.nvidia\\.com/gpu}"
            try await eventually(
                "the node has \(wanted) GPUs", within: .seconds(60),
                { try await cluster.kubectl("get", "node", "gpu", "-o", path).trimmed }, until: { $0 == wanted })
        }

        /// Labelled, tainted, and free of pods that have no business there.
        private func dedicated(_ cluster: Cluster) async throws {
            let labels = try await cluster.expect(
                "get", "node", "gpu", "-o",
                "jsonpath={.metadata.labels.nvidia\\.com/gpu\\.product} {.metadata.labels.nvidia\\.com/gpu\\.count} "
                    + "{.metadata.labels.nvidia\\.com/gpu\\.memory}")
            #expect(labels == "NVIDIA-H100-80GB-HBM3 2 81559")
            try await eventually(
                "the node is tainted",
                { try await cluster.kubectl("get", "node", "gpu", "-o", "jsonpath={.spec.taints[*].key}").trimmed },
                until: { $0 == "nvidia.com/gpu" })
            let described = try await cluster.expect("describe", "node", "gpu")
            #expect(described.contains("nvidia.com/gpu=present:NoSchedule"), "\(described)")
            try await cluster.expect("apply", "-f", "-", input: Manifest.deployment("plain", replicas: 6))
            try await cluster.expect("rollout", "status", "deployment/plain", "--timeout=90s")
            let nodes = try await cluster.expect(
                "get", "pods", "-l", "app=plain", "-o", "jsonpath={.items[*].spec.nodeName}")
            #expect(!nodes.split(separator: " ").contains("gpu"), "\(nodes)")
        }

        /// Both GPUs are taken; a third pod waits, and everybody says why.
        private func full(_ cluster: Cluster, _ driver: GPUDriverProcess) async throws {
            try await cluster.expect("apply", "-f", "-", input: Self.models(3))
            try await eventually(
                "two of the pods run", within: .seconds(60),
                {
                    try await cluster.kubectl("get", "deployment", "llm", "-o", "jsonpath={.status.readyReplicas}")
                        .trimmed
                }, until: { $0 == "2" })
            let waiting = try await pods(cluster, "Pending")
            #expect(waiting.count == 1, "\(waiting)")
            let name = try #require(waiting.first)
            let reason = "Insufficient nvidia.com/gpu"
            let described = try await cluster.expect("describe", "pod", name)
            #expect(described.contains(reason), "\(described)")
            let doctor = try await Command(
                program: Cluster.binary, arguments: ["doctor", "pod/\(name)", "--kubeconfig", cluster.kubeconfig]
            ).run()
            #expect(doctor.status == 1 && doctor.out.contains("InsufficientGPU"), "\(doctor)")
            #expect(doctor.out.contains(reason), "\(doctor)")
            let devices = Array(try await holders(cluster).values)
            #expect(Set(devices).count == 2 && devices.allSatisfy { $0.hasPrefix("GPU-") }, "\(devices)")
            let metrics = try await driver.metrics()
            for pod in try await pods(cluster, "Running") {
                let line = "container=\"main\",namespace=\"default\",pod=\"\(pod)\"}"
                #expect(metrics.contains { $0.hasPrefix("DCGM_FI_DEV_GPU_UTIL{") && $0.contains(line) }, "\(metrics)")
            }
        }

        /// A GPU fails under a pod: it is taken out, and the pod replaced on the one that is left.
        private func fault(_ cluster: Cluster, _ driver: GPUDriverProcess) async throws {
            try await cluster.expect("scale", "deployment/llm", "--replicas=1")
            try await eventually(
                "one pod is left", { try await pods(cluster, "Running") + pods(cluster, "Pending") },
                until: { $0.count == 1 })
            let pod = try #require(try await pods(cluster, "Running").first)
            let device = try await cluster.expect("exec", pod, "--", "sh", "-c", "echo $NVIDIA_VISIBLE_DEVICES")
            let metrics = try await driver.metrics()
            let line = try #require(metrics.first { $0.hasPrefix("DCGM_FI_DEV_XID_ERRORS{") && $0.contains(device) })
            let index = try #require(line.split(separator: "\"").dropFirst().first)
            try driver.setFaults("\(index) xid 79\n")
            try await counts(cluster, "2/1")
            let replacement = try await eventually(
                "another pod takes its place", within: .seconds(90), { try await pods(cluster, "Running") },
                until: { $0.count == 1 && $0.first != pod })
            try await cluster.expect("wait", "--for=condition=Ready", "pod/\(replacement[0])", "--timeout=60s")
            let other = try await cluster.expect(
                "exec", replacement[0], "--", "sh", "-c", "echo $NVIDIA_VISIBLE_DEVICES")
            #expect(other != device)
            let reason = try await cluster.kubectl(
                "get", "pod", pod, "-o", "jsonpath={.status.reason}: {.status.message}")
            #expect(!reason.succeeded || reason.out.contains("nvidia.com/gpu \(device)"), "\(reason)")
            let doctor = try await Command(
                program: Cluster.binary, arguments: ["doctor", "node/gpu", "--kubeconfig", cluster.kubeconfig]
            ).run()
            #expect(doctor.out.contains("GPUUnhealthy"), "\(doctor)")
            try driver.setFaults("")
            try await counts(cluster, "2/2")
        }

        /// Neither the driver's end, nor the agent's, nor containerd's costs a pod its GPU, or gives one out twice.
        private func kills(_ cluster: Cluster, _ machine: SecondMachine, _ driver: GPUDriverProcess) async throws {
            try await cluster.expect("scale", "deployment/llm", "--replicas=2")
            try await cluster.expect("rollout", "status", "deployment/llm", "--timeout=60s")
            let before = try await holders(cluster)
            #expect(before.count == 2 && Set(before.values).count == 2, "\(before)")

            driver.kill()
            try await counts(cluster, "2/0")
            try await driver.start()
            try await counts(cluster, "2/2")
            #expect(try await holders(cluster) == before)

            try await killProcess(machine, "gantry.pid")
            let again = try await machine.agent()
            #expect(again.succeeded, "\(again)")
            try await counts(cluster, "2/2")
            #expect(try await holders(cluster) == before)

            let containerd = try await Command(
                program: "pgrep", arguments: ["-f", "^[^ ]*containerd .*\(machine.data)/"]
            ).run().trimmed
            let pid = try #require(Int32(containerd.split(separator: "\n").first ?? ""), "\(containerd)")
            #expect(Foundation.kill(pid, SIGKILL) == 0)
            try await eventually(
                "the pods can be reached again", within: .seconds(90),
                { try await cluster.kubectl("exec", before.keys.sorted()[0], "--", "echo", "here") },
                until: { $0.trimmed == "here" })
            try await counts(cluster, "2/2")
            #expect(try await holders(cluster) == before)

            // Nothing is left to give out.
            try await cluster.expect("scale", "deployment/llm", "--replicas=3")
            try await eventually(
                "the third pod waits", { try await pods(cluster, "Pending") }, until: { $0.count == 1 })
            #expect(try await holders(cluster) == before)
        }

        private func killProcess(_ machine: SecondMachine, _ file: String) async throws {
            let text = try String(contentsOfFile: "\(machine.data)/run/\(file)", encoding: .utf8)
            let pid = try #require(Int32(text.prefix { $0.isNumber }), "\(text)")
            #expect(Foundation.kill(pid, SIGKILL) == 0)
        }

        /// The GPU of each pod that runs.
        private func holders(_ cluster: Cluster) async throws -> [String: String] {
            var holders: [String: String] = [:]
            for pod in try await pods(cluster, "Running") {
                holders[pod] = try await cluster.expect(
                    "exec", pod, "--", "sh", "-c", "echo $NVIDIA_VISIBLE_DEVICES")
            }
            return holders
        }

        private func pods(_ cluster: Cluster, _ phase: String) async throws -> [String] {
            try await cluster.kubectl(
                "get", "pods", "-l", "app=llm", "--field-selector=status.phase=\(phase)", "-o",
                "jsonpath={.items[*].metadata.name}"
            ).trimmed.split(separator: " ").map(String.init)
        }

        /// A Deployment that asks for a GPU in each pod.
        private static func models(_ replicas: Int) -> String {
            Manifest.deployment("llm", replicas: replicas).replacing(
                "env: [{name: REVISION",
                with: "resources: {limits: {nvidia.com/gpu: 1}}\n          env: [{name: REVISION")
        }
    }
}

/// `gantry simulated-gpu` for an agent, in a process of its own.
private final class GPUDriverProcess: Sendable {
    private let machine: SecondMachine
    private let faults: String
    private let port = Int.random(in: 30_100..<32_000)
    private let pid = Mutex<Int32?>(nil)

    init(_ machine: SecondMachine) {
        self.machine = machine
        faults = machine.data + "/faults"
    }

    func start() async throws {
        let log = machine.data + "/driver.log"
        let command =
            "setsid \(Cluster.binary) simulated-gpu --data \(machine.data) --count 2 --faults \(faults) "
            + "--node-name gpu --metrics-port \(port) >>\(log) 2>&1 </dev/null & echo $!"
        let started = try await Command(program: "sh", arguments: ["-c", command]).run()
        let number = try #require(Int32(started.trimmed), "\(started)")
        pid.withLock { $0 = number }
    }

    func kill() {
        guard let number = pid.withLock({ $0 }) else { return }
        pid.withLock { $0 = nil }
        _ = Foundation.kill(number, SIGKILL)
    }

    func setFaults(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: faults)) }

    func metrics() async throws -> [String] {
        let output = try await Command(
            program: "curl", arguments: ["-sS", "--noproxy", "*", "http://127.0.0.1:\(port)/metrics"]
        ).run()
        #expect(output.succeeded, "\(output)")
        return output.lines
    }
}
