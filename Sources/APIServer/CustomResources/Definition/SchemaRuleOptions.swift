import Machinery

/// What of a definition's schemas is judged less strictly, because the definition had it before.
struct SchemaRuleOptions {
    private(set) var demandsStructure = true
    private(set) var demandsKnownTypes = true
    private(set) var demandsPrunedDefaults = true
    private(set) var demandsAtomicSets = true
    private(set) var demandsListKeys = true
    /// Rules and message expressions that were accepted before.
    private(set) var knownExpressions: Set<String> = []
    /// Versions whose schema is what it was.
    private var unchangedVersions: Set<String> = []
    /// The cost of single expressions does not count.
    private(set) var ignoresCost = false

    init(_ spec: CustomResourceDefinition.Spec, old: CustomResourceDefinition.Spec?) {
        guard let old else { return }
        let schemas = old.versions.compactMap(\.schema).map(StructuralSchema.init)
        func had(_ condition: (StructuralSchema) -> Bool) -> Bool {
            schemas.contains { $0.contains(where: condition) }
        }
        let wasStructural = schemas.allSatisfy { StructuralRules.validate($0, at: .root).isEmpty }
        demandsStructure = wasStructural || !spec.preservesUnknownFields
        demandsKnownTypes = !had { !$0.type.isEmpty && !SchemaRules.types.contains($0.type) }
        demandsPrunedDefaults = !had(DefaultRules.isUnpruned)
        demandsAtomicSets = !had { !ListRules.sets($0, at: .root).isEmpty }
        demandsListKeys = !had { !ListRules.keys($0, at: .root).isEmpty }
        for schema in schemas {
            _ = schema.contains { part in
                for rule in part.rules { knownExpressions.formUnion([rule.rule, rule.messageExpression]) }
                return false
            }
        }
        for version in spec.versions
        where old.versions.contains(where: { $0.name == version.name && $0.schema == version.schema }) {
            unchangedVersions.insert(version.name)
        }
    }

    func unchanged(_ version: String) -> SchemaRuleOptions {
        var options = self
        options.ignoresCost = unchangedVersions.contains(version)
        return options
    }
}
