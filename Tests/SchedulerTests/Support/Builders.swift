import Client
import KubeAPI
import Machinery
import Scheduler

/// Short ways to the objects that tests of the scheduler need.
enum Make {
    static func node(
        _ name: String, cpu: String = "4", memory: String = "8Gi", pods: Int = 110, labels: [String: String] = [:]
    ) -> Node {
        var node = Node(name: name)
        node.metadata.uid = "uid-\(name)"
        node.metadata.labels = labels.merging(["kubernetes.io/hostname": name]) { first, _ in first }
        node.json["status"] = [
            "allocatable": ["cpu": .string(cpu), "memory": .string(memory), "pods": .string("\(pods)")]
        ]
        return node
    }

    static func pod(
        _ name: String, cpu: String? = nil, priority: Int32 = 0, labels: [String: String] = [:],
        _ change: (inout Pod) -> Void = { _ in }
    ) -> Pod {
        var pod = Pod(name: name, namespace: "default")
        pod.metadata.uid = "uid-\(name)"
        pod.metadata.labels = labels
        pod.spec.priority = priority
        var requests: JSONObject = [:]
        if let cpu { requests["cpu"] = .string(cpu) }
        pod.spec.json["containers"] = [
            ["name": "c", "image": "pause", "resources": ["requests": .object(requests)]]
        ]
        change(&pod)
        return pod
    }

    static func placed(_ pod: Pod, on node: String) -> Pod {
        var pod = pod
        pod.spec.nodeName = node
        return pod
    }

    /// A scheduler that knows some nodes.
    static func core(_ nodes: [Node] = [], _ configuration: SchedulerConfiguration = .init()) -> SchedulerCore {
        var core = SchedulerCore(configuration, now: start)
        for node in nodes { core.nodeChanged(.added(node), now: start) }
        return core
    }

    static let start = ContinuousClock.now
}

extension SchedulerCore.Outcome {
    /// In a few words, for comparing.
    var text: String {
        switch self {
        case .bind(let binding): "\(binding.pod.info.key.name) to \(binding.node)"
        case .unschedulable(let pod, let message, let preemption, _):
            "\(pod.key.name): \(message)"
                + (preemption.map { " \($0.node) without \($0.victims.map(\.key.name).sorted())" } ?? "")
        case .failed(let pod, let message): "\(pod.key.name) failed: \(message)"
        case .consult(let consultation): "\(consultation.pod.info.key.name): extenders are asked"
        case .skipped: "skipped"
        }
    }
}
