import AdmissionRules
import KubeAPI
import Machinery
import Testing

@Suite("Limit ranges")
struct LimitRangeRulesTests {
    private func range(_ item: JSONObject) -> LimitRange { LimitRange(json: ["spec": ["limits": [.object(item)]]]) }

    private func pod(_ resources: JSONObject, initial: JSONObject? = nil) -> Pod {
        var spec: JSONObject = ["containers": [["name": "c", "resources": .object(resources)]]]
        if let initial { spec["initContainers"] = [["name": "i", "resources": .object(initial)]] }
        return Pod(json: ["metadata": ["name": "p"], "spec": .object(spec)])
    }

    @Test("Containers that say nothing get defaults, which an annotation tells")
    func defaults() {
        let range = range([
            "type": "Container", "default": ["cpu": "500m", "memory": "500Mi"],
            "defaultRequest": ["cpu": "100m", "memory": "200Mi"],
        ])
        var pod = pod(["requests": ["memory": "300Mi"]], initial: [:])
        LimitRangeRules.applyDefaults(of: range, to: &pod)
        #expect(
            pod.spec.containers[0].resources?.json
                == ["requests": ["memory": "300Mi", "cpu": "100m"], "limits": ["cpu": "500m", "memory": "500Mi"]])
        #expect(pod.spec.initContainers[0].resources?.requests == ["cpu": Quantity(milli: 100), "memory": mebi(200)])
        #expect(
            pod.metadata.annotations["kubernetes.io/limit-ranger"]
                == "LimitRanger plugin set: cpu request for container c; cpu, memory limit for container c; "
                + "cpu, memory request for init container i; cpu, memory limit for init container i")
    }

    private func mebi(_ count: Int64) -> Quantity { Quantity(count * 1_048_576, format: .binarySI) }

    @Test("Pods that say all are left as they are")
    func noDefaults() {
        let range = range(["type": "Container", "default": ["cpu": "1"]])
        let before = pod(["limits": ["cpu": "2"]])
        var after = before
        LimitRangeRules.applyDefaults(of: range, to: &after)
        #expect(after == before)
    }

    struct Case: Sendable {
        let item: JSONObject
        let resources: JSONObject
        let violation: String?
    }

    static let cases: [Case] = [
        Case(
            item: ["type": "Container", "min": ["cpu": "100m"]], resources: ["requests": ["cpu": "50m"]],
            violation: "minimum cpu usage per Container is 100m, but request is 50m"),
        Case(
            item: ["type": "Container", "min": ["cpu": "100m"]], resources: [:],
            violation: "minimum cpu usage per Container is 100m.  No request is specified"),
        Case(
            item: ["type": "Container", "min": ["cpu": "100m"]],
            resources: ["requests": ["cpu": "100m"], "limits": ["cpu": "1"]], violation: nil),
        Case(
            item: ["type": "Container", "max": ["memory": "1Gi"]], resources: ["limits": ["memory": "2Gi"]],
            violation: "maximum memory usage per Container is 1Gi, but limit is 2Gi"),
        Case(
            item: ["type": "Container", "max": ["memory": "1Gi"]], resources: [:],
            violation: "maximum memory usage per Container is 1Gi.  No limit is specified"),
        Case(
            item: ["type": "Container", "maxLimitRequestRatio": ["cpu": "1500m"]],
            resources: ["requests": ["cpu": "3"], "limits": ["cpu": "5"]],
            violation: "cpu max limit to request ratio per Container is 1500m, but provided ratio is 1.666667"),
        Case(
            item: ["type": "Container", "maxLimitRequestRatio": ["cpu": "2"]],
            resources: ["requests": ["cpu": "1"], "limits": ["cpu": "2"]], violation: nil),
        Case(
            item: ["type": "Container", "maxLimitRequestRatio": ["cpu": "2"]], resources: ["limits": ["cpu": "2"]],
            violation: "cpu max limit to request ratio per Container is 2, "
                + "but no request is specified or request is 0"),
        Case(
            item: ["type": "Container", "min": ["cpu": "1"], "max": ["memory": "1Gi"]], resources: [:],
            violation: "[minimum cpu usage per Container is 1.  No request is specified, "
                + "maximum memory usage per Container is 1Gi.  No limit is specified]"),
        Case(
            item: ["type": "Pod", "max": ["cpu": "1"]], resources: ["limits": ["cpu": "2"]],
            violation: "maximum cpu usage per Pod is 1, but limit is 2"),
    ]

    @Test("What is outside a range is refused in Kubernetes' words", arguments: cases)
    func violations(_ example: Case) {
        #expect(
            LimitRangeRules.violation(of: range(example.item), by: pod(example.resources)) == example.violation)
    }

    @Test("A pod counts its containers together, the largest of the init containers, and what it says as a whole")
    func totals() {
        var pod = pod(["requests": ["cpu": "1"]], initial: ["requests": ["cpu": "3"]])
        #expect(PodTotals(pod, .specification).requests == ["cpu": 3])
        pod.spec.initContainers[0].restartPolicy = "Always"
        #expect(PodTotals(pod, .specification).requests == ["cpu": 4])
        pod.spec.resources = ResourceRequirements(json: ["requests": ["cpu": "10"]])
        pod.spec.overhead = ["cpu": 1]
        #expect(PodTotals(pod, .specification).requests == ["cpu": 10])
        #expect(PodTotals(pod, .usage).requests == ["cpu": 11])
    }

    @Test("Claims are held to what they ask for")
    func claims() {
        let range = range(["type": "PersistentVolumeClaim", "min": ["storage": "1Gi"], "max": ["storage": "2Gi"]])
        func violation(_ size: String) -> String? {
            LimitRangeRules.violation(
                of: range,
                by: PersistentVolumeClaim(json: ["spec": ["resources": ["requests": ["storage": .string(size)]]]]))
        }
        #expect(violation("1Gi") == nil)
        #expect(
            violation("500Mi") == "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi")
        #expect(violation("3Gi") == "maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi")
    }
}
