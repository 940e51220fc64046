import Machinery

/// What is accepted, but likely not meant.
package enum PodWarnings {
    /// Warnings of a workload's template; none when an update leaves it as it was.
    package static func of(template: PodTemplateSpec, oldTemplate: PodTemplateSpec?) -> [String] {
        if let oldTemplate, oldTemplate.json == template.json { return [] }
        return of(template.spec, at: FieldPath("spec").child("template", "spec"))
    }

    package static func of(_ spec: PodSpec, at path: FieldPath) -> [String] {
        var warnings: [String] = []
        for list in ["initContainers", "containers"] {
            let containers: [Container] = spec.json.views(list)
            for (index, container) in containers.enumerated() {
                let place = path.child(list).index(index)
                var names: Set<String> = []
                for (position, variable) in container.env.enumerated() where !names.insert(variable.name).inserted {
                    warnings.append(
                        "\(place.child("env").index(position).child("name")): hides previous definition of "
                            + "\"\(variable.name)\", which may be dropped when using apply")
                }
            }
        }
        if spec.terminationGracePeriodSeconds.map({ $0 < 0 }) == true {
            warnings.append(
                "\(path.child("terminationGracePeriodSeconds")): must be >= 0; negative values are invalid and will "
                    + "be treated as 1")
        }
        return warnings
    }
}

extension PodWarnings {
    /// Names that become parts of names of pods had better be labels.
    package static func ofName(_ name: String) -> [String] {
        let problems = Names.dns1123Label(name)
        guard !problems.isEmpty else { return [] }
        return [
            "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS "
                + "label is recommended: [\(problems.joined(separator: " "))]"
        ]
    }
}
