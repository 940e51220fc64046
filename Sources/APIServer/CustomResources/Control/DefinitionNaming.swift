import Machinery

/// Which of a definition's names it may have, given what the others of its group have.
///
/// Source: k8s.io/apiextensions-apiserver/pkg/controller/status: who came first keeps a name.
struct DefinitionNaming {
    let accepted: CustomResourceDefinition.CustomNames
    /// The first conflict of each kind of name; the last one is told.
    let conflict: (reason: String, message: String)?

    init(_ definition: CustomResourceDefinition, others: [CustomResourceDefinition]) {
        var resources: Set<String> = []
        var kinds: Set<String> = []
        for other in others where other.spec.group == definition.spec.group && other.name != definition.name {
            let names = other.status.acceptedNames
            resources.formUnion([names.plural, names.singular] + names.shortNames)
            kinds.formUnion([names.kind, names.listKind])
        }
        resources.remove("")
        kinds.remove("")
        let wanted = definition.spec.names
        let current = definition.status.acceptedNames
        var accepted = current
        var conflict: (reason: String, message: String)?
        func taken(_ name: String, _ present: String, _ used: Set<String>) -> String? {
            name == present || !used.contains(name) ? nil : "\(GoQuote.quote(name)) is already in use"
        }
        if let message = taken(wanted.plural, current.plural, resources) {
            conflict = ("PluralConflict", message)
        } else {
            accepted.plural = wanted.plural
        }
        if let message = taken(wanted.singular, current.singular, resources) {
            conflict = ("SingularConflict", message)
        } else {
            accepted.singular = wanted.singular
        }
        let problems = wanted.shortNames.filter { !current.shortNames.contains($0) }.compactMap {
            taken($0, "", resources)
        }
        if problems.isEmpty {
            accepted.shortNames = wanted.shortNames
        } else {
            conflict = (
                "ShortNamesConflict",
                problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]"
            )
        }
        if let message = taken(wanted.kind, current.kind, kinds) {
            conflict = ("KindConflict", message)
        } else {
            accepted.kind = wanted.kind
        }
        if let message = taken(wanted.listKind, current.listKind, kinds) {
            conflict = ("ListKindConflict", message)
        } else {
            accepted.listKind = wanted.listKind
        }
        accepted.categories = wanted.categories
        self.accepted = accepted
        self.conflict = conflict
    }
}
