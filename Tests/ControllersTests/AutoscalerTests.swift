import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("A HorizontalPodAutoscaler")
struct AutoscalerTests {
    /// What the metrics APIs say; changed while a test runs.
    private struct Metrics: Sendable {
        /// Thousandths of a processor by pod.
        var cpu: [String: Int64] = [:]
        /// By the path's last part.
        var custom: [String: Int64] = [:]
        var external: [Int64]?
    }

    private static func cluster(
        replicas: Int32, metrics: Shared<Metrics>,
        _ configure: (inout ControllerManagerConfiguration) -> Void = { _ in }
    ) -> TestCluster {
        let cluster = TestCluster(["horizontal-pod-autoscaler"], configure: configure)
        cluster.server.seed(deployment("web", replicas: replicas))
        setPods(cluster, Int(replicas))
        cluster.server.answer { [server = cluster.server] request in
            answer(request, metrics.value, server)
        }
        return cluster
    }

    private static func setPods(_ cluster: TestCluster, _ count: Int, requests: String = "100m") {
        for number in 0..<count {
            var pod = Pod(name: "web-\(number)", namespace: "default")
            pod.metadata.labels = ["app": "web"]
            pod.spec = template(["app": "web"]).spec
            var resources = ResourceRequirements()
            resources.json["requests"] = ["cpu": .string(requests)]
            pod.spec.containers[0].resources = resources
            pod.becomeReady(at: cluster.time.wall.now - .seconds(900))
            pod.status.startTime = cluster.time.wall.now - .seconds(1000)
            cluster.server.seed(pod)
        }
        cluster.server.edit(Deployment.self, "web", namespace: "default") { $0.status.replicas = Int32(count) }
    }

    private static func answer(
        _ request: APIRequest, _ metrics: Metrics, _ server: FakeAPIServer
    ) -> JSONObject? {
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.count >= 2, parts[0] == "apis" else { return nil }
        let time = server.wallClock.now.json
        switch parts[1] {
        case "metrics.k8s.io":
            return [
                "items": .array(
                    metrics.cpu.map { name, value in
                        [
                            "metadata": ["name": .string(name)], "timestamp": time, "window": "30s",
                            "containers": [["name": "main", "usage": ["cpu": .string("\(value)m")]]],
                        ]
                    })
            ]
        case "custom.metrics.k8s.io":
            if parts.count == 2 { return ["versions": [["version": "v1beta1"], ["version": "v1beta2"]]] }
            guard let value = parts.last.flatMap({ metrics.custom[$0] }) else { return ["items": []] }
            let names = parts.contains("*") ? server.list(Pod.self).map(\.name) : [parts[parts.count - 2]]
            return [
                "items": .array(
                    names.map { name in
                        [
                            "describedObject": ["name": .string(name)], "timestamp": time,
                            "value": .string("\(value)m"),
                        ]
                    })
            ]
        case "external.metrics.k8s.io":
            return [
                "items": .array((metrics.external ?? []).map { ["value": .string("\($0)m"), "timestamp": time] })
            ]
        default: return nil
        }
    }

    private static func autoscaler(
        _ minimum: Int32, _ maximum: Int32, _ metrics: [MetricSpec],
        behavior: HorizontalPodAutoscalerBehavior? = nil
    ) -> HorizontalPodAutoscaler {
        var autoscaler = HorizontalPodAutoscaler(name: "web", namespace: "default")
        var reference = CrossVersionObjectReference()
        reference.apiVersion = "apps/v1"
        reference.kind = "Deployment"
        reference.name = "web"
        autoscaler.spec.scaleTargetRef = reference
        autoscaler.spec.minReplicas = minimum
        autoscaler.spec.maxReplicas = maximum
        autoscaler.spec.metrics = metrics
        autoscaler.spec.behavior = behavior
        return autoscaler
    }

    private static func cpu(_ percent: Int32) -> MetricSpec {
        MetricSpec(json: [
            "type": "Resource",
            "resource": [
                "name": "cpu", "target": ["type": "Utilization", "averageUtilization": .int(Int64(percent))],
            ],
        ])
    }

    private static func usage(_ count: Int, _ milli: Int64) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: (0..<count).map { ("web-\($0)", milli) })
    }

    private static func replicas(_ server: FakeAPIServer) -> Int32? {
        server.get(Deployment.self, "web", namespace: "default")?.spec.replicas
    }

    private static func status(_ server: FakeAPIServer) -> HorizontalPodAutoscalerStatus? {
        server.get(HorizontalPodAutoscaler.self, "web", namespace: "default")?.status
    }

    private static func condition(_ server: FakeAPIServer, _ type: String) -> (status: String, reason: String)? {
        status(server)?.conditions.first { $0.type == type }.map { ($0.status, $0.reason ?? "") }
    }

    @Test("grows a workload whose pods use more than they should, and tells so")
    func grows() async throws {
        let metrics = Shared(Metrics(cpu: Self.usage(2, 90)))
        let cluster = Self.cluster(replicas: 2, metrics: metrics)
        cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50)]))
        try await cluster.run { cluster in
            try await cluster.until("grown") { Self.replicas($0) == 4 }
            try await cluster.until("told") { Self.status($0)?.desiredReplicas == 4 }
            let status = try #require(Self.status(cluster.server))
            #expect(status.currentReplicas == 2)
            #expect(status.lastScaleTime != nil)
            #expect(status.currentMetrics.first?.resource?.current.averageUtilization == 90)
            #expect(status.currentMetrics.first?.resource?.current.averageValue?.description == "90m")
            #expect(Self.condition(cluster.server, "AbleToScale")?.reason == "SucceededRescale")
            #expect(Self.condition(cluster.server, "ScalingActive")?.reason == "ValidMetricFound")
            #expect(Self.condition(cluster.server, "ScalingLimited")?.reason == "DesiredWithinRange")
            await cluster.settle()
            let event = cluster.server.list(Event.self).first { $0.reason == "SuccessfulRescale" }
            #expect(
                event?.message == "New size: 4; reason: cpu resource utilization (percentage of request) above target")
        }
    }

    @Test("at most doubles at a time, or goes to four, and stays below its maximum")
    func limits() async throws {
        for (maximum, expected, reason) in [(20, 6, "ScaleUpLimit"), (5, 5, "TooManyReplicas")]
            as [(Int32, Int32, String)]
        {
            let metrics = Shared(Metrics(cpu: Self.usage(3, 1000)))
            let cluster = Self.cluster(replicas: 3, metrics: metrics)
            cluster.server.seed(Self.autoscaler(1, maximum, [Self.cpu(50)]))
            try await cluster.run { cluster in
                try await cluster.until("grown") { Self.replicas($0) == expected }
                try await cluster.until("told") { Self.condition($0, "ScalingLimited")?.reason == reason }
                #expect(Self.condition(cluster.server, "ScalingLimited")?.status == "True")
            }
        }
    }

    @Test("shrinks only when the highest recommendation of five minutes is lower")
    func stabilizes() async throws {
        let metrics = Shared(Metrics(cpu: Self.usage(4, 50)))
        let cluster = Self.cluster(replicas: 4, metrics: metrics)
        cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50)]))
        try await cluster.run { cluster in
            try await cluster.until("within tolerance") { Self.condition($0, "ScalingActive")?.status == "True" }
            metrics.set(Metrics(cpu: Self.usage(4, 10)))
            try await cluster.advance(.seconds(15), upTo: .seconds(60), "held") {
                Self.condition($0, "AbleToScale")?.reason == "ScaleDownStabilized"
            }
            #expect(Self.replicas(cluster.server) == 4)
            try await cluster.advance(.seconds(15), upTo: .seconds(400), "shrunk") { Self.replicas($0) == 1 }
            await cluster.settle()
            #expect(
                cluster.server.list(Event.self).contains {
                    $0.message == "New size: 1; reason: All metrics below target"
                })
        }
    }

    @Test("does nothing about usage that is near its target, by default or as its behaviour says")
    func tolerance() async throws {
        for (allowed, isEnabled, expected) in [(nil, true, 4), ("0.05", true, 5), ("0.05", false, 4)]
            as [(String?, Bool, Int32)]
        {
            let metrics = Shared(Metrics(cpu: Self.usage(4, 54)))
            let cluster = Self.cluster(replicas: 4, metrics: metrics) { $0.features.configurableTolerance = isEnabled }
            var behavior: HorizontalPodAutoscalerBehavior?
            if let allowed {
                behavior = HorizontalPodAutoscalerBehavior(json: ["scaleUp": ["tolerance": .string(allowed)]])
            }
            cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50)], behavior: behavior))
            try await cluster.run { cluster in
                try await cluster.until("looked at") { Self.condition($0, "ScalingActive")?.status == "True" }
                #expect(Self.replicas(cluster.server) == expected)
            }
        }
    }

    @Test("counts pods that say nothing against the change")
    func missing() async throws {
        for (known, expected) in [
            // Two of four at 90 of 50 percent: with two idle ones nothing is to be done.
            (Self.usage(2, 90), 4),
            // Three of four nearly idle: the fourth counts as busy.
            (Self.usage(3, 10), 3),
            // One is so busy that the others do not matter.
            (Self.usage(1, 1000), 8),
        ] as [([String: Int64], Int32)] {
            let metrics = Shared(Metrics(cpu: known))
            let cluster = Self.cluster(replicas: 4, metrics: metrics)
            cluster.server.seed(
                Self.autoscaler(
                    1, 30, [Self.cpu(50)],
                    behavior: HorizontalPodAutoscalerBehavior(json: ["scaleDown": ["stabilizationWindowSeconds": 0]])))
            try await cluster.run { cluster in
                try await cluster.until("looked at") { Self.condition($0, "ScalingActive")?.status == "True" }
                #expect(Self.replicas(cluster.server) == expected, "\(known.count)")
            }
        }
    }

    @Test("leaves out pods that are only starting, and fails when nothing else is left")
    func starting() async throws {
        let metrics = Shared(Metrics(cpu: Self.usage(2, 400)))
        let cluster = Self.cluster(replicas: 2, metrics: metrics)
        for name in ["web-0", "web-1"] {
            cluster.server.edit(Pod.self, name, namespace: "default") { pod in
                pod.status.startTime = cluster.time.wall.now
                pod.status.conditions[0].status = "False"
            }
        }
        cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50)]))
        try await cluster.run { cluster in
            try await cluster.until("told") {
                Self.condition($0, "ScalingActive")?.reason == "FailedGetResourceMetric"
            }
            let message = Self.status(cluster.server)?.conditions.first { $0.type == "ScalingActive" }?.message
            #expect(
                message == "the HPA was unable to compute the replica count: failed to get cpu utilization: "
                    + "did not receive metrics for targeted pods (pods might be unready)")
            #expect(Self.replicas(cluster.server) == 2)
            await cluster.settle()
            let reasons = Set(cluster.server.reasons(of: "HorizontalPodAutoscaler"))
            #expect(reasons == ["FailedGetResourceMetric", "FailedComputeMetricsReplicas"])
        }
    }

    @Test("grows, but does not shrink, by part of its metrics")
    func partOfMetrics() async throws {
        let pods = MetricSpec(json: [
            "type": "Pods",
            "pods": [
                "metric": ["name": "requests"], "target": ["type": "AverageValue", "averageValue": "10"],
            ],
        ])
        for (perPod, expected) in [(20_000, 4), (1000, 2)] as [(Int64, Int32)] {
            let metrics = Shared(Metrics(custom: ["requests": perPod]))
            let cluster = Self.cluster(replicas: 2, metrics: metrics)
            cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50), pods]))
            try await cluster.run { cluster in
                try await cluster.until("looked at") { Self.status($0)?.currentMetrics.count == 2 }
                #expect(Self.replicas(cluster.server) == expected)
                #expect(
                    Self.status(cluster.server)?.currentMetrics.last?.pods?.current.averageValue?.milliValue == perPod)
            }
        }
    }

    @Test("goes by metrics of objects and from outside, in total and per pod")
    func otherMetrics() async throws {
        func object(_ target: JSON) -> MetricSpec {
            MetricSpec(json: [
                "type": "Object",
                "object": [
                    "describedObject": ["apiVersion": "v1", "kind": "Service", "name": "web"],
                    "metric": ["name": "hits"], "target": target,
                ],
            ])
        }
        func external(_ target: JSON) -> MetricSpec {
            MetricSpec(json: ["type": "External", "external": ["metric": ["name": "queue"], "target": target]])
        }
        for (spec, expected) in [
            (object(["type": "Value", "value": "100"]), 4),
            (object(["type": "AverageValue", "averageValue": "50"]), 4),
            (external(["type": "Value", "value": "100"]), 4),
            (external(["type": "AverageValue", "averageValue": "60"]), 4),
        ] as [(MetricSpec, Int32)] {
            let metrics = Shared(Metrics(custom: ["hits": 200_000], external: [150_000, 50_000]))
            let cluster = Self.cluster(replicas: 2, metrics: metrics)
            cluster.server.seed(Self.autoscaler(1, 10, [spec]))
            try await cluster.run { cluster in
                try await cluster.until("grown") { Self.replicas($0) == expected }
                #expect(cluster.server.get(Deployment.self, "web", namespace: "default")?.status.replicas == 2)
            }
        }
    }

    @Test("measures one container where it is told to")
    func container() async throws {
        let spec = MetricSpec(json: [
            "type": "ContainerResource",
            "containerResource": [
                "name": "cpu", "container": "main", "target": ["type": "Utilization", "averageUtilization": 50],
            ],
        ])
        let metrics = Shared(Metrics(cpu: Self.usage(2, 100)))
        let cluster = Self.cluster(replicas: 2, metrics: metrics)
        cluster.server.seed(Self.autoscaler(1, 10, [spec]))
        try await cluster.run { cluster in
            try await cluster.until("grown") { Self.replicas($0) == 4 }
            try await cluster.until("told") {
                Self.status($0)?.currentMetrics.first?.containerResource?.container == "main"
            }
        }
    }

    @Test("grows and shrinks as fast as its policies allow")
    func policies() async throws {
        let behavior = HorizontalPodAutoscalerBehavior(json: [
            "scaleUp": [
                "stabilizationWindowSeconds": 0, "selectPolicy": "Max",
                "policies": [["type": "Pods", "value": 1, "periodSeconds": 60]],
            ],
            "scaleDown": [
                "stabilizationWindowSeconds": 0, "selectPolicy": "Max",
                "policies": [["type": "Percent", "value": 50, "periodSeconds": 60]],
            ],
        ])
        let metrics = Shared(Metrics(cpu: Self.usage(4, 500)))
        let cluster = Self.cluster(replicas: 4, metrics: metrics)
        cluster.server.seed(Self.autoscaler(1, 30, [Self.cpu(50)], behavior: behavior))
        try await cluster.run { cluster in
            try await cluster.until("one more") { Self.replicas($0) == 5 }
            try await cluster.advance(.seconds(15), upTo: .seconds(30), "no more in this minute") {
                Self.condition($0, "ScalingLimited")?.reason == "ScaleUpLimit" && Self.status($0)?.currentReplicas == 5
            }
            #expect(Self.replicas(cluster.server) == 5)
            try await cluster.advance(.seconds(15), upTo: .seconds(90), "one more") { Self.replicas($0) == 6 }
            metrics.set(Metrics(cpu: Self.usage(4, 1)))
            try await cluster.advance(.seconds(15), upTo: .seconds(60), "half of them") {
                (Self.replicas($0) ?? 9) <= 3
            }
        }
    }

    @Test("scales to nothing and back by metrics from outside, where the feature is on")
    func zero() async throws {
        let external = MetricSpec(json: [
            "type": "External",
            "external": ["metric": ["name": "queue"], "target": ["type": "AverageValue", "averageValue": "10"]],
        ])
        let metrics = Shared(Metrics(external: [0]))
        let cluster = Self.cluster(replicas: 1, metrics: metrics) { $0.features.scaleToZero = true }
        cluster.server.seed(
            Self.autoscaler(
                0, 10, [external],
                behavior: HorizontalPodAutoscalerBehavior(json: ["scaleDown": ["stabilizationWindowSeconds": 0]])))
        try await cluster.run { cluster in
            try await cluster.until("gone") { Self.replicas($0) == 0 }
            try await cluster.until("remembered") { Self.condition($0, "ScaledToZero")?.status == "True" }
            cluster.server.edit(Deployment.self, "web", namespace: "default") { $0.status.replicas = 0 }
            metrics.set(Metrics(external: [25_000]))
            try await cluster.advance(.seconds(15), upTo: .seconds(60), "back") { Self.replicas($0) == 3 }
            try await cluster.until("forgotten") { Self.condition($0, "ScaledToZero")?.status == "False" }
        }
    }

    @Test("leaves alone what somebody else scaled to nothing, and names a target it cannot find")
    func disabled() async throws {
        let metrics = Shared(Metrics())
        let cluster = Self.cluster(replicas: 0, metrics: metrics)
        cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50)]))
        var lost = Self.autoscaler(1, 10, [Self.cpu(50)])
        lost.metadata.name = "lost"
        lost.spec.scaleTargetRef.name = "nothing"
        cluster.server.seed(lost)
        try await cluster.run { cluster in
            try await cluster.until("told") { Self.condition($0, "ScalingActive")?.reason == "ScalingDisabled" }
            #expect(Self.replicas(cluster.server) == 0)
            try await cluster.until("told of the lost one") { server in
                server.get(HorizontalPodAutoscaler.self, "lost", namespace: "default")?.status.conditions.first?.reason
                    == "FailedGetScale"
            }
        }
    }

    @Test("keeps within its bounds whatever the metrics say, and does not share pods with another one")
    func bounds() async throws {
        for (minimum, maximum, expected) in [(5, 10, 5), (1, 2, 2)] as [(Int32, Int32, Int32)] {
            let cluster = Self.cluster(replicas: 3, metrics: Shared(Metrics()))
            cluster.server.seed(Self.autoscaler(minimum, maximum, [Self.cpu(50)]))
            try await cluster.run { cluster in
                try await cluster.until("within") { Self.replicas($0) == expected }
            }
        }
        let cluster = Self.cluster(replicas: 3, metrics: Shared(Metrics(cpu: Self.usage(3, 50))))
        cluster.server.seed(Self.autoscaler(1, 10, [Self.cpu(50)]))
        var second = Self.autoscaler(1, 10, [Self.cpu(50)])
        second.metadata.name = "web-too"
        cluster.server.seed(second)
        try await cluster.run { cluster in
            try await cluster.advance(.seconds(15), upTo: .seconds(60), "refused") {
                Self.condition($0, "ScalingActive")?.reason == "AmbiguousSelector"
            }
        }
    }
}
