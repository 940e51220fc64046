import Machinery

/// What serves the model.
extension ModelServiceSchema {
    static let runtime = KindSchema.object(
        "What serves the model: any server that speaks the OpenAI API over HTTP.",
        [
            "port": KindSchema.port("The port of the pods at which the API is served.").defaulting(to: 8000),
            "container": .string(
                "The container that is given the model's files and GPUs; the first one by default.", length: 1...63,
                pattern: KindSchema.labelName),
            "template": KindSchema.object(
                "The pods, as in a Deployment. A changed template is rolled out as a new version is.",
                [
                    "metadata": .object(
                        "Labels and annotations of the pods, beside Gantry's own.",
                        [
                            "labels": .map(
                                "Labels of the pods.", of: .string("", length: 0...63, pattern: KindSchema.labelValue)),
                            "annotations": .map("Annotations of the pods.", of: .string("")),
                        ]),
                    "spec": podSpec.required,
                ]
            ).required,
        ])

    private static let podSpec = KindSchema.open(
        "The pod, with all fields of a Pod's spec; see `kubectl explain pod.spec` for those that are not told here.",
        [
            "containers": KindSchema.list(
                "The containers of the pod.", of: container, count: 1...100, .map(keys: ["name"])
            ).required,
            "serviceAccountName": .string("The account that the pods run under."),
            "nodeSelector": .map("Labels that a node must have.", of: .string("")),
            "runtimeClassName": .string("The RuntimeClass that the pods run by."),
            "terminationGracePeriodSeconds": .integer(
                "How long a replica may take to end. It has no requests left by then, as a rule.", 0...Int.max,
                format: "int64"),
        ])

    private static let container = KindSchema.open(
        "A container, with all fields of a Pod's; see `kubectl explain pod.spec.containers`.",
        [
            "name": KindSchema.string("The container's name.", length: 1...63, pattern: KindSchema.labelName).required,
            "image": .string("The image of the server.", length: 1...1024),
            "command": .list("What is run, in place of the image's entrypoint.", of: .string("")),
            "args": .list("What it is given.", of: .string("")),
            "workingDir": .string("Where it starts."),
            "env": .list(
                "Environment variables. The server's container also gets MODEL_NAME, MODEL_VERSION and MODEL_PATH, "
                    + "unless they are set here.",
                of: .open(
                    "A variable.",
                    [
                        "name": KindSchema.string("Its name.", length: 1...1024).required,
                        "value": .string("Its value."),
                    ]), .map(keys: ["name"])),
            "resources": .object(
                "What the container needs and may use. GPUs are added from spec.gpus.",
                [
                    "limits": .map("The most of each resource.", of: .quantity("")),
                    "requests": .map("What is kept free for it on its node.", of: .quantity("")),
                    "claims": .list("Devices claimed by name.", of: .open("")),
                ]),
            "readinessProbe": .open(
                "Says when the server answers requests. A version without a replica that is ready gets none."),
            "startupProbe": .open("Says when the model is loaded."),
            "livenessProbe": .open("Says when the server has to be started again."),
        ])
}
