import Machinery

extension DeclaredType {
    /// The type of a structural schema as it stands in a CustomResourceDefinition (`openAPIV3Schema`, or any schema
    /// within).
    ///
    /// - Parameter isResourceRoot: the schema of a whole object: `apiVersion`, `kind`, `metadata.name` and
    ///   `metadata.generateName` are there whether the schema tells them or not.
    /// - Parameter name: what the type and those below are called in messages.
    /// - Returns: `nil` for schemas expressions cannot see: lists without items, unknown contents.
    package convenience init?(structural schema: JSON, isResourceRoot: Bool = false, name: String = "selfType") {
        self.init(StructuralReader(schema, isResourceRoot: isResourceRoot), name: name)
    }

    private convenience init?(_ reader: StructuralReader, name: String) {
        guard let parts = reader.parts(name) else { return nil }
        self.init(
            celType: parts.celType, shape: parts.shape, maximumElements: parts.maximumElements,
            minimumSize: parts.minimumSize, preservesUnknownFields: reader.preservesUnknownFields,
            isNullable: reader.schema["nullable"]?.boolValue ?? false)
    }
}

/// Reads the schema of one value.
///
/// Source: k8s.io/apiserver/pkg/cel/common/schemas.go; the numbers decide costs and are part of the API.
private struct StructuralReader {
    struct Parts {
        let celType: CELType
        let shape: DeclaredType.Shape
        var maximumElements: UInt64 = 0
        let minimumSize: Int64
    }

    let schema: JSON
    let isResourceRoot: Bool

    init(_ schema: JSON, isResourceRoot: Bool) {
        self.schema = schema
        self.isResourceRoot = isResourceRoot
    }

    var preservesUnknownFields: Bool { schema["x-kubernetes-preserve-unknown-fields"]?.boolValue ?? false }

    private func limit(_ name: String) -> Int64? { schema[name]?.intValue.map { max(0, $0) } }

    /// `maxLength` counts characters, costs count bytes.
    private var maximumTextBytes: UInt64? { limit("maxLength").map { UInt64($0).saturatingMultiply(4) } }

    func parts(_ name: String) -> Parts? {
        if schema["x-kubernetes-int-or-string"]?.boolValue ?? false {
            return Parts(
                celType: .dyn, shape: .intOrString,
                maximumElements: maximumTextBytes ?? CELLimits.maximumStringLength, minimumSize: 1)
        }
        switch schema["type"]?.stringValue {
        case "array": return list(name)
        case "object": return schema["additionalProperties"]?.objectValue != nil ? map(name) : object(name)
        case "string": return text()
        case "boolean": return Parts(celType: .bool, shape: .simple(.bool), minimumSize: 4)
        case "number": return Parts(celType: .double, shape: .simple(.double), minimumSize: 1)
        case "integer": return Parts(celType: .int, shape: .simple(.int), minimumSize: 1)
        default: return nil
        }
    }

    private static func child(_ schema: JSON, _ name: String) -> DeclaredType? {
        let isEmbedded = schema["x-kubernetes-embedded-resource"]?.boolValue ?? false
        return DeclaredType(structural: schema, isResourceRoot: isEmbedded, name: name)
    }

    private func list(_ name: String) -> Parts? {
        guard let items = schema["items"], let element = Self.child(items, name + ".@idx") else { return nil }
        let keys = (schema["x-kubernetes-list-map-keys"]?.arrayValue ?? []).compactMap(\.stringValue)
        let kind: DeclaredType.ListKind
        switch schema["x-kubernetes-list-type"]?.stringValue {
        case "set": kind = .set
        case "map": kind = .map(keys: keys)
        default: kind = .atomic
        }
        let list = DeclaredType.list(of: element, kind: kind, maximumItems: limit("maxItems"))
        return Parts(
            celType: list.celType, shape: list.shape, maximumElements: list.maximumElements, minimumSize: 2)
    }

    private func map(_ name: String) -> Parts? {
        guard let values = schema["additionalProperties"], let value = Self.child(values, name + ".@elem") else {
            return nil
        }
        let map = DeclaredType.map(of: value, maximumProperties: limit("maxProperties"))
        return Parts(celType: map.celType, shape: map.shape, maximumElements: map.maximumElements, minimumSize: 2)
    }

    private func object(_ name: String) -> Parts? {
        var properties = schema["properties"]?.objectValue ?? JSONObject()
        if isResourceRoot || schema["x-kubernetes-embedded-resource"]?.boolValue ?? false {
            Self.addMetadata(&properties)
        }
        let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        var fields: [String: DeclaredType.Field] = [:]
        var minimumSize: Int64 = 2
        for member in properties.members {
            let escaped = FieldEscaping.escape(member.key)
            guard let type = Self.child(member.value, name + "." + (escaped ?? member.key)) else { continue }
            let isRequired = required.contains(member.key)
            if let escaped {
                fields[escaped] = DeclaredType.Field(name: member.key, type: type, isRequired: isRequired)
            }
            if isRequired, member.value["default"] == nil {
                minimumSize += Int64(member.key.utf8.count) + type.minimumSize + 4
            }
        }
        return Parts(
            celType: .object(name), shape: .object(DeclaredType.ObjectFields { [fields] in fields }),
            minimumSize: minimumSize)
    }

    /// What every whole object has.
    private static func addMetadata(_ properties: inout JSONObject) {
        func isText(_ schema: JSON?) -> Bool { schema?["type"]?.stringValue == "string" }
        let metadata = properties["metadata"]?["properties"]
        if isText(properties["kind"]), isText(properties["apiVersion"]), isText(metadata?["name"]),
            isText(metadata?["generateName"])
        {
            return
        }
        let text: JSON = ["type": "string"]
        properties["kind"] = text
        properties["apiVersion"] = text
        properties["metadata"] = ["type": "object", "properties": ["name": text, "generateName": text]]
    }

    private func text() -> Parts {
        switch schema["format"]?.stringValue {
        case "byte":
            return Parts(
                celType: .bytes, shape: .bytes,
                maximumElements: limit("maxLength").map { UInt64($0) } ?? CELLimits.maximumStringLength,
                minimumSize: 2)
        case "duration": return Parts(celType: .duration, shape: .duration, maximumElements: 32, minimumSize: 3)
        case "date": return Parts(celType: .timestamp, shape: .date, maximumElements: 12, minimumSize: 12)
        case "date-time":
            return Parts(celType: .timestamp, shape: .timestamp, maximumElements: 32, minimumSize: 21)
        default: break
        }
        let longest = (schema["enum"]?.arrayValue ?? []).map { UInt64($0.stringValue?.utf8.count ?? 0) }.max()
        return Parts(
            celType: .string, shape: .simple(.string),
            maximumElements: maximumTextBytes ?? longest ?? CELLimits.maximumStringLength, minimumSize: 2)
    }
}
