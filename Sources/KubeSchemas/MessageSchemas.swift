import Machinery
import Synchronization

/// Schemas of messages that are no part of the cluster's API (CRI, containerd's events), read from the same text form.
package final class MessageSchemas: Sendable {
    /// The package of the messages, such as `runtime.v1`.
    package let prefix: String
    /// Definition names in the order of the text.
    package let order: [String]
    private let schemas: Found

    /// Reads a text that is part of the program; one that cannot be read is a programming error and traps.
    package init(text: String) {
        let package: SchemaText.Package
        do {
            package = try SchemaText.read(text)
        } catch {
            // Unreachable: the texts are part of the program, and a test reads them all.
            preconditionFailure("message schema text: \(error)")
        }
        let found = Found()
        let reader = SchemaTypeReader(
            prefix: package.prefix, names: Set(package.types.map(\.name)), resolve: { found[$0] })
        let schemas = package.types.map(reader.schema)
        found.fill(schemas)
        prefix = package.prefix
        order = schemas.map(\.definition)
        self.schemas = found
    }

    /// The schema of a definition such as `runtime.v1.PodSandboxConfig`.
    package func schema(definition: String) -> Schema? { schemas[definition] }

    /// The schema of a message of this package; a name that the text does not hold is a programming error and traps.
    package func message(_ name: String) -> Schema {
        guard let schema = schemas["\(prefix).\(name)"] else {
            // Unreachable: names come from generated code, and a test asks for every one.
            preconditionFailure("no message \(prefix).\(name)")
        }
        return schema
    }

    /// What references look into: filled once everything is read, so that types may refer to each other in circles.
    private final class Found: Sendable {
        private let schemas = Mutex<[String: Schema]>([:])

        func fill(_ found: [Schema]) {
            schemas.withLock { schemas in
                for schema in found { schemas[schema.definition] = schema }
            }
        }

        subscript(definition: String) -> Schema? { schemas.withLock { $0[definition] } }
    }
}

/// A typed message: a view that knows its schema, and so how it travels as protobuf.
package protocol MessageView: JSONView {
    static var schema: Schema { get }
}
