import Machinery

/// Containers that are put into a running pod to look around.
struct EphemeralContainerValidation {
    private static let text = "cannot be set for an Ephemeral Container"
    private static let forbidden = [
        "ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resizePolicy",
        "restartPolicy", "restartPolicyRules",
    ]

    let spec: PodSpec
    let path: FieldPath

    /// - Parameter common: checks what all containers have in common.
    func validate(common: (Container, FieldPath) -> [FieldError]) -> [FieldError] {
        let containers = spec.ephemeralContainers
        guard !containers.isEmpty else { return [] }
        let others = Set(spec.containers.map(\.name) + spec.initContainers.map(\.name))
        var names = others
        var errors: [FieldError] = []
        for (index, ephemeral) in containers.enumerated() {
            let place = path.child("ephemeralContainers").index(index)
            errors += common(Container(json: ephemeral.json), place)
            if !names.insert(ephemeral.name).inserted {
                errors.append(.duplicate(place.child("name"), ephemeral.name))
            }
            if let target = ephemeral.targetContainerName, !target.isEmpty, !others.contains(target) {
                errors.append(.notFound(place.child("targetContainerName"), target))
            }
            errors += Self.forbidden.filter { isSet(ephemeral.json[$0]) }.map {
                .forbidden(place.child($0), Self.text)
            }
            for (position, mount) in ephemeral.volumeMounts.enumerated() {
                let field = place.child("volumeMounts").index(position)
                for (name, value) in [("subPath", mount.subPath), ("subPathExpr", mount.subPathExpr)]
                where value?.isEmpty == false {
                    errors.append(.forbidden(field.child(name), Self.text))
                }
            }
        }
        return errors
    }

    private func isSet(_ value: JSON?) -> Bool {
        switch value {
        case .object(let object)?: !object.isEmpty
        case .array(let elements)?: !elements.isEmpty
        case nil: false
        default: true
        }
    }
}
