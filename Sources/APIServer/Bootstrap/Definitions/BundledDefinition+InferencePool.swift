import Machinery

/// The Gateway API Inference Extension's pool of model servers, with all fields of its `v1`.
extension BundledDefinition {
    static let inferencePool = BundledDefinition(
        kind: GroupVersionKind(group: "inference.networking.k8s.io", version: "v1", kind: "InferencePool"),
        plural: "inferencepools", shortNames: ["infpool"], edition: 1,
        approval: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/pull/1173",
        columns: [
            Column(name: "Port", type: "integer", path: ".spec.targetPorts[0].number"),
            Column(name: "Version", type: "string", path: #".metadata.labels.gantry\.dev/model-version"#),
            .age,
        ],
        description: """
            A pool of replicas that serve the same model. The gateway sends a request that an HTTPRoute leads here to \
            one of the pods that the selector picks.
            """,
        spec: .object(
            "Which pods belong to the pool, and how they are reached.",
            [
                "selector": KindSchema.object(
                    "Picks the pods of the pool, in its own namespace.",
                    [
                        "matchLabels": KindSchema.map(
                            "Labels that a pod must have, all of them.",
                            of: .string("", length: 0...63, pattern: KindSchema.labelValue), count: 1...64
                        ).required
                    ]
                ).required,
                "targetPorts": KindSchema.list(
                    "The ports at which each pod serves the model; each is a replica of its own.",
                    of: .object(
                        "A port of the pods.",
                        ["number": KindSchema.port("Its number, the same for all pods of the pool.").required]),
                    count: 1...8
                ).rule("self.all(p1, self.exists_one(p2, p1.number==p2.number))", "port number must be unique")
                    .required,
                "appProtocol": KindSchema.choice(
                    "What is spoken at the ports: http, or kubernetes.io/h2c for HTTP/2 without TLS.",
                    ["http", "kubernetes.io/h2c"]
                ).defaulting(to: "http"),
                "endpointPickerRef": endpointPicker,
            ]),
        status: .object(
            "What those who serve the pool say about it.",
            [
                "parents": .list(
                    "One entry for each gateway that leads to the pool.",
                    of: .object(
                        "The state of the pool with one parent.",
                        [
                            "parentRef": KindSchema.object(
                                "The parent that the conditions are about.",
                                [
                                    "group": KindSchema.group.defaulting(to: "gateway.networking.k8s.io"),
                                    "kind": KindSchema.kind.defaulting(to: "Gateway"),
                                    "name": .objectName,
                                    "namespace": .namespace,
                                ]
                            ).required,
                            "controllerName": .controllerName,
                            "conditions": .conditions("Accepted and ResolvedRefs, as of this parent."),
                        ]), count: 0...32)
            ]))

    private static let endpointPicker = KindSchema.object(
        """
        A program that chooses the replica, asked over Envoy's external processing protocol. Gantry's gateway chooses \
        itself and does not ask it; the field is for gateways that do.
        """,
        [
            "group": KindSchema.group.defaulting(to: ""),
            "kind": KindSchema.kind.defaulting(to: "Service"),
            "name": .objectName,
            "port": .object(
                "Where it listens.", ["number": KindSchema.port("The number of the port.").required]),
            "failureMode": KindSchema.choice(
                "What happens when it does not answer: FailOpen lets any replica have the request, FailClose refuses.",
                ["FailOpen", "FailClose"]
            ).defaulting(to: "FailClose"),
        ]
    ).rule(
        "self.kind != 'Service' || has(self.port)",
        "port is required when kind is 'Service' or unspecified (defaults to 'Service')")
}

extension KindSchema {
    /// Who wrote an entry of a status that several share.
    static let controllerName = string(
        "Who wrote the entry: a domain and a path, such as example.net/gateway-controller.", length: 1...253,
        pattern: #"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$"#
    )
}
