/// A JSON value of several shapes that protobuf carries as a message with a field for each: the schemas within
/// CustomResourceDefinitions. The object among the shapes is of the type that has the field.
///
/// Source: `JSONSchemaPropsOrArray`, `…OrBool` and `…OrStringArray` in apiextensions.k8s.io/v1's generated.proto.
package enum ProtobufChoice: String, Sendable {
    /// An object (field 1), or a list of them (field 2).
    case orList = "list"
    /// A flag (field 1), or an object (field 2).
    case orFlag = "bool"
    /// An object (field 1), or a list of texts (field 2).
    case orTexts = "strings"
}

// MARK: Reading

extension ProtobufChoice {
    /// Reads one occurrence of a field of this form; a map's occurrence is one entry.
    func read(
        into slot: inout JSON?, _ bytes: UnsafeBufferPointer<UInt8>, isMap: Bool, _ schema: Schema, depth: Int
    ) throws(ProtobufError) {
        guard isMap else {
            slot = try value(bytes, schema, depth: depth)
            return
        }
        var object = JSONObject()
        if case .object(let present)? = slot { object = present }
        slot = nil
        var reader = ProtobufReader(bytes)
        var key = ""
        var entry = JSON.object(JSONObject())
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            switch (number, wire) {
            case (1, .bytes): key = try reader.string()
            case (2, .bytes): entry = try value(try reader.delimited(), schema, depth: depth + 1)
            default: try reader.skip(wire)
            }
        }
        object[key] = entry
        slot = .object(object)
    }

    private func value(
        _ bytes: UnsafeBufferPointer<UInt8>, _ schema: Schema, depth: Int
    ) throws(ProtobufError) -> JSON {
        var reader = ProtobufReader(bytes)
        var object: JSON?
        var flag = false
        var elements: [JSON]?
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            switch (self, number, wire) {
            case (.orList, 1, .bytes), (.orTexts, 1, .bytes), (.orFlag, 2, .bytes):
                object = .object(try ProtobufDecoder.message(try reader.delimited(), schema, depth: depth + 1))
            case (.orFlag, 1, .varint): flag = try reader.varint() != 0
            case (.orList, 2, .bytes):
                let element = try ProtobufDecoder.message(try reader.delimited(), schema, depth: depth + 1)
                elements = (elements ?? []) + [.object(element)]
            case (.orTexts, 2, .bytes): elements = (elements ?? []) + [.string(try reader.string())]
            default: try reader.skip(wire)
            }
        }
        if let object { return object }
        switch self {
        case .orFlag: return .bool(flag)
        case .orList, .orTexts: return .array(elements ?? [])
        }
    }
}

// MARK: Writing

extension ProtobufChoice {
    func write(
        _ number: Int, _ value: JSON, isMap: Bool, _ schema: Schema, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        guard isMap else {
            try message(number, value, schema, &writer)
            return
        }
        guard case .object(let object) = value else { throw Self.unfit(value) }
        for member in object.members {
            try writer.message(number) { (writer) throws(ProtobufError) in
                writer.string(1, member.key)
                try message(2, member.value, schema, &writer)
            }
        }
    }

    private func message(
        _ number: Int, _ value: JSON, _ schema: Schema, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        try writer.message(number) { (writer) throws(ProtobufError) in
            switch (self, value) {
            case (.orFlag, .bool(let flag)): writer.bool(1, flag)
            case (.orFlag, .object(let object)):
                // Where there is a schema anything it describes is allowed.
                writer.bool(1, true)
                try self.object(2, object, schema, &writer)
            case (.orList, .object(let object)), (.orTexts, .object(let object)):
                try self.object(1, object, schema, &writer)
            case (.orList, .array(let elements)), (.orTexts, .array(let elements)):
                for element in elements { try self.element(element, schema, &writer) }
            default: throw Self.unfit(value)
            }
        }
    }

    private func element(
        _ element: JSON, _ schema: Schema, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        switch (self, element) {
        case (.orList, .object(let object)): try self.object(2, object, schema, &writer)
        case (.orTexts, .string(let text)): writer.string(2, text)
        default: throw Self.unfit(element)
        }
    }

    private func object(
        _ number: Int, _ object: JSONObject, _ schema: Schema, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        try writer.message(number) { (writer) throws(ProtobufError) in
            try ProtobufEncoder.message(object, schema, schema.protobufPlan, &writer)
        }
    }

    private static func unfit(_ value: JSON) -> ProtobufError {
        ProtobufError(code: .unfit, message: "a value of JSON type \(value.typeName) does not fit a schema")
    }
}
