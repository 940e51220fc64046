import AdmissionRules
import KubeAPI
import Machinery
import Testing

@Suite("Optional admission")
struct AdmissionPluginsTests {
    @Test("Plugins are switched by their names")
    func switching() throws {
        let plugins = try AdmissionPlugins(enabled: "EventRateLimit, AlwaysPullImages", disabled: "PodSecurity")
        #expect(plugins.runs("EventRateLimit") && plugins.runs("AlwaysPullImages") && plugins.runs("ResourceQuota"))
        #expect(plugins.isSwitchedOff("PodSecurity") && plugins.isSwitchedOff("DenyServiceExternalIPs"))
        #expect(!plugins.isSwitchedOff("RBACEscalation"))
    }

    @Test("Unknown names, and names both on and off, are refused")
    func refusals() {
        #expect(throws: AdmissionPlugins.Flaw(description: "enable-admission-plugins plugin \"Nope\" is unknown")) {
            try AdmissionPlugins(enabled: "Nope", disabled: "")
        }
        #expect(
            throws: AdmissionPlugins.Flaw(
                description: "[PodSecurity] in enable-admission-plugins and disable-admission-plugins overlapped")
        ) {
            try AdmissionPlugins(enabled: "PodSecurity", disabled: "PodSecurity")
        }
    }

    private func toleration(_ json: JSONObject) -> Toleration { Toleration(json: json) }

    @Test("Tolerations that others cover are left out of a merge")
    func merging() {
        let all = toleration(["operator": "Exists"])
        let one = toleration(["key": "a", "operator": "Equal", "value": "b", "effect": "NoSchedule"])
        let other = toleration(["key": "c", "operator": "Exists"])
        #expect(TolerationRules.merge([one], [all]) == [all])
        #expect(TolerationRules.merge([one], [one, other]) == [one, other])
    }

    @Test("A namespace allows what its list covers; an empty list allows all")
    func allowing() {
        let allowed = [toleration(["key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 60])]
        func isAllowed(_ json: JSONObject) -> Bool { TolerationRules.areAllowed([toleration(json)], by: allowed) }
        #expect(isAllowed(["key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 30]))
        #expect(!isAllowed(["key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 90]))
        #expect(!isAllowed(["key": "a", "operator": "Exists", "effect": "NoExecute"]))
        #expect(!isAllowed(["key": "b", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 30]))
        #expect(TolerationRules.areAllowed([toleration(["key": "x"])], by: []))
    }

    @Test("Annotations hold tolerations as JSON")
    func annotations() throws {
        let key = TolerationRules.allowedAnnotation
        #expect(try TolerationRules.tolerations(in: [:], key) == nil)
        #expect(try TolerationRules.tolerations(in: [key: ""], key) == [])
        #expect(try TolerationRules.tolerations(in: [key: "[{\"key\":\"a\"}]"], key)?.map(\.key) == ["a"])
        #expect(throws: TolerationRules.Flaw.self) { try TolerationRules.tolerations(in: [key: "{}"], key) }
        #expect(throws: TolerationRules.Flaw.self) { try TolerationRules.tolerations(in: [key: "["], key) }
    }

    @Test("Pods that ask for devices tolerate the taints of their names")
    func extendedResources() {
        let pod = Pod(json: [
            "spec": [
                "containers": [
                    ["resources": ["requests": ["example.com/gpu": "1", "cpu": "1", "hugepages-2Mi": "2Mi"]]]
                ]
            ]
        ])
        #expect(TolerationRules.forExtendedResources(of: pod).map(\.key) == ["example.com/gpu"])
    }

    @Test("Buckets of events empty, fill with time and are forgotten when there are too many")
    func eventRates() {
        final class Time: Sendable {
            let now = Synchronized(Duration.zero)
        }
        let time = Time()
        let limiter = EventRateLimiter(
            [EventRateLimit(.namespace, perSecond: 2, burst: 3, capacity: 2)], now: { time.now.value })
        func take(_ namespace: String) -> Bool { limiter.take { _ in namespace }.isEmpty }
        #expect((0..<5).map { _ in take("a") } == [true, true, true, false, false])
        #expect(take("b"))
        time.now.value = .milliseconds(500)
        #expect((0..<2).map { _ in take("a") } == [true, false])
        #expect(limiter.take { _ in "a" } == ["limit reached on type Namespace for key a"])
        // A third key pushes out the one used longest ago, which then starts anew.
        #expect(take("b") && take("c"))
        #expect((0..<4).map { _ in take("a") } == [true, true, true, false])
    }

    @Test("Every image of a pod is pulled always, and what was changed back is found")
    func images() {
        let pod = Pod(json: [
            "spec": [
                "containers": [["name": "a", "image": "1", "imagePullPolicy": "Never"]],
                "initContainers": [["name": "i", "image": "2"]],
                "volumes": [["name": "v", "image": ["reference": "r"]]],
            ]
        ])
        #expect(ImagePullRules.violations(in: pod).count == 3)
        #expect(
            ImagePullRules.violations(in: pod).map(\.description).contains(
                "spec.containers[0].imagePullPolicy: Unsupported value: \"Never\": supported values: \"Always\""))
        #expect(ImagePullRules.violations(in: ImagePullRules.alwaysPulling(pod)).isEmpty)
        #expect(ImagePullRules.keepsImages(pod, from: pod.json))
        #expect(!ImagePullRules.keepsImages(pod, from: nil))
    }
}
