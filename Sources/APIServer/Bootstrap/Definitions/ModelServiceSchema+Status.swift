/// What the controller says of a ModelService.
extension ModelServiceSchema {
    static let status = KindSchema.object(
        "What is; written by the controller alone.",
        [
            "observedGeneration": .integer(
                "The metadata.generation that the rest was made for.", 0...Int.max, format: "int64"),
            "conditions": .conditions(
                "Ready: requests are served. Progressing: a version is on its way, or why it is not. RolledBack: the "
                    + "version that is asked for did not do. ScaledToZero: the model sleeps."),
            "modelName": .string("The name under which clients ask for the model."),
            "url": .string("The base URL of the OpenAI API, as clients inside the cluster reach it."),
            "currentVersion": .string("The version that serves."),
            "currentRevision": .string("The name of its Deployment, Service, PodDisruptionBudget and InferencePool."),
            "candidateVersion": .string("The version that is being rolled out."),
            "replicas": .integer("How many replicas there are, of all versions."),
            "readyReplicas": .integer("How many of them are ready."),
            "desiredReplicas": .integer("How many replicas the version that serves should have."),
            "versions": .list(
                "The versions that there are, the one that serves first.",
                of: .object(
                    "A version.",
                    [
                        "revision": KindSchema.string("The name of its objects.").required,
                        "version": .string("Its name."),
                        "weight": .integer("Its share of the requests, in percent.", 0...100),
                        "replicas": .integer("How many replicas it has."),
                        "readyReplicas": .integer("How many of them are ready."),
                    ]), count: 0...32, .map(keys: ["revision"])),
            "rollout": rollout,
            "rolledBackRevision": .string(
                "The revision that was rolled back last. It is not tried again until the spec asks for another."),
            "history": .list("The last rollouts, the newest first.", of: pastRollout, count: 0...10),
        ])

    private static let steps = KindSchema.list("The steps that ended.", of: step, count: 0...16)

    private static let rollout = KindSchema.object(
        "The rollout that is under way.",
        [
            "revision": KindSchema.string("The name of the new version's objects.").required,
            "version": .string("The new version."),
            "fromRevision": .string("What served before."),
            "phase": KindSchema.choice(
                "Starting: no replica is ready yet. Judging: it has its share of the requests and is compared.",
                ["Starting", "Judging"]
            ).required,
            "step": .integer("Which of spec.rollout.steps it is in, from 0.", 0...16),
            "percent": .integer("Its share of the requests.", 0...100),
            "startedAt": .time("When the rollout began."),
            "stepStartedAt": .time("When the step began."),
            "steps": steps,
        ])

    private static let pastRollout = KindSchema.object(
        "A rollout that ended.",
        [
            "revision": KindSchema.string("The name of the new version's objects.").required,
            "version": .string("The new version."),
            "fromVersion": .string("The version that served before."),
            "outcome": KindSchema.choice(
                "Promoted: it serves. RolledBack: the version before serves on. Superseded: another one was asked for.",
                ["Promoted", "RolledBack", "Superseded"]
            ).required,
            "reason": .string("Why, in one CamelCase word."),
            "message": .string("The same for people."),
            "startedAt": .time("When it began."),
            "endedAt": .time("When it ended."),
            "steps": steps,
        ])

    private static let step = KindSchema.object(
        "What a step of a rollout came to.",
        [
            "percent": KindSchema.integer("The new version's share of the requests.", 0...100).required,
            "verdict": KindSchema.choice(
                "Passed, Breached, or Inconclusive where too few requests came.",
                ["Passed", "Breached", "Inconclusive"]
            ).required,
            "message": .string("What was compared with what."),
            "endedAt": .time("When it was decided."),
            "candidate": figures("What the new version did in the step."),
            "baseline": figures("What the version before did at the same time."),
        ])

    private static func figures(_ description: String) -> KindSchema {
        .object(
            description,
            [
                "requests": .integer("How many requests ended.", format: "int64"),
                "failures": .integer("How many of them failed by the server's fault.", format: "int64"),
                "timeToFirstTokenP95": .string("Within which time 95 of 100 had their first token."),
                "queueWaitP95": .string("Within which time 95 of 100 had a replica."),
                "costPerRequest": .string("What a request cost on average, where prices are known."),
                "tokensPerSecondP5": .string("At how many tokens a second or more 95 of 100 answers came."),
            ])
    }
}
