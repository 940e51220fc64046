import Machinery

/// The flow schemas and priority levels that every cluster starts with, as in Kubernetes 1.36.
///
/// The mandatory ones have fixed specs and come back when they are deleted; the suggested ones are an administrator's
/// to change once `apf.kubernetes.io/autoupdate-spec` says so.
package enum FlowControlDefaults {
    package static let mandatoryLevels = [
        level("exempt", ["type": "Exempt", "exempt": ["nominalConcurrencyShares": 0, "lendablePercent": 0]]),
        level(
            "catch-all",
            [
                "type": "Limited",
                "limited": [
                    "nominalConcurrencyShares": 5, "lendablePercent": 0, "limitResponse": ["type": "Reject"],
                ],
            ]),
    ]

    package static let suggestedLevels = [
        queued("system", shares: 30, lendable: 33, queues: 64, hand: 6),
        queued("node-high", shares: 40, lendable: 25, queues: 64, hand: 6),
        queued("leader-election", shares: 10, lendable: 0, queues: 16, hand: 4),
        queued("workload-high", shares: 40, lendable: 50, queues: 128, hand: 6),
        queued("workload-low", shares: 100, lendable: 90, queues: 128, hand: 6),
        queued("global-default", shares: 20, lendable: 50, queues: 128, hand: 6),
    ]

    package static let mandatorySchemas = [
        schema("exempt", level: "exempt", precedence: 1, rules(groups("system:masters"))),
        schema("catch-all", level: "catch-all", precedence: 10000, by: "ByUser", rules(everybody)),
    ]

    package static let suggestedSchemas = [
        schema(
            "probes", level: "exempt", precedence: 2,
            [
                "subjects": .array(everybody),
                "nonResourceRules": [["verbs": ["get"], "nonResourceURLs": ["/healthz", "/readyz", "/livez"]]],
            ]),
        schema(
            "system-leader-election", level: "leader-election", precedence: 100, by: "ByUser",
            [
                "subjects": .array(
                    [user("system:kube-controller-manager"), user("system:kube-scheduler"), systemAccounts]),
                "resourceRules": [leases(["get", "create", "update"])],
            ]),
        schema(
            "system-node-high", level: "node-high", precedence: 400, by: "ByUser",
            [
                "subjects": .array(groups("system:nodes")),
                "resourceRules": [
                    [
                        "verbs": ["*"], "apiGroups": [""], "resources": ["nodes", "nodes/status"],
                        "namespaces": ["*"], "clusterScope": true,
                    ],
                    leases(["*"]),
                ],
            ]),
        schema("system-nodes", level: "system", precedence: 500, by: "ByUser", rules(groups("system:nodes"))),
        schema(
            "kube-controller-manager", level: "workload-high", precedence: 800, by: "ByNamespace",
            rules([user("system:kube-controller-manager")])),
        schema(
            "kube-scheduler", level: "workload-high", precedence: 800, by: "ByNamespace",
            rules([user("system:kube-scheduler")])),
        schema(
            "kube-system-service-accounts", level: "workload-high", precedence: 900, by: "ByNamespace",
            rules([systemAccounts])),
        schema(
            "service-accounts", level: "workload-low", precedence: 9000, by: "ByUser",
            rules(groups("system:serviceaccounts"))),
        schema("global-default", level: "global-default", precedence: 9900, by: "ByUser", rules(everybody)),
    ]

    // MARK: Parts

    private static let autoUpdate = ["apf.kubernetes.io/autoupdate-spec": "true"]
    private static let everybody = groups("system:unauthenticated", "system:authenticated")
    private static let systemAccounts: JSON = [
        "kind": "ServiceAccount", "serviceAccount": ["name": "*", "namespace": "kube-system"],
    ]

    private static func level(_ name: String, _ spec: JSON) -> PriorityLevelConfiguration {
        var level = PriorityLevelConfiguration(name: name)
        level.metadata.annotations = autoUpdate
        level.json["spec"] = spec
        return level
    }

    private static func queued(
        _ name: String, shares: Int64, lendable: Int64, queues: Int64, hand: Int64
    ) -> PriorityLevelConfiguration {
        level(
            name,
            [
                "type": "Limited",
                "limited": [
                    "nominalConcurrencyShares": .int(shares), "lendablePercent": .int(lendable),
                    "limitResponse": [
                        "type": "Queue",
                        "queuing": ["queues": .int(queues), "handSize": .int(hand), "queueLengthLimit": 50],
                    ],
                ],
            ])
    }

    private static func schema(
        _ name: String, level: String, precedence: Int64, by method: String? = nil, _ rules: JSON
    ) -> FlowSchema {
        var schema = FlowSchema(name: name)
        schema.metadata.annotations = autoUpdate
        var spec: JSONObject = [
            "priorityLevelConfiguration": ["name": .string(level)], "matchingPrecedence": .int(precedence),
            "rules": [rules],
        ]
        if let method { spec["distinguisherMethod"] = ["type": .string(method)] }
        schema.json["spec"] = .object(spec)
        return schema
    }

    /// Whatever these subjects ask for.
    private static func rules(_ subjects: [JSON]) -> JSON {
        [
            "subjects": .array(subjects),
            "resourceRules": [
                [
                    "verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["*"], "clusterScope": true,
                ]
            ],
            "nonResourceRules": [["verbs": ["*"], "nonResourceURLs": ["*"]]],
        ]
    }

    private static func leases(_ verbs: [JSON]) -> JSON {
        [
            "verbs": .array(verbs), "apiGroups": ["coordination.k8s.io"], "resources": ["leases"],
            "namespaces": ["*"],
        ]
    }

    private static func groups(_ names: String...) -> [JSON] {
        names.map { ["kind": "Group", "group": ["name": .string($0)]] }
    }

    private static func user(_ name: String) -> JSON { ["kind": "User", "user": ["name": .string(name)]] }
}
