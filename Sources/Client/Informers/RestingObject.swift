import KubeAPI
import KubeSchemas
import Machinery

/// An object that is kept rather than worked on: as a tree while it is of use, as bytes when it rests.
///
/// A tree takes about six times the memory of its text, and making one takes some ten microseconds. Whoever keeps many
/// objects of which few are looked at lets the others rest; what is read is the same either way.
package struct RestingObject<Object: KubeObject>: Sendable {
    private enum Form: Sendable {
        case tree(Object)
        case bytes([UInt8])
    }

    private var form: Form

    package init(_ object: Object) {
        form = .tree(object)
    }

    /// The object; made from its bytes, each time, where it rests.
    package var object: Object {
        switch form {
        case .tree(let object): object
        case .bytes(let bytes): Self.tree(bytes)
        }
    }

    package var isResting: Bool {
        switch form {
        case .tree: false
        case .bytes: true
        }
    }

    /// Gives the tree up for its bytes.
    package mutating func rest() {
        guard case .tree(let object) = form else { return }
        // The writer's buffer has room to spare; what is kept has none.
        form = .bytes(object.json.encoded().withUnsafeBufferPointer { Array($0) })
    }

    /// Takes the tree back, for as long as it will be looked at.
    package mutating func wake() {
        if case .bytes(let bytes) = form { form = .tree(Self.tree(bytes)) }
    }

    private static func tree(_ bytes: [UInt8]) -> Object {
        guard case .object(let json)? = try? JSON(parsing: bytes, keys: BuiltinSchemas.keys) else {
            // Unreachable: the bytes are our own writer's, of a tree that a parser made.
            preconditionFailure("an object at rest of \(bytes.count) bytes cannot be read")
        }
        return Object(json: json)
    }
}
