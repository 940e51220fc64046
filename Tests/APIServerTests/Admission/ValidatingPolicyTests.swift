import APIServer
import Machinery
import Testing

@Suite("Validating admission policies", .timeLimit(.minutes(1)))
struct ValidatingPolicyTests {
    private static let deployments: JSON = [
        "resourceRules": Hooks.rules(["deployments"], groups: ["apps"], operations: ["CREATE", "UPDATE"])
    ]

    @Test("a policy refuses what breaks its rules, with the words it has for it")
    func denial() async throws {
        try await TestCluster.run { cluster in
            try await cluster.policy(
                "p",
                [
                    "matchConstraints": Self.deployments,
                    "validations": [
                        [
                            "expression": "object.spec.replicas > 1",
                            "messageExpression": "'wants replicas > 1, got ' + object.spec.replicas",
                        ],
                        [
                            "expression": "namespaceObject.metadata.name == 'default'",
                            "message": "Other namespace should not be allowed.",
                        ],
                    ],
                ])
            let answer = try await cluster.send("POST", Path.deployments, Manifest.deployment("d", replicas: 1))
            answer.expect(
                422, "Invalid",
                #"deployments.apps "d" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p-binding' denied "#
                    + "request: failed expression: object.spec.replicas > 1")
            #expect(
                answer.json.at("details.causes.0.message").stringValue
                    == "ValidatingAdmissionPolicy 'p' with binding 'p-binding' denied request: failed expression: "
                    + "object.spec.replicas > 1")
            try await cluster.send("POST", Path.deployments, Manifest.deployment("d", replicas: 2)).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
        }
    }

    @Test(
        "the message is the expression's, else the fixed one, else the rule itself",
        arguments: [
            (["messageExpression": "'got ' + object.data.k"], "got v"), (["message": " fixed "], "fixed"),
            (["message": "fixed", "messageExpression": "string(object.none)"], "fixed"),
            (["message": "fixed", "messageExpression": "' '"], "fixed"),
            (["message": "fixed", "messageExpression": "'a\\nb'"], "fixed"),
            (["messageExpression": "string(object.none)"], "failed expression: 1 == 2"),
        ] as [(JSONObject, String)])
    func messages(members: JSONObject, text: String) async throws {
        try await TestCluster.run { cluster in
            var rule: JSONObject = ["expression": "1 == 2"]
            for member in members.members { rule[member.key] = member.value }
            try await cluster.policy("p", ["validations": [.object(rule)]])
            let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(422)
            #expect(answer.message.hasSuffix("denied request: \(text)"), "\(answer.message)")
        }
    }

    @Test(
        "reasons have codes",
        arguments: [
            ("Forbidden", 403), ("Unauthorized", 401), ("RequestEntityTooLarge", 413), ("Invalid", 422),
        ])
    func reasons(reason: String, code: Int) async throws {
        try await TestCluster.run { cluster in
            guard reason != "Unauthorized" else { return }
            try await cluster.policy("p", ["validations": [["expression": "false", "reason": .string(reason)]]])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(code, reason)
        }
    }

    @Test("variables are computed from each other, and seen everywhere")
    func variables() async throws {
        try await TestCluster.run { cluster in
            try await cluster.policy(
                "p",
                [
                    "variables": [
                        ["name": "size", "expression": "object.data.size()"],
                        ["name": "isOdd", "expression": "variables.size % 2 == 1"],
                    ],
                    "matchConditions": [["name": "c", "expression": "object.data.size() > 0"]],
                    "validations": [
                        [
                            "expression": "variables.isOdd",
                            "messageExpression": "'has ' + string(variables.size)",
                        ]
                    ],
                ])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("b", data: #"{"a":"b","c":"d"}"#))
                .expect(
                    422, "Invalid", "denied request: has 2")
        }
    }

    @Test("warnings warn, audits are noted, and neither refuses")
    func actions() async throws {
        try await TestCluster.run { cluster in
            let rule: JSONObject = ["validations": [["expression": "false", "message": "bad"]]]
            try await cluster.policy("w", rule, binding: ["validationActions": ["Warn", "Audit"]])
            let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            #expect(
                answer.warnings.joined().contains(
                    "Validation failed for ValidatingAdmissionPolicy 'w' with binding 'w-binding': bad"))
        }
    }

    @Test("an expression that fails is a refusal, or nothing, by the failure policy")
    func failures() async throws {
        try await TestCluster.run { cluster in
            try await cluster.policy(
                "open", ["failurePolicy": "Ignore", "validations": [["expression": "object.none == 1"]]])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.policy("closed", ["validations": [["expression": "object.none == 1"]]])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("b")).expect(
                422, "Invalid",
                "ValidatingAdmissionPolicy 'closed' with binding 'closed-binding' denied request: expression "
                    + "'object.none == 1' resulted in error: no such key: none")
        }
    }

    @Test("bindings narrow a policy, and one without any does nothing")
    func bindings() async throws {
        try await TestCluster.run { cluster in
            let policies = Policies.group + "/validatingadmissionpolicies"
            try await cluster.send(
                "POST", policies,
                Policies.policy("ValidatingAdmissionPolicy", "p", ["validations": [["expression": "false"]]])
            ).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.bind(
                "ValidatingAdmissionPolicyBinding", "b", "p",
                [
                    "validationActions": ["Deny"],
                    "matchResources": ["objectSelector": ["matchLabels": ["strict": "yes"]]],
                ])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("b")).expect(201)
            let strict = Manifest.configMap("c", labels: #"{"strict":"yes"}"#)
            try await cluster.send("POST", Path.configMaps, strict).expect(422)
            try await cluster.send("DELETE", Policies.group + "/validatingadmissionpolicybindings/b").expect(200)
            try await cluster.send("POST", Path.configMaps, strict).expect(201)
        }
    }

    @Test("rules pick names, and leave out what is excepted")
    func names() async throws {
        try await TestCluster.run { cluster in
            var named = try #require(Hooks.rules(["configmaps"])[0]?.objectValue)
            named["resourceNames"] = ["only"]
            try await cluster.policy(
                "p",
                [
                    "matchConstraints": ["resourceRules": [.object(named)]], "validations": [["expression": "false"]],
                ])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("other")).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("only")).expect(422)
            try await cluster.policy(
                "q",
                [
                    "matchConstraints": [
                        "resourceRules": Hooks.rules(["*"]), "excludeResourceRules": Hooks.rules(["configmaps"]),
                    ], "validations": [["expression": "false"]],
                ])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("another")).expect(201)
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(422)
        }
    }

    @Test("parameters come by name or by label, from the request's namespace or another")
    func parameters() async throws {
        try await TestCluster.run { cluster in
            let policy: JSONObject = [
                "paramKind": ["apiVersion": "v1", "kind": "ConfigMap"],
                "matchConstraints": ["resourceRules": Hooks.rules(["pods"], operations: ["CREATE"])],
                "validations": [["expression": "object.metadata.name.startsWith(params.data.prefix)"]],
            ]
            try await cluster.send("POST", Path.namespaces, Manifest.namespace("rules")).expect(201)
            try await cluster.send(
                "POST", Path.configMaps,
                Manifest.configMap("limits", labels: #"{"role":"limit"}"#, data: #"{"prefix":"a"}"#)
            ).expect(201)
            try await cluster.send(
                "POST", "/api/v1/namespaces/rules/configmaps",
                Manifest.configMap("limits", data: #"{"prefix":"ab"}"#)
            ).expect(201)
            try await cluster.policy(
                "named", policy,
                binding: [
                    "validationActions": ["Deny"],
                    "paramRef": ["name": "limits", "parameterNotFoundAction": "Deny"],
                ])
            try await cluster.send("POST", Path.pods, Manifest.pod("ax")).expect(201)
            try await cluster.send("POST", Path.pods, Manifest.pod("x")).expect(422, "Invalid", "'named'")
            try await cluster.bind(
                "ValidatingAdmissionPolicyBinding", "elsewhere", "named",
                [
                    "validationActions": ["Deny"],
                    "paramRef": ["name": "limits", "namespace": "rules", "parameterNotFoundAction": "Deny"],
                ])
            try await cluster.send("POST", Path.pods, Manifest.pod("ay")).expect(422, "Invalid", "'elsewhere'")
            try await cluster.send("POST", Path.pods, Manifest.pod("aby")).expect(201)
            try await cluster.bind(
                "ValidatingAdmissionPolicyBinding", "labelled", "named",
                [
                    "validationActions": ["Deny"],
                    "paramRef": [
                        "selector": ["matchLabels": ["role": "limit"]], "parameterNotFoundAction": "Allow",
                    ],
                ])
            try await cluster.send("POST", Path.pods, Manifest.pod("abz")).expect(201)
        }
    }

    @Test("parameters that are not there, or cannot be, are a mistake in the configuration")
    func missingParameters() async throws {
        try await TestCluster.run { cluster in
            let rules: JSON = [["expression": "params == null || true"]]
            let kind: JSON = ["apiVersion": "v1", "kind": "ConfigMap"]
            func expect(_ spec: JSONObject, _ reference: JSON, _ code: Int, _ text: String) async throws {
                try await cluster.policy(
                    "p", spec, binding: ["validationActions": ["Deny"], "paramRef": reference])
                let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(code)
                #expect(text.isEmpty || answer.message.contains(text), "\(answer.message)")
                if code == 201 { try await cluster.send("DELETE", Path.configMaps + "/a").expect(200) }
                for kind in ["validatingadmissionpolicies/p", "validatingadmissionpolicybindings/p-binding"] {
                    try await cluster.send("DELETE", "\(Policies.group)/\(kind)").expect(200)
                }
            }
            let none: JSON = ["name": "none", "parameterNotFoundAction": "Deny"]
            try await expect(
                ["paramKind": kind, "validations": rules], none, 422,
                "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction")
            try await expect(
                ["paramKind": kind, "validations": rules, "failurePolicy": "Ignore"], none, 201, "")
            try await expect(
                ["paramKind": kind, "validations": rules], ["name": "none", "parameterNotFoundAction": "Allow"], 201, ""
            )
            try await expect(
                ["paramKind": ["apiVersion": "x.test/v1", "kind": "Limit"], "validations": rules], none, 422,
                "ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: failed to find resource "
                    + "referenced by paramKind: 'x.test/v1, Kind=Limit'")
        }
    }

    @Test("an evaluation has a budget")
    func budget() async throws {
        try await TestCluster.run { cluster in
            let keys = (0..<60).map { #""key\#($0)":"v""# }.joined(separator: ",")
            let costly =
                "object.data.all(a, object.data.all(b, object.data.all(c, object.data.all(d, a != b + c + d))))"
            try await cluster.policy("p", ["validations": [["expression": .string(costly)]]])
            let answer = try await cluster.send(
                "POST", Path.configMaps, Manifest.configMap("a", data: "{\(keys)}")
            ).expect(422)
            #expect(answer.message.contains("actual cost limit exceeded"), "\(answer.message)")
        }
    }

    @Test("who asks may matter, and what they may do")
    func authorizer() async throws {
        try await TestCluster.run { cluster in
            try await cluster.policy(
                "p",
                [
                    "validations": [
                        [
                            "expression":
                                .string(
                                    "authorizer.group('').resource('configmaps').namespace(request.namespace).name('a')"
                                        + ".check('frobnicate').allowed() || request.userInfo.username != 'admin'")
                        ],
                        [
                            "expression":
                                "!authorizer.serviceAccount('default', 'default').path('/x').check('get').allowed()"
                        ],
                    ]
                ])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
        }
    }

    @Test("types are checked, once for every generation, and what is wrong stands in the status")
    func typeChecking() async throws {
        try await TestCluster.run { cluster in
            let path = Policies.group + "/validatingadmissionpolicies"
            for (name, rule) in [
                ("right", ["expression": "object.spec.replicas > 1"]),
                (
                    "wrong",
                    [
                        "expression": "object.spec.replicas > '1'",
                        "messageExpression": "'wants replicas > 1, got ' + object.spec.replicas",
                    ]
                ),
            ] as [(String, JSON)] {
                try await cluster.send(
                    "POST", path,
                    Policies.policy(
                        "ValidatingAdmissionPolicy", name,
                        ["matchConstraints": Self.deployments, "validations": [rule]])
                ).expect(201)
                try await eventually {
                    try await cluster.send("GET", "\(path)/\(name)").json.at("status.typeChecking") != .null
                }
            }
            let right = try await cluster.send("GET", path + "/right").json
            #expect(right.at("status.observedGeneration") == 1)
            #expect(right.at("status.typeChecking.expressionWarnings") == .null)
            let warnings = try await cluster.send("GET", path + "/wrong").json.at(
                "status.typeChecking.expressionWarnings")
            #expect(warnings.at("0.fieldRef") == "spec.validations[0].expression")
            #expect(warnings.at("1.fieldRef") == "spec.validations[0].messageExpression")
            let first = warnings.at("0.warning").stringValue ?? ""
            #expect(first.hasPrefix("apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for "))
            #expect(first.contains("'_>_' applied to '(int, string)'"))
            let second = warnings.at("1.warning").stringValue ?? ""
            #expect(second.contains("found no matching overload for '_+_' applied to '(string, int)'"))
        }
    }
}
