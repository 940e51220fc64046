import APIServer
import KubeAPI
import Machinery
import Testing

@Suite("The kinds that Gantry brings along")
struct BundledDefinitionTests {
    private static let services = "/apis/gantry.dev/v1alpha1/namespaces/default/modelservices"
    private static let routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes"
    private static let pools = "/apis/inference.networking.k8s.io/v1/namespaces/default/inferencepools"
    private static let exceptions = "/apis/gantry.dev/v1alpha1/namespaces/default/readinessexceptions"

    private static func bootstrap(_ cluster: TestCluster, _ definitions: [BundledDefinition]) -> ClusterBootstrap {
        ClusterBootstrap(
            client: cluster.client(), serviceAddress: "10.96.0.1", dnsAddress: "10.96.0.10",
            serverAddress: "192.0.2.1", serverPort: 6443, served: cluster.plane.servedVersions,
            definitions: definitions)
    }

    private static func run(_ body: @Sendable @escaping (TestCluster) async throws -> Void) async throws {
        try await TestCluster.run { cluster in
            try await bootstrap(cluster, BundledDefinition.all).run()
            for definition in BundledDefinition.all {
                try await cluster.untilDefinition(definition.name) { $0.condition("Established") == "True" }
            }
            try await body(cluster)
        }
    }

    private static func object(_ kind: String, _ version: String, _ name: String, _ spec: String) -> String {
        #"{"apiVersion":"\#(version)","kind":"\#(kind)","metadata":{"name":"\#(name)"},"spec":\#(spec)}"#
    }

    private static let minimal =
        #""model":{"version":"v1"},"runtime":{"template":{"spec":{"containers":[{"name":"server"}]}}}"#

    private static func service(_ more: String = "", name: String = "chat") -> String {
        object("ModelService", "gantry.dev/v1alpha1", name, "{\(minimal)\(more)}")
    }

    @Test("Each is accepted, established and has nothing that is not structural")
    func established() async throws {
        try await Self.run { cluster in
            for definition in BundledDefinition.all {
                let answer = try await cluster.send("GET", Custom.definitions + "/" + definition.name).expect(200).json
                #expect(["", "False"].contains(answer.condition("NonStructuralSchema") ?? ""))
                #expect(answer.at("spec.versions.0.schema.openAPIV3Schema.description").stringValue?.isEmpty == false)
            }
        }
    }

    @Test("A short ModelService is given every default")
    func defaults() async throws {
        try await Self.run { cluster in
            let made = try await cluster.send("POST", Self.services, Self.service()).expect(201).json
            #expect(made.at("spec.replicas.min").intValue == 1)
            #expect(made.at("spec.runtime.port").intValue == 8000)
            #expect(made.at("spec.model.mountPath").stringValue == "/model")
            #expect(made.at("spec.rollout.steps").arrayValue?.compactMap(\.intValue) == [1, 10, 50, 100])
            #expect(made.at("spec.rollout.progressDeadline").stringValue == "10m")
            #expect(made.at("spec.scaling.stabilization").stringValue == "1m")
        }
    }

    @Test("The pod template keeps every field of a pod, and containers merge by name")
    func template() async throws {
        try await Self.run { cluster in
            let spec =
                #"{"model":{"version":"v1"},"runtime":{"template":{"spec":{"tolerations":[{"key":"a"}],"containers":["#
                + #"{"name":"server","securityContext":{"runAsNonRoot":true}}]}}}}"#
            let text = Self.object("ModelService", "gantry.dev/v1alpha1", "chat", spec)
            let made = try await cluster.send("POST", Self.services, text).expect(201).json
            #expect(made.at("spec.runtime.template.spec.tolerations.0.key").stringValue == "a")
            let container = made.at("spec.runtime.template.spec.containers.0")
            #expect(container.at("securityContext.runAsNonRoot").boolValue == true)
        }
    }

    @Test("What makes no sense is refused, with the field")
    func refused() async throws {
        let table = [
            (#","replicas":{"min":3,"max":2}"#, "min may not be above max"),
            (#","replicas":{"min":-1}"#, "spec.replicas.min"),
            (#","rollout":{"steps":[1,10]}"#, "the last step must be 100"),
            (#","rollout":{"steps":[50,10,100]}"#, "steps must rise"),
            (#","rollout":{"steps":[10,10,100]}"#, "steps must rise"),
            (#","rollout":{"stepDuration":"2h"}"#, "stepDuration may not be above maximumStepDuration"),
            (#","objectives":{"timeToFirstTokenP95":"soon"}"#, "spec.objectives.timeToFirstTokenP95"),
            (#","objectives":{"errorRate":"0.5"}"#, "spec.objectives.errorRate"),
            (#","gpus":{"count":1,"resource":"gpu"}"#, "spec.gpus.resource"),
            (#","owner":{"contact":"chat"}"#, "spec.owner.team"),
            (#","scaling":{"requestsPerReplica":0}"#, "spec.scaling.requestsPerReplica"),
        ]
        try await Self.run { cluster in
            for (more, what) in table {
                try await cluster.send("POST", Self.services, Self.service(more)).expect(422, "Invalid", what)
            }
        }
    }

    @Test("A name that leaves no room for those of its objects is refused")
    func longName() async throws {
        try await Self.run { cluster in
            let name = String(repeating: "a", count: 41)
            try await cluster.send("POST", Self.services, Self.service(name: name))
                .expect(422, "Invalid", "the name may have 40 characters")
        }
    }

    @Test("An HTTPRoute by model with weights is accepted, and given the API's defaults")
    func route() async throws {
        try await Self.run { cluster in
            let spec = #"""
                {"rules":[{"matches":[{"headers":[{"name":"X-Gateway-Model-Name","value":"chat"}]}],"backendRefs":[
                {"group":"inference.networking.k8s.io","kind":"InferencePool","name":"chat-v1","weight":99},
                {"group":"inference.networking.k8s.io","kind":"InferencePool","name":"chat-v2"}],
                "timeouts":{"request":"10m"}}]}
                """#
            let text = Self.object("HTTPRoute", "gateway.networking.k8s.io/v1", "chat", spec)
            let made = try await cluster.send("POST", Self.routes, text).expect(201).json
            #expect(made.at("spec.rules.0.backendRefs.1.weight").intValue == 1)
            #expect(made.at("spec.rules.0.matches.0.path.type").stringValue == "PathPrefix")
            #expect(made.at("spec.rules.0.matches.0.headers.0.type").stringValue == "Exact")
            let empty = Self.object("HTTPRoute", "gateway.networking.k8s.io/v1", "empty", "{}")
            let bare = try await cluster.send("POST", Self.routes, empty).expect(201).json
            #expect(bare.at("spec.rules.0.matches.0.path.value").stringValue == "/")
        }
    }

    @Test("An HTTPRoute that contradicts itself is refused")
    func refusedRoute() async throws {
        let table = [
            (#"{"rules":[{"backendRefs":[{"name":"web"}]}]}"#, "Must have port for Service reference"),
            (#"{"rules":[{"matches":[{"path":{"value":"a"}}]}]}"#, "value must be an absolute path"),
            (#"{"rules":[{"matches":[{"path":{"value":"/a//b"}}]}]}"#, "must not contain '//'"),
            (#"{"rules":[{"filters":[{"type":"URLRewrite"}]}]}"#, "filter.urlRewrite must be specified"),
            (#"{"rules":[{"filters":[{"type":"CORS","cors":{}},{"type":"CORS","cors":{}}]}]}"#, "cannot be repeated"),
            (#"{"rules":[{"timeouts":{"request":"1s","backendRequest":"2s"}}]}"#, "backendRequest timeout"),
            (#"{"hostnames":["a b"]}"#, "spec.hostnames[0]"),
            (#"{"parentRefs":[{"name":"a"},{"name":"a"}]}"#, "sectionName must be unique"),
        ]
        try await Self.run { cluster in
            for (spec, what) in table {
                let text = Self.object("HTTPRoute", "gateway.networking.k8s.io/v1", "r", spec)
                try await cluster.send("POST", Self.routes, text).expect(422, "Invalid", what)
            }
        }
    }

    @Test("An InferencePool needs a selector and distinct ports")
    func pool() async throws {
        try await Self.run { cluster in
            func post(_ spec: String) async throws -> Answer {
                try await cluster.send(
                    "POST", Self.pools, Self.object("InferencePool", "inference.networking.k8s.io/v1", "p", spec))
            }
            let selector = #""selector":{"matchLabels":{"app":"x"}}"#
            try await post(#"{"targetPorts":[{"number":8000}]}"#).expect(422, "Invalid", "spec.selector")
            try await post(#"{\#(selector),"targetPorts":[{"number":80},{"number":80}]}"#)
                .expect(422, "Invalid", "port number must be unique")
            try await post(#"{\#(selector),"targetPorts":[{"number":80}],"endpointPickerRef":{"name":"p"}}"#)
                .expect(422, "Invalid", "port is required when kind is 'Service'")
            let made = try await post(#"{\#(selector),"targetPorts":[{"number":8000}]}"#).expect(201).json
            #expect(made.at("spec.appProtocol").stringValue == "http")
        }
    }

    @Test("An exception has to say until when")
    func exception() async throws {
        try await Self.run { cluster in
            let spec = #"{"check":"security/network-policy","reason":"until the mesh is there","approver":"ann""#
            let text = Self.object("ReadinessException", "gantry.dev/v1alpha1", "e", spec + "}")
            try await cluster.send("POST", Self.exceptions, text).expect(422, "Invalid", "spec.expires")
            let whole = Self.object(
                "ReadinessException", "gantry.dev/v1alpha1", "e", spec + #","expires":"2030-01-01T00:00:00Z"}"#)
            try await cluster.send("POST", Self.exceptions, whole).expect(201)
        }
    }

    @Test("One of ours of an older edition is replaced; one that somebody changed, or brought, stays")
    func editions() async throws {
        try await Self.run { cluster in
            let ours = Custom.definitions + "/readinessexceptions.gantry.dev"
            let theirs = Custom.definitions + "/inferencepools.inference.networking.k8s.io"
            let older = #"{"metadata":{"annotations":{"gantry.dev/definition-edition":"0"}}}"#
            func patch(_ path: String, _ body: String, by manager: String) async throws {
                try await cluster.send("PATCH", path + "?fieldManager=" + manager, body, type: PatchTests.merge)
                    .expect(200)
            }
            func kinds(_ path: String) async throws -> [String] {
                let names = try await cluster.send("GET", path).expect(200).json.at("spec.names.shortNames")
                return names.arrayValue?.compactMap(\.stringValue) ?? []
            }
            try await patch(ours, #"{"spec":{"names":{"shortNames":["old"]}}}"#, by: "test")
            try await patch(ours, older, by: "test")
            try await patch(theirs, #"{"spec":{"names":{"shortNames":["mine"]}}}"#, by: "somebody")
            try await patch(theirs, older, by: "test")
            try await Self.bootstrap(cluster, BundledDefinition.all).run()
            #expect(try await kinds(ours) == ["rex"])
            #expect(try await kinds(theirs) == ["mine"])

            let none = #"{"metadata":{"annotations":{"gantry.dev/definition-edition":null}}}"#
            try await patch(ours, none, by: "test")
            try await patch(ours, #"{"spec":{"names":{"shortNames":["own"]}}}"#, by: "test")
            try await Self.bootstrap(cluster, BundledDefinition.all).run()
            #expect(try await kinds(ours) == ["own"])
        }
    }
}
