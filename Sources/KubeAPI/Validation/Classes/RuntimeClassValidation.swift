import Machinery

/// Classes of container runtimes.
package enum RuntimeClassValidation {
    package static func validate(_ runtimeClass: RuntimeClass) -> [FieldError] {
        var errors = Check.name(runtimeClass.handler, at: "handler", Names.dns1123Label)
        if let overhead = runtimeClass.overhead {
            errors += ResourceValidation.validate(["limits": overhead.json["podFixed"] ?? .object([:])], at: "overhead")
        }
        guard let scheduling = runtimeClass.scheduling else { return errors }
        // The same rules as for pods, which get these.
        var pod = PodSpec()
        pod.nodeSelector = scheduling.nodeSelector
        pod.tolerations = scheduling.tolerations
        errors += SchedulingValidation.validate(pod, at: "scheduling")
        var seen: Set<[String]> = []
        for (index, toleration) in scheduling.tolerations.enumerated() {
            let key = [toleration.key, toleration.operator, toleration.value, toleration.effect].map { $0 ?? "" }
            guard !seen.insert(key).inserted else { continue }
            let place = FieldPath("scheduling").child("tolerations").index(index)
            errors.append(.duplicate(place, .object(toleration.json)))
        }
        return errors
    }

    package static func validateUpdate(_ new: RuntimeClass, from old: RuntimeClass) -> [FieldError] {
        Check.unchanged(new.json["handler"], from: old.json["handler"], at: "handler")
    }

    package static func warnings(_ runtimeClass: RuntimeClass) -> [String] {
        (runtimeClass.scheduling?.nodeSelector ?? [:]).keys.sorted().compactMap { key in
            NodeLabelWarnings.text(key).map { "scheduling.nodeSelector: \($0)" }
        }
    }
}
