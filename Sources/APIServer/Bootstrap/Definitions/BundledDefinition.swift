import KubeAPI
import Machinery

/// A CustomResourceDefinition that Gantry brings along: its own kinds, and those of the Gateway API that its gateway
/// and its controllers work with.
package struct BundledDefinition: Sendable {
    /// On definitions that Gantry wrote: which edition of them.
    static let editionAnnotation = "gantry.dev/definition-edition"

    /// A printer column.
    struct Column: Sendable {
        let name: String
        let type: String
        let path: String
        /// Above zero for what only `-o wide` shows.
        var priority: Int64 = 0

        static let age = Column(name: "Age", type: "date", path: ".metadata.creationTimestamp")

        var json: JSON {
            var json: JSONObject = ["name": .string(name), "type": .string(type), "jsonPath": .string(path)]
            if priority > 0 { json["priority"] = .int(priority) }
            return .object(json)
        }
    }

    let kind: GroupVersionKind
    let plural: String
    var shortNames: [String] = []
    var categories: [String] = []
    /// Grows by one with each change of what follows; servers replace definitions of smaller ones.
    let edition: Int64
    /// Where a group of Kubernetes' was approved.
    var approval: String?
    var columns: [Column] = []
    let description: String
    let spec: KindSchema
    var status: KindSchema?
    /// What is asked of the whole object: an expression and what to say.
    var rules: [(rule: String, message: String)] = []

    /// All of them.
    package static var all: [BundledDefinition] { [modelService, readinessException, inferencePool, httpRoute] }

    package var name: String { "\(plural).\(kind.group)" }

    package var object: CustomResourceDefinition {
        var definition = CustomResourceDefinition(name: name)
        definition.metadata.annotations = [Self.editionAnnotation: String(edition)]
        if let approval { definition.metadata.annotations["api-approved.kubernetes.io"] = approval }
        var names: JSONObject = [
            "kind": .string(kind.kind), "listKind": .string(kind.kind + "List"), "plural": .string(plural),
            "singular": .string(kind.kind.lowercased()),
        ]
        names.set("shortNames", shortNames)
        names.set("categories", categories)
        definition.json["spec"] = [
            "group": .string(kind.group), "scope": "Namespaced", "names": .object(names),
            "versions": [.object(version)],
        ]
        return definition
    }

    private var version: JSONObject {
        var version: JSONObject = [
            "name": .string(kind.version), "served": true, "storage": true,
            "schema": ["openAPIV3Schema": .object(schema.json)],
        ]
        version.set("additionalPrinterColumns", columns.map(\.json))
        if status != nil { version["subresources"] = ["status": [:]] }
        return version
    }

    private var schema: KindSchema {
        let identity = (
            version: KindSchema.string("The version of the schema that the object is written in."),
            kind: KindSchema.string("What the object is, in CamelCase."),
            // Nothing may be said of it, not even what it is.
            metadata: KindSchema.bare("")
        )
        let spec = spec.required
        let schema =
            if let status {
                KindSchema.object(
                    description,
                    [
                        "apiVersion": identity.version, "kind": identity.kind, "metadata": identity.metadata,
                        "spec": spec, "status": status,
                    ])
            } else {
                KindSchema.object(
                    description,
                    [
                        "apiVersion": identity.version, "kind": identity.kind, "metadata": identity.metadata,
                        "spec": spec,
                    ])
            }
        return rules.reduce(schema) { $0.rule($1.rule, $1.message) }
    }
}
