import KubeAPI
import Machinery

/// Gantry's own kind: a model that is served.
extension BundledDefinition {
    static let modelService = BundledDefinition(
        kind: GroupVersionKind(group: "gantry.dev", version: "v1alpha1", kind: "ModelService"),
        plural: "modelservices", shortNames: ["msvc"], categories: ["all"], edition: 1,
        columns: [
            Column(name: "Model", type: "string", path: ".status.modelName"),
            Column(name: "Version", type: "string", path: ".status.currentVersion"),
            Column(name: "Candidate", type: "string", path: ".status.candidateVersion"),
            Column(name: "Weight", type: "integer", path: ".status.rollout.percent"),
            Column(name: "Replicas", type: "integer", path: ".status.replicas"),
            Column(name: "Ready", type: "string", path: #".status.conditions[?(@.type=="Ready")].status"#),
            .age,
            Column(name: "Team", type: "string", path: ".spec.owner.team", priority: 1),
            Column(name: "URL", type: "string", path: ".status.url", priority: 1),
            Column(
                name: "Reason", type: "string", path: #".status.conditions[?(@.type=="Progressing")].reason"#,
                priority: 1),
        ],
        description: """
            A model that is served under a name, by replicas of any server that speaks the OpenAI API. It becomes a \
            Deployment, a Service, a PodDisruptionBudget and an InferencePool for each version, and one HTTPRoute that \
            shares requests out among them. A new version takes over step by step, and goes back by itself when it \
            does worse than it may. Replicas follow the requests that wait and the tokens that are worked on.
            """,
        spec: ModelServiceSchema.spec, status: ModelServiceSchema.status,
        rules: [
            (
                "self.metadata.name.size() <= 40",
                "the name may have 40 characters: the names of what is made for it begin with it"
            )
        ])
}

/// The parts of a ModelService's schema.
enum ModelServiceSchema {
    static let spec = KindSchema.object(
        "The model, what serves it, and what is expected of it.",
        [
            "model": model.required,
            "runtime": runtime.required,
            "gpus": .object(
                "The GPUs of each replica, added to the limits and requests of its server's container.",
                [
                    "count": KindSchema.integer("How many; 0 for a model that is served on CPUs.", 0...64)
                        .defaulting(to: 0),
                    "resource": KindSchema.string(
                        "The resource that a node's devices are of.", length: 3...253,
                        pattern: #"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"#
                    ).defaulting(to: "nvidia.com/gpu"),
                ]),
            "replicas": KindSchema.object(
                "How many replicas there may be of the version that serves.",
                [
                    "min": KindSchema.integer(
                        "The fewest. With 0 the model sleeps while nobody asks for it (see scaling.scaleToZeroAfter).",
                        0...10_000
                    ).defaulting(to: 1),
                    "max": KindSchema.integer("The most.", 1...10_000).defaulting(to: 1),
                ]
            ).defaulting(to: [:]).rule(
                "!has(self.min) || !has(self.max) || self.min <= self.max", "min may not be above max"),
            "owner": owner,
            "objectives": objectives,
            "scaling": scaling.defaulting(to: [:]),
            "rollout": rollout.defaulting(to: [:]),
            "queue": .object(
                "What happens to requests that no replica is free for. They wait in the gateway.",
                [
                    "limit": .integer("How many may wait; the others are told to come again (429).", 0...1_000_000),
                    "timeout": .duration("How long one may wait."),
                ]),
            "disruption": KindSchema.object(
                "What draining a node may take away, as the PodDisruptionBudget of each version says.",
                [
                    "maxUnavailable": KindSchema.integer("How many replicas may be missing at a time.", 0...10_000)
                        .defaulting(to: 1)
                ]
            ).defaulting(to: [:]),
        ])

    private static let model = KindSchema.object(
        "Which model.",
        [
            "name": .string(
                "The name under which clients ask for it, as `model` in their requests; the object's own by default.",
                length: 1...256, pattern: #"^[A-Za-z0-9]([-A-Za-z0-9_./:]*[A-Za-z0-9])?$"#),
            "version": KindSchema.string(
                "The version, a name free to choose. A new one is rolled out in steps.", length: 1...40,
                pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"
            ).required,
            "image": .string(
                "The OCI artefact that holds the model's files, mounted read-only into the server's container as an "
                    + "image volume. None where the server's own image has the model, or it fetches it itself.",
                length: 1...1024),
            "mountPath": KindSchema.string("Where the artefact is mounted.", length: 1...1024, pattern: "^/[^:]*$")
                .defaulting(to: "/model"),
            "pullPolicy": .choice(
                "When the artefact is pulled; by its tag by default, as container images are.",
                ["Always", "IfNotPresent", "Never"]),
        ])

    private static let owner = KindSchema.object(
        "Who answers for the service. Launch reviews ask for all of them.",
        [
            "team": KindSchema.string(
                "Who pays: the label gantry.dev/team of its pods, by which cost is grouped.", length: 1...63,
                pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"
            ).required,
            "contact": .string("How the team is reached: a channel, an address.", length: 1...256),
            "sloOwner": .string("Who answers for the objectives.", length: 1...256),
            "rollbackOwner": .string("Who decides to go back to the version before, and does it.", length: 1...256),
        ])

    private static let objectives = KindSchema.object(
        "What is promised to clients. New versions are judged by these, and by what the version before does.",
        [
            "timeToFirstTokenP95": .duration(
                "95 of 100 requests have their first token within this time of their arrival."),
            "queueWaitP95": .duration("95 of 100 requests have a replica within this time of their arrival."),
            "tokensPerSecond": .integer(
                "95 of 100 answers come at this many tokens a second or more, once they have begun.", 1...1_000_000),
            "errorRate": .string(
                "At most this share of the requests fails by the fault of the server, such as 1% or 0.1%.",
                length: 2...12, pattern: #"^(100|[0-9]{1,2}(\.[0-9]{1,6})?)%$"#),
            "gpuMemory": .quantity("A replica takes no more memory of its GPUs than this, in all."),
            "costPerRequest": .string(
                "A request costs no more than this on average, in the currency that node prices are given in.",
                length: 1...20, pattern: #"^[0-9]{1,9}(\.[0-9]{1,9})?$"#),
        ])

    private static let scaling = KindSchema.object(
        "How the number of replicas follows the load. Where both targets are given, the larger number counts.",
        [
            "requestsPerReplica": .integer(
                "How many requests, waiting and worked on, there are to be for each replica; 8 where neither this nor "
                    + "tokensInFlightPerReplica is given.", 1...100_000),
            "tokensInFlightPerReplica": .integer(
                "How many tokens of prompts and answers each replica is to work on at a time.", 1...100_000_000),
            "maxRequestsPerReplica": .integer(
                "How many requests a replica is given at a time; others wait in the gateway. By default the gateway's "
                    + "own limit.", 1...100_000),
            "scaleToZeroAfter": KindSchema.duration(
                "With replicas.min 0: how long nobody must have asked before the last replica goes."
            ).defaulting(to: "5m"),
            "stabilization": KindSchema.duration(
                "Replicas go only when all that was seen within this time asked for fewer. Adding waits for nothing."
            ).defaulting(to: "1m"),
            "drainTimeout": KindSchema.duration(
                "A replica that is to go is given no new requests, and goes when it works on none, or after this time."
            ).defaulting(to: "10m"),
        ])

    private static let rollout = KindSchema.object(
        "How a new version takes over.",
        [
            "steps": KindSchema.list(
                "The shares of the requests that the new version is given one after the other, in percent; the last "
                    + "one is 100. [100] alone gives it everything as soon as it is ready, and judges it then.",
                of: .integer("", 1...100), count: 1...10
            ).defaulting(to: [1, 10, 50, 100])
                .rule("self[self.size() - 1] == 100", "the last step must be 100")
                .rule("self.isSorted() && self.all(a, self.exists_one(b, a == b))", "steps must rise"),
            "minimumSamples": KindSchema.integer(
                "How many requests the new version must have answered in a step before it is judged.", 1...1_000_000
            ).defaulting(to: 50),
            "stepDuration": KindSchema.duration("The shortest time that a step lasts.").defaulting(to: "1m"),
            "maximumStepDuration": KindSchema.duration(
                "A step that has not had enough requests by then ends, as whenInconclusive says."
            ).defaulting(to: "30m"),
            "whenInconclusive": KindSchema.choice(
                "What happens where too few requests came to judge by: Advance, or RollBack.", ["Advance", "RollBack"]
            ).defaulting(to: "Advance"),
            "tolerancePercent": KindSchema.integer(
                "How much worse than the version before, in percent, the new one may be within its objectives.",
                0...1_000
            ).defaulting(to: 20),
            "progressDeadline": KindSchema.duration(
                "A version that has no ready replica after this time is rolled back."
            ).defaulting(to: "10m"),
            "historyLimit": KindSchema.integer(
                "How many versions that no longer serve are kept, without replicas, to go back to.", 0...20
            ).defaulting(to: 3),
        ]
    ).rule(
        "!has(self.stepDuration) || !has(self.maximumStepDuration) || "
            + "duration(self.stepDuration) <= duration(self.maximumStepDuration)",
        "stepDuration may not be above maximumStepDuration")
}
