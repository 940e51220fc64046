import APIServer
import KubeAPI
import Machinery
import Testing

@Suite("Defaults of strategies")
struct DefaultsTests {
    private func defaulted<S: Strategy>(_ strategy: S, _ object: JSONObject) -> JSONObject {
        var view = S.Object(json: object)
        strategy.applyDefaults(&view)
        strategy.prepareForCreate(&view)
        return view.json
    }

    private static let policies: [(image: String, policy: String)] = [
        ("nginx", "Always"), ("nginx:latest", "Always"), ("nginx:1.27", "IfNotPresent"),
        ("registry.example:5000/nginx", "Always"), ("registry.example:5000/nginx:1", "IfNotPresent"),
        ("nginx@sha256:0123", "IfNotPresent"),
    ]

    @Test("an image's tag decides when it is pulled", arguments: policies.indices)
    func pullPolicy(_ index: Int) throws {
        let (image, policy) = Self.policies[index]
        var pod = Pod(name: "a", namespace: "default")
        var container = Container()
        container.name = "a"
        container.image = image
        pod.spec.containers = [container]
        let strategy = try #require(StrategyCatalog.all[Pod.resource])
        let result = Pod(json: defaulted(strategy, pod.json))
        #expect(result.spec.containers[0].imagePullPolicy == policy)
        #expect(result.status.phase == "Pending")
        #expect(result.status.qosClass == "BestEffort")
        #expect(result.spec.enableServiceLinks == true)
    }

    @Test("a job finds its pods by its uid")
    func jobSelector() throws {
        var job = Job(name: "j", namespace: "default")
        job.metadata.uid = "u"
        job.spec.template.spec.restartPolicy = "Never"
        let strategy = try #require(StrategyCatalog.all[Job.resource])
        let result = Job(json: defaulted(strategy, job.json))
        #expect(result.spec.selector?.matchLabels == ["batch.kubernetes.io/controller-uid": "u"])
        #expect(result.spec.template.metadata.labels["job-name"] == "j")
        #expect(result.spec.completions == 1)
        #expect(result.spec.backoffLimit == 6)
    }

    @Test("plain text of a secret becomes data")
    func stringData() throws {
        var secret = Secret(name: "s", namespace: "default")
        secret.stringData = ["a": "b"]
        let strategy = try #require(StrategyCatalog.all[Secret.resource])
        let result = defaulted(strategy, secret.json)
        #expect(result["data"] == ["a": "Yg=="])
        #expect(result["stringData"] == nil)
    }
}
