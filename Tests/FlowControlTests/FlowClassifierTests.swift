import FlowControl
import KubeAPI
import Machinery
import Testing

@Suite("Requests are sorted by flow schemas")
struct FlowClassifierTests {
    private let controller = Fixture.controller()

    @Test(
        "The suggested configuration knows who asks for what",
        arguments: [
            (Fixture.request(Fixture.user("admin", "system:masters")), "exempt", "exempt"),
            (Fixture.lease(Fixture.node), "system-node-high", "node-high"),
            (Fixture.request(Fixture.node, "patch", "nodes/status", namespace: ""), "system-node-high", "node-high"),
            (Fixture.request(Fixture.node, "get", "secrets"), "system-nodes", "system"),
            (
                Fixture.lease(Fixture.user("system:kube-scheduler"), namespace: "kube-system"),
                "system-leader-election", "leader-election"
            ),
            (
                Fixture.lease(Fixture.account("kube-system", "operator"), namespace: "any"),
                "system-leader-election", "leader-election"
            ),
            (
                Fixture.lease(Fixture.user("system:kube-controller-manager"), "delete"), "kube-controller-manager",
                "workload-high"
            ),
            (Fixture.request(Fixture.user("system:kube-scheduler"), "list"), "kube-scheduler", "workload-high"),
            (
                Fixture.request(Fixture.account("kube-system", "dns")), "kube-system-service-accounts",
                "workload-high"
            ),
            (Fixture.request(Fixture.account("default", "app")), "service-accounts", "workload-low"),
            (Fixture.lease(Fixture.account("default", "app")), "service-accounts", "workload-low"),
            (Fixture.request(Fixture.user("jane")), "global-default", "global-default"),
            (
                Fixture.request(FlowUser(name: "system:anonymous", groups: ["system:unauthenticated"])),
                "global-default", "global-default"
            ),
            (Fixture.request(FlowUser(name: "nobody", groups: [])), "catch-all", "catch-all"),
        ])
    func suggested(_ request: FlowRequest, _ schema: String, _ level: String) {
        let classified = controller.classify(request).schema
        #expect(classified.name == schema)
        #expect(classified.levelName == level)
    }

    @Test(
        "Paths match whole, below a wildcard, or not at all",
        arguments: [
            ("/healthz", "probes"), ("/readyz", "probes"), ("/livez/ping", "probes"), ("/healthzz", "global-default"),
            ("/version", "global-default"),
        ])
    func paths(_ path: String, _ schema: String) {
        let request = FlowRequest(
            user: Fixture.user("jane"), isResourceRequest: false, verb: "get", path: path)
        #expect(controller.classify(request).schema.name == schema)
    }

    @Test("An account of a namespace whose name only begins alike is not matched")
    func namespaces() {
        #expect(
            controller.classify(Fixture.request(Fixture.account("kube-system-two", "a"))).schema.name
                == "service-accounts")
    }

    @Test("Flows are told apart by user or by namespace, as the schema says")
    func flows() {
        func flow(_ user: FlowUser, _ namespace: String) -> UInt64 {
            controller.classify(Fixture.request(user, namespace: namespace)).flow
        }
        let (jane, joe) = (Fixture.user("jane"), Fixture.user("joe"))
        #expect(flow(jane, "a") == flow(jane, "b"))
        #expect(flow(jane, "a") != flow(joe, "a"))
        let dns = Fixture.account("kube-system", "dns")
        #expect(flow(dns, "a") != flow(dns, "b"))
    }

    @Test("Of schemas with equal precedence the first name wins")
    func precedence() {
        let everybody: JSON = ["kind": "Group", "group": ["name": "*"]]
        func schema(_ name: String) -> FlowSchema {
            FlowSchema(json: [
                "metadata": ["name": .string(name)],
                "spec": [
                    "matchingPrecedence": 50, "priorityLevelConfiguration": ["name": "system"],
                    "rules": [
                        [
                            "subjects": [everybody],
                            "resourceRules": [
                                ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["a", "b"]]
                            ],
                        ]
                    ],
                ],
            ])
        }
        controller.configure(schemas: Fixture.schemas + [schema("second"), schema("first")], levels: Fixture.levels)
        #expect(controller.classify(Fixture.request(Fixture.user("jane"), namespace: "b")).schema.name == "first")
        #expect(
            controller.classify(Fixture.request(Fixture.user("jane"), namespace: "c")).schema.name == "global-default")
        #expect(
            controller.classify(Fixture.request(Fixture.user("jane"), namespace: "")).schema.name == "global-default")
    }

    @Test("A schema whose level is missing is passed over, and mandatory ones are there without being configured")
    func dangling() {
        let bare = Fixture.controller()
        bare.configure(schemas: FlowControlDefaults.suggestedSchemas, levels: [])
        #expect(bare.classify(Fixture.request(Fixture.user("jane"))).schema.name == "catch-all")
        #expect(bare.classify(Fixture.request(Fixture.user("root", "system:masters"))).schema.isExempt)
    }
}
