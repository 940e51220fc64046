import KubeAPI
import Machinery
import Node
import Testing

@Suite struct PodAdmissionTests {
    private func check(_ pod: Pod, others: [Pod] = [], taints: [Taint] = []) -> PodAdmission.Rejection? {
        var node = Node(name: "node-1")
        node.metadata.labels = ["disk": "ssd", "cores": "8"]
        node.spec.taints = taints
        return PodAdmission(node: node, allocatable: ["cpu": Quantity(2)], maxPods: 3).check(pod, others: others)
    }

    private func pod(cpu: Int64, _ name: String = "web") -> Pod {
        Pods.pod(name) { pod in
            var resources = ResourceRequirements()
            resources.requests = ["cpu": Quantity(milli: cpu)]
            pod.spec.containers[0].resources = resources
        }
    }

    @Test func resourcesMustFit() {
        #expect(check(pod(cpu: 2000)) == nil)
        let rejection = check(pod(cpu: 1500), others: [pod(cpu: 600, "other")])
        #expect(rejection?.reason == "OutOfcpu")
        #expect(
            rejection?.message
                == "Pod was rejected: Node didn't have enough resource: cpu, requested: 1500, used: 600, capacity: 2000"
        )
    }

    @Test func aNodeThatRunsDryTakesOnlyWhatItMust() {
        func check(_ pod: Pod, _ pressures: Set<NodePressure>) -> PodAdmission.Rejection? {
            PodAdmission(
                node: Node(name: "node-1"), allocatable: ["cpu": Quantity(2)], maxPods: 3, pressures: pressures
            ).check(pod, others: [])
        }
        let bestEffort = Pods.pod()
        let critical = Pods.pod { $0.spec.priority = 2_000_000_000 }
        let tolerant = Pods.pod { pod in
            var toleration = Toleration()
            toleration.key = "node.kubernetes.io/memory-pressure"
            toleration.operator = "Exists"
            pod.spec.tolerations = [toleration]
        }
        let refused = check(bestEffort, [.memory])
        #expect(refused?.reason == "Evicted")
        #expect(refused?.message == "Pod was rejected: The node had condition: [MemoryPressure]. ")
        #expect(check(tolerant, [.memory]) == nil)
        #expect(check(pod(cpu: 100), [.memory]) == nil)
        #expect(
            check(pod(cpu: 100), [.memory, .disk])?.message
                == "Pod was rejected: The node had condition: [DiskPressure MemoryPressure]. ")
        #expect(check(tolerant, [.disk])?.reason == "Evicted")
        #expect(check(critical, [.memory, .disk, .processes]) == nil)
    }

    @Test(
        "Extended resources are what the Node announces; one that it does not announce is the scheduler's business",
        arguments: [
            ("example.com/foo", 2, 1, nil), ("example.com/foo", 2, 2, "OutOfexample.com/foo"),
            ("example.com/bar", 9, 9, nil), ("hugepages-2Mi", 1, 0, "OutOfhugepages-2Mi"),
        ] as [(String, Int64, Int64, String?)])
    func extendedResources(name: String, wanted: Int64, used: Int64, reason: String?) {
        func pod(_ name: String, _ resource: String, _ count: Int64) -> Pod {
            Pods.pod(name) { pod in
                var resources = ResourceRequirements()
                resources.requests = [resource: Quantity(count)]
                pod.spec.containers[0].resources = resources
            }
        }
        var node = Node(name: "node-1")
        node.status.allocatable = ["example.com/foo": Quantity(3)]
        let admission = PodAdmission(node: node, allocatable: ["cpu": Quantity(2)], maxPods: 3)
        #expect(admission.check(pod("a", name, wanted), others: [pod("b", name, used)])?.reason == reason)
    }

    @Test func thereIsRoomForSoManyPods() {
        let others = (0..<3).map { Pods.pod("p\($0)") }
        #expect(check(Pods.pod(), others: others)?.reason == "OutOfpods")
    }

    @Test func hostPortsAreTakenOnce() {
        func withPort(_ name: String, _ address: String?) -> Pod {
            Pods.pod(name) { pod in
                var port = ContainerPort()
                port.containerPort = 80
                port.hostPort = 8080
                port.hostIP = address
                pod.spec.containers[0].ports = [port]
            }
        }
        #expect(check(withPort("a", nil), others: [withPort("b", nil)])?.reason == "NodePorts")
        #expect(check(withPort("a", "192.0.2.1"), others: [withPort("b", nil)])?.reason == "NodePorts")
        #expect(check(withPort("a", "192.0.2.1"), others: [withPort("b", "192.0.2.2")]) == nil)
    }

    @Test(arguments: [
        (#"{"nodeSelector":{"disk":"ssd"}}"#, true), (#"{"nodeSelector":{"disk":"hdd"}}"#, false),
        (Self.affinity(#"{"key":"cores","operator":"Gt","values":["4"]}"#), true),
        (Self.affinity(#"{"key":"cores","operator":"Lt","values":["4"]}"#), false),
        (Self.affinity(#"{"key":"none","operator":"DoesNotExist"}"#), true),
        (Self.affinity(#"{"key":"disk","operator":"NotIn","values":["ssd"]}"#), false),
    ])
    func theNodeMustBeOneThePodWants(spec: String, isLetIn: Bool) throws {
        let wanted: PodSpec = try Pods.parse(spec)
        let pod = Pods.pod { pod in
            pod.spec.nodeSelector = wanted.nodeSelector
            pod.spec.affinity = wanted.affinity
        }
        #expect((check(pod) == nil) == isLetIn)
    }

    private static func affinity(_ expression: String) -> String {
        #"{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[\#(expression)]}]}}}}"#
    }

    @Test func taintsThatEvictKeepPodsOut() {
        var taint = Taint()
        taint.key = "gone"
        taint.effect = "NoExecute"
        #expect(check(Pods.pod(), taints: [taint])?.reason == "TaintToleration")
        let tolerant = Pods.pod { pod in
            var toleration = Toleration()
            toleration.operator = "Exists"
            pod.spec.tolerations = [toleration]
        }
        #expect(check(tolerant, taints: [taint]) == nil)
    }
}
