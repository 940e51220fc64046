/// A JSON Patch (RFC 6902): a list of operations, applied in order, all or none.
package struct JSONPatchDocument: Sendable {
    package enum Operation: Sendable {
        case add(JSONPointer, JSON)
        case remove(JSONPointer)
        case replace(JSONPointer, JSON)
        case move(from: JSONPointer, to: JSONPointer)
        case copy(from: JSONPointer, to: JSONPointer)
        case test(JSONPointer, JSON)
    }

    package static let maximumOperations = 10_000
    /// How much `copy` operations may add to the document together, in bytes of JSON.
    package static let maximumCopiedBytes = 3 * 1024 * 1024

    package let operations: [Operation]

    package init(json: JSON) throws(StatusError) {
        guard case .array(let elements) = json else {
            throw .badRequest("json: cannot unmarshal \(json.typeName) into Go value of type jsonpatch.Patch")
        }
        guard elements.count <= Self.maximumOperations else {
            throw .requestEntityTooLarge(
                "The allowed maximum operations in a JSON patch is \(Self.maximumOperations), got \(elements.count)")
        }
        var operations: [Operation] = []
        operations.reserveCapacity(elements.count)
        for element in elements { operations.append(try Self.operation(element)) }
        self.operations = operations
    }

    private static func operation(_ json: JSON) throws(StatusError) -> Operation {
        guard case .object(let object) = json else {
            throw .badRequest("json: cannot unmarshal \(json.typeName) into Go value of type jsonpatch.Operation")
        }
        let name = object.string("op") ?? "unknown"
        switch name {
        case "add": return .add(try pointer("path", object), try value(object))
        case "remove": return .remove(try pointer("path", object))
        case "replace": return .replace(try pointer("path", object), try value(object))
        case "move": return .move(from: try pointer("from", object), to: try pointer("path", object))
        case "copy": return .copy(from: try pointer("from", object), to: try pointer("path", object))
        case "test": return .test(try pointer("path", object), object["value"] ?? .null)
        default: throw .patchFailed("Unexpected kind: \(name)")
        }
    }

    private static func pointer(_ member: String, _ object: JSONObject) throws(StatusError) -> JSONPointer {
        guard let text = object.string(member) else {
            throw .patchFailed("operation missing \(member) field: missing value")
        }
        guard let pointer = JSONPointer(text), pointer.tokens.count < JSONParser.maximumDepth else {
            throw .patchFailed("operation does not apply: doc is missing path: \(GoQuote.quote(text)): missing value")
        }
        return pointer
    }

    private static func value(_ object: JSONObject) throws(StatusError) -> JSON {
        guard let value = object["value"] else { throw .patchFailed("operation missing value field: missing value") }
        return value
    }
}

extension JSONPatchDocument {
    /// The object after all operations; throws and changes nothing when one of them does not apply.
    package func applied(to object: JSONObject) throws(StatusError) -> JSONObject {
        var document = JSON.object(object)
        var work = Work()
        for operation in operations { try Self.apply(operation, to: &document, &work) }
        guard case .object(let result) = document else {
            throw .patchFailed("the patched document is no object")
        }
        return result
    }

    /// What a patch has used up of its bounds.
    private struct Work {
        /// How many values may be looked at to find out how deep they are nested.
        private static let maximumVisits = 10_000_000

        var copiedBytes = 0
        private var visits = 0

        /// Values are put nowhere where the document would become deeper than the parser takes.
        mutating func checkDepth(_ value: JSON, at path: JSONPointer) throws(StatusError) {
            guard fits(value, levels: JSONParser.maximumDepth - path.tokens.count), visits <= Self.maximumVisits else {
                throw .patchFailed("exceeded max depth of \(JSONParser.maximumDepth)")
            }
        }

        private mutating func fits(_ value: JSON, levels: Int) -> Bool {
            visits += 1
            guard visits <= Self.maximumVisits else { return false }
            switch value {
            case .null, .bool, .int, .double, .string: return true
            case .array(let elements):
                guard levels > 0 else { return false }
                for element in elements where !fits(element, levels: levels - 1) { return false }
                return true
            case .object(let object):
                guard levels > 0 else { return false }
                for member in object.members where !fits(member.value, levels: levels - 1) { return false }
                return true
            }
        }
    }

    private static func apply(
        _ operation: Operation, to document: inout JSON, _ work: inout Work
    ) throws(StatusError) {
        switch operation {
        case .add(let path, let value):
            try work.checkDepth(value, at: path)
            try edit(&document, path, "add") { $0.add(value, at: $1) }
        case .replace(let path, let value):
            try work.checkDepth(value, at: path)
            try edit(&document, path, "replace") { $0.replace(value, at: $1) }
        case .remove(let path): try edit(&document, path, "remove") { $0.remove(at: $1) }
        case .move(let from, let to):
            guard !to.tokens.starts(with: from.tokens) || to == from else {
                throw .patchFailed("move operation does not apply: a value cannot be moved into itself")
            }
            let value = try existing(document, from, "move")
            if from == to { return }
            if to.tokens.count > from.tokens.count { try work.checkDepth(value, at: to) }
            try edit(&document, from, "move") { $0.remove(at: $1) }
            try edit(&document, to, "move") { $0.add(value, at: $1) }
        case .copy(let from, let to):
            let value = try existing(document, from, "copy")
            try work.checkDepth(value, at: to)
            work.copiedBytes += value.encoded().count
            guard work.copiedBytes <= maximumCopiedBytes else {
                throw .patchFailed(
                    "Unable to copy, the accumulated size increase of copy is \(work.copiedBytes), exceeding the limit "
                        + "\(maximumCopiedBytes)")
            }
            try edit(&document, to, "copy") { $0.add(value, at: $1) }
        case .test(let path, let expected):
            let actual = path.find(in: document) ?? .null
            guard actual == expected else {
                throw .patchFailed("testing value \(path) failed: test failed")
            }
        }
    }

    private static func existing(
        _ document: JSON, _ path: JSONPointer, _ name: String
    ) throws(StatusError) -> JSON {
        guard let value = path.find(in: document) else { throw missing(path, name) }
        return value
    }

    private static func missing(_ path: JSONPointer, _ name: String) -> StatusError {
        .patchFailed(
            "\(name) operation does not apply: doc is missing path: \(GoQuote.quote("\(path)")): missing value")
    }

    /// Runs a change on the container that holds the place; `false` from it means that the place does not exist.
    private static func edit(
        _ document: inout JSON, _ path: JSONPointer, _ name: String, _ change: (inout JSON, String?) -> Bool
    ) throws(StatusError) {
        guard document.withContainer(of: path.tokens[...], change) else { throw missing(path, name) }
    }
}

extension JSON {
    /// Walks down to the container of the last token and changes it in place.
    fileprivate mutating func withContainer(
        of tokens: ArraySlice<String>, _ change: (inout JSON, String?) -> Bool
    ) -> Bool {
        guard let token = tokens.first else { return change(&self, nil) }
        guard tokens.count > 1 else { return change(&self, token) }
        switch self {
        case .object(var object):
            // Give up this copy first, so that the change below happens in place.
            self = .null
            defer { self = .object(object) }
            guard var member = object[token] else { return false }
            object[token] = .null
            defer { object[token] = member }
            return member.withContainer(of: tokens.dropFirst(), change)
        case .array(var elements):
            self = .null
            defer { self = .array(elements) }
            guard let index = JSONPointer.index(token), index < elements.count else { return false }
            return elements[index].withContainer(of: tokens.dropFirst(), change)
        case .null, .bool, .int, .double, .string: return false
        }
    }

    fileprivate mutating func add(_ value: JSON, at token: String?) -> Bool {
        guard let token else {
            self = value
            return true
        }
        switch self {
        case .object(var object):
            self = .null
            object[token] = value
            self = .object(object)
            return true
        case .array(var elements):
            let index = token == "-" ? elements.count : JSONPointer.index(token)
            guard let index, index <= elements.count else { return false }
            self = .null
            elements.insert(value, at: index)
            self = .array(elements)
            return true
        case .null, .bool, .int, .double, .string: return false
        }
    }

    fileprivate mutating func replace(_ value: JSON, at token: String?) -> Bool {
        guard let token else {
            self = value
            return true
        }
        switch self {
        case .object(var object):
            guard object.contains(token) else { return false }
            self = .null
            object[token] = value
            self = .object(object)
            return true
        case .array(var elements):
            guard let index = JSONPointer.index(token), index < elements.count else { return false }
            self = .null
            elements[index] = value
            self = .array(elements)
            return true
        case .null, .bool, .int, .double, .string: return false
        }
    }

    fileprivate mutating func remove(at token: String?) -> Bool {
        guard let token else { return false }
        switch self {
        case .object(var object):
            guard object.contains(token) else { return false }
            self = .null
            object.removeValue(forKey: token)
            self = .object(object)
            return true
        case .array(var elements):
            guard let index = JSONPointer.index(token), index < elements.count else { return false }
            self = .null
            elements.remove(at: index)
            self = .array(elements)
            return true
        case .null, .bool, .int, .double, .string: return false
        }
    }
}
