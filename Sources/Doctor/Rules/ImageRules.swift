import KubeAPI

/// Images that cannot be had.
enum ImageRules {
    /// What registries and runtimes say, the first that fits.
    private static let signs: [(text: String, cause: Cause)] = [
        ("toomanyrequests", .registryLimit), ("429 Too Many Requests", .registryLimit),
        ("unauthorized", .imageUnauthorized), ("authentication required", .imageUnauthorized),
        ("authorization failed", .imageUnauthorized), ("denied", .imageUnauthorized),
        ("401", .imageUnauthorized), ("403", .imageUnauthorized), ("no basic auth", .imageUnauthorized),
        ("no such host", .registryUnreachable), ("connection refused", .registryUnreachable),
        ("i/o timeout", .registryUnreachable), ("deadline exceeded", .registryUnreachable),
        ("x509:", .registryUnreachable), ("no route to host", .registryUnreachable),
        ("server gave HTTP response", .registryUnreachable), ("manifest unknown", .imageNotFound),
        ("not found", .imageNotFound), ("does not exist", .imageNotFound),
    ]

    static func pull(_ facts: ContainerFacts, _ message: String) -> Finding {
        // What was said when it failed; the container's own words are often only that it will be tried again.
        let event = facts.picture.events(of: facts.subject, reason: "Failed").first { event in
            event.message?.contains("Failed to pull image") == true
        }
        let text = [message, event?.message ?? ""].joined(separator: " ")
        if let volume = volume(facts, text) { return volume }
        let image = facts.container?.image ?? facts.status.image
        let cause = signs.first { text.contains($0.text) }?.cause ?? .imagePull
        var evidence = [Evidence("container \(facts.name)", message)]
        if let event { evidence.insert(.event(event), at: 0) }
        return Finding(cause, facts.subject, words(cause, image), evidence: evidence, next: next(cause, facts))
    }

    /// An image volume whose artefact cannot be had: the container waits for it under its own name.
    private static func volume(_ facts: ContainerFacts, _ text: String) -> Finding? {
        for volume in facts.pod.spec.volumes {
            guard let reference = volume.image?.reference, text.contains(reference),
                reference != facts.container?.image
            else { continue }
            let event = facts.picture.events(of: facts.subject, reason: "Failed").first { event in
                event.message?.contains(reference) == true
            }
            return Finding(
                .modelVolume, facts.subject,
                "The artefact \(reference) of volume \(volume.name) cannot be pulled, and container \(facts.name) waits "
                    + "for it.",
                evidence: (event.map { [.event($0)] } ?? []) + [
                    Evidence("container \(facts.name)", facts.status.state?.waiting?.message ?? ""),
                    Evidence("volume \(volume.name)", "image \(reference)"),
                ],
                next: [
                    facts.subject.describe,
                    facts.subject.kubectl("get pod \(facts.pod.name) -o jsonpath={.spec.volumes[*].image}"),
                ])
        }
        return nil
    }

    static func name(_ facts: ContainerFacts, _ reason: String, _ message: String) -> Finding {
        let image = facts.container?.image ?? facts.status.image
        let isInvalid = reason == "InvalidImageName"
        return Finding(
            isInvalid ? .invalidImage : .imageNeverPulled, facts.subject,
            isInvalid
                ? "\"\(image)\" is no name of an image."
                : "Image \(image) is not on the node, and the pod's pull policy is Never.",
            evidence: [Evidence("container \(facts.name)", message)],
            next: [facts.subject.kubectl("get pod \(facts.pod.name) -o jsonpath={..image}")])
    }

    private static func words(_ cause: Cause, _ image: String) -> String {
        switch cause {
        case .registryLimit: "The registry lets no more pulls of \(image) through for now."
        case .imageUnauthorized: "The registry does not let this pod pull \(image), or there is no such image."
        case .registryUnreachable: "The registry of \(image) cannot be reached from the node."
        case .imageNotFound: "The registry has no image \(image)."
        default: "Image \(image) cannot be pulled."
        }
    }

    private static func next(_ cause: Cause, _ facts: ContainerFacts) -> [String] {
        let pod = facts.subject.describe
        guard cause == .imageUnauthorized else { return [pod] }
        let account = facts.pod.spec.serviceAccountName ?? "default"
        return [
            facts.subject.kubectl("get pod \(facts.pod.name) -o jsonpath={.spec.imagePullSecrets}"),
            facts.subject.kubectl("get serviceaccount \(account) -o jsonpath={.imagePullSecrets}"), pod,
        ]
    }
}
