import Machinery

/// Gantry's own kind: a finding of a launch review that somebody answers for.
extension BundledDefinition {
    static let readinessException = BundledDefinition(
        kind: GroupVersionKind(group: "gantry.dev", version: "v1alpha1", kind: "ReadinessException"),
        plural: "readinessexceptions", shortNames: ["rex"], edition: 1,
        columns: [
            Column(name: "Check", type: "string", path: ".spec.check"),
            Column(name: "Approver", type: "string", path: ".spec.approver"),
            Column(name: "Expires", type: "string", path: ".spec.expires"),
            Column(name: "Reason", type: "string", path: ".spec.reason", priority: 1),
            .age,
        ],
        description: """
            Accepts, until a day, that a check of `gantry readiness` fails in this namespace. From that day on the \
            check counts as failed again.
            """,
        spec: .object(
            "What is accepted, by whom and until when.",
            [
                "check": KindSchema.string(
                    "The check, by the name that `gantry readiness` gives it.", length: 1...253,
                    pattern: #"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"#
                ).required,
                "reason": KindSchema.string("Why that is acceptable.", length: 1...4096).required,
                "approver": KindSchema.string("Who accepted it.", length: 1...256).required,
                "expires": KindSchema.time("When it ends.").required,
            ]))
}
