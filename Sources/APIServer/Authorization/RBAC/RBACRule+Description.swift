import Machinery

extension RBACRule {
    /// Rules of one verb each as Kubernetes' refusals list them: the verbs of a resource together, in order.
    static func described(_ atoms: [RBACRule]) -> [String] {
        var verbs: [RBACRule: [String]] = [:]
        for atom in atoms {
            // Names are not put together with others.
            let key = atom.names.isEmpty && atom.paths.isEmpty ? atom.withoutVerbs : atom
            for verb in atom.verbs where !verbs[key, default: []].contains(verb) {
                verbs[key, default: []].append(verb)
            }
        }
        return verbs.map { $0.key.described(verbs: $0.value) }.sorted()
    }

    private var withoutVerbs: RBACRule {
        RBACRule(verbs: [], groups: groups, resources: resources, names: names, paths: paths)
    }

    private func described(verbs: [String]) -> String {
        let parts = [
            ("APIGroups", groups), ("Resources", resources), ("NonResourceURLs", paths), ("ResourceNames", names),
            ("Verbs", verbs),
        ]
        let shown = parts.filter { !$0.1.isEmpty }.map { name, values in
            "\(name):[\(values.map(GoQuote.quote).joined(separator: " "))]"
        }
        return "{\(shown.joined(separator: ", "))}"
    }
}
