import Machinery

extension KindCase {
    private static let hook: JSON = [
        "name": "a.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
        "clientConfig": ["service": ["name": "s", "namespace": "n"]],
        "rules": [
            ["operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods", "pods/status"]]
        ],
    ]

    private static let match: JSON = [
        "resourceRules": [
            ["operations": ["CREATE"], "apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"]]
        ]
    ]

    private static let wrongHooks = [
        Wrong(["webhooks.0.name": "a"], "should be a domain with at least three segments separated by dots"),
        Wrong(
            ["webhooks.0.sideEffects": "Some"],
            "webhooks[0].sideEffects: Unsupported value: \"Some\": supported values: \"None\", \"NoneOnDryRun\""),
        Wrong(["webhooks.0.timeoutSeconds": 60], "the timeout value must be between 1 and 30 seconds"),
        Wrong(
            ["webhooks.0.clientConfig": [:]],
            "webhooks[0].clientConfig: Required value: exactly one of url or service is required"),
        Wrong(
            ["webhooks.0.clientConfig": ["url": "http://a/b"]],
            "'https' is the only allowed URL scheme; desired format: https://host[/path]"),
        Wrong(
            ["webhooks.0.admissionReviewVersions": ["v3"]], "must include at least one of v1, v1beta1"),
        Wrong(
            ["webhooks.0.rules.0.resources": ["*", "pods"]],
            "if '*' is present, must not specify other resources without subresources"),
        Wrong(
            ["webhooks.0.rules.0.operations": ["*", "CREATE"]],
            "if '*' is present, must not specify other operations"),
        Wrong(
            ["webhooks.0.matchConditions": [["name": "a b", "expression": "true"]]],
            "webhooks[0].matchConditions[0].name: Invalid value"),
        Wrong(["webhooks": [hook, hook]], "webhooks[1].name: Duplicate value: \"a.example.com\""),
    ]

    static let admission: [KindCase] = [
        KindCase(
            path: "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
            good: ["metadata": ["name": "v"], "webhooks": [hook]], wrong: wrongHooks, cells: ["v", 1]),
        KindCase(
            path: "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
            good: ["metadata": ["name": "m"], "webhooks": [hook]],
            wrong: wrongHooks + [
                Wrong(["webhooks.0.reinvocationPolicy": "Always"], "reinvocationPolicy: Unsupported value")
            ], cells: ["m", 1]),
        KindCase(
            path: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
            good: [
                "metadata": ["name": "p.example.com"],
                "spec": [
                    "matchConstraints": match, "validations": [["expression": "object.spec.replicas <= 5"]],
                    "variables": [["name": "x", "expression": "1"]],
                    "paramKind": ["apiVersion": "rules.example.com/v1", "kind": "Limit"],
                ],
            ],
            wrong: [
                Wrong(
                    ["spec.validations": nil],
                    "spec.validations: Required value: validations or auditAnnotations must contain at least one item"),
                Wrong(["spec.matchConstraints": nil], "spec.matchConstraints: Required value"),
                Wrong(["spec.paramKind.kind": nil], "spec.paramKind.kind: Required value"),
                Wrong(["spec.variables.0.name": "for"], "must be a valid CEL identifier"),
                Wrong(["spec.validations.0.message": "a\nb"], "must not contain line breaks"),
                Wrong(["spec.validations.0.reason": "Why"], "spec.validations[0].reason: Unsupported value"),
            ], cells: ["p.example.com", 1, "rules.example.com/v1/Limit"]),
        KindCase(
            path: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
            good: [
                "metadata": ["name": "b"],
                "spec": [
                    "policyName": "p.example.com", "validationActions": ["Deny"],
                    "paramRef": ["name": "limit", "parameterNotFoundAction": "Deny"],
                ],
            ],
            wrong: [
                Wrong(["spec.policyName": nil], "spec.policyName: Required value"),
                Wrong(["spec.validationActions": ["Deny", "Warn"]], "must not contain both Deny and Warn"),
                Wrong(
                    ["spec.paramRef.name": nil],
                    "spec.paramRef: Required value: one of name or selector must be specified"),
                Wrong(["spec.paramRef.selector": [:]], "name and selector are mutually exclusive"),
            ], cells: ["b", "p.example.com", "*/limit"]),
        KindCase(
            path: "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies",
            good: [
                "metadata": ["name": "m.example.com"],
                "spec": [
                    "matchConstraints": match, "reinvocationPolicy": "Never",
                    "mutations": [
                        ["patchType": "ApplyConfiguration", "applyConfiguration": ["expression": "Object{}"]]
                    ],
                ],
            ],
            wrong: [
                Wrong(["spec.mutations": nil], "mutations must contain at least one item"),
                Wrong(["spec.reinvocationPolicy": nil], "spec.reinvocationPolicy: Required value"),
                Wrong(
                    ["spec.mutations.0.patchType": "JSONPatch"],
                    "spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch"),
                Wrong(
                    ["spec.matchConstraints.resourceRules.0.operations": ["DELETE"]],
                    "spec.matchConstraints.resourceRules.operations: Unsupported value: \"DELETE\""),
            ], cells: ["m.example.com", 1, "<unset>"]),
        KindCase(
            path: "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings",
            good: ["metadata": ["name": "mb"], "spec": ["policyName": "m.example.com"]],
            wrong: [Wrong(["spec.policyName": "No"], "spec.policyName: Invalid value")],
            cells: ["mb", "m.example.com", "<unset>"]),
    ]

    static let server: [KindCase] = [
        KindCase(
            path: "/apis/apiregistration.k8s.io/v1/apiservices",
            good: [
                "metadata": ["name": "v1.metrics.example.com"],
                "spec": [
                    "group": "metrics.example.com", "version": "v1", "groupPriorityMinimum": 100,
                    "versionPriority": 100, "insecureSkipTLSVerify": true,
                    "service": ["name": "m", "namespace": "kube-system"],
                ],
            ],
            wrong: [
                Wrong(
                    ["metadata.name": "other"],
                    "must be `spec.version+\".\"+spec.group`: \"v1.metrics.example.com\""),
                Wrong(["spec.groupPriorityMinimum": 0], "must be positive and less than 20000"),
                Wrong(["spec.service.name": nil], "spec.service.name: Required value"),
                Wrong(["spec.service": nil], "local APIServices may not have insecureSkipTLSVerify"),
            ], cells: ["v1.metrics.example.com", "kube-system/m", "Unknown"]),
        KindCase(
            path: "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas",
            good: [
                "metadata": ["name": "mine"],
                "spec": [
                    "priorityLevelConfiguration": ["name": "workload-low"],
                    "rules": [
                        [
                            "subjects": [["kind": "User", "user": ["name": "jane"]]],
                            "nonResourceRules": [["verbs": ["get"], "nonResourceURLs": ["/healthz"]]],
                        ]
                    ],
                ],
            ],
            wrong: [
                Wrong(
                    ["spec.matchingPrecedence": 1],
                    "only the schema named 'exempt' may have matchingPrecedence 1"),
                Wrong(
                    ["spec.priorityLevelConfiguration.name": nil],
                    "spec.priorityLevelConfiguration.name: Required value: must reference a priority level"),
                Wrong(
                    ["spec.rules.0.subjects.0.user": nil],
                    "user is required when subject kind is 'User'"),
                Wrong(
                    ["spec.rules.0.nonResourceRules.0.nonResourceURLs": ["a"]],
                    "nonResourceRules[0].nonResourceURLs[0]: Invalid value: \"a\": must start with slash"),
                Wrong(
                    ["spec.rules.0.nonResourceRules": nil],
                    "at least one of resourceRules and nonResourceRules has to be non-empty"),
            ], cells: ["mine", "workload-low", 1000, "<none>"]),
        KindCase(
            path: "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
            good: [
                "metadata": ["name": "batch"],
                "spec": ["type": "Limited", "limited": ["limitResponse": ["type": "Queue", "queuing": [:]]]],
            ],
            wrong: [
                Wrong(["spec.type": "Exempt"], "must be 'Exempt' if and only if `name` is 'exempt'"),
                Wrong(
                    ["spec.limited": nil], "spec.limited: Required value: must not be empty when type is Limited"),
                Wrong(
                    ["spec.limited.limitResponse.queuing": ["handSize": 100]],
                    "should not be greater than queues (64)"),
                Wrong(
                    ["spec.limited.limitResponse.queuing": ["handSize": 16]],
                    "required entropy bits of deckSize 64 and handSize 16 should not be greater than 60"),
                Wrong(["spec.limited.lendablePercent": 101], "must be between 0 and 100, inclusive"),
            ], cells: ["batch", "Limited", 30, 64, 8, 50]),
    ]
}
