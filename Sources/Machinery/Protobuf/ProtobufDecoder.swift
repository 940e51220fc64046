extension JSONObject {
    /// Reads a protobuf message of a schema. Fields that the schema does not number are passed over; empty texts and
    /// times, zeros and false are absent where the schema does not tell them from that, as in the JSON form.
    package init(protobuf bytes: [UInt8], schema: Schema) throws(ProtobufError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(ProtobufError) in
            try ProtobufDecoder.message(buffer, schema, depth: 0)
        }
    }

    package init(protobuf bytes: UnsafeBufferPointer<UInt8>, schema: Schema) throws(ProtobufError) {
        self = try ProtobufDecoder.message(bytes, schema, depth: 0)
    }
}

/// Reads protobuf messages into JSON trees.
enum ProtobufDecoder {
    /// The deepest nesting of messages taken.
    static let maximumDepth = 100

    static func message(
        _ bytes: UnsafeBufferPointer<UInt8>, _ schema: Schema, depth: Int
    ) throws(ProtobufError) -> JSONObject {
        // One slot for each field, in the order of names: the members come out sorted.
        var slots = [JSON?](repeating: nil, count: schema.fields.count)
        try fill(&slots, from: bytes, schema, schema.protobufPlan, depth: depth)
        var members: [JSONObject.Member] = []
        for index in slots.indices {
            if let value = slots[index] { members.append(.init(key: schema.fields[index].name, value: value)) }
        }
        return JSONObject(sorted: members)
    }

    private static func fill(
        _ slots: inout [JSON?], from bytes: UnsafeBufferPointer<UInt8>, _ schema: Schema, _ plan: ProtobufPlan,
        depth: Int
    ) throws(ProtobufError) {
        guard depth < maximumDepth else {
            throw ProtobufError(code: .tooDeep, message: "exceeded max depth of \(maximumDepth)")
        }
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            switch plan.entry(number) {
            case nil: try reader.skip(wire)
            case .embedded(let inner):
                try expect(wire, .bytes, number, schema)
                try fill(&slots, from: try reader.delimited(), schema, inner, depth: depth + 1)
            case .choice(let index, let choice, let isMap):
                try expect(wire, .bytes, number, schema)
                try choice.read(into: &slots[index], try reader.delimited(), isMap: isMap, schema, depth: depth)
            case .field(let index, let type):
                do throws(ProtobufError) {
                    try add(to: &slots[index], &reader, wire, type, schema.fields[index].keepsZero, depth: depth)
                } catch  where error.code == .unfit {
                    throw ProtobufError(
                        code: .malformed,
                        message: "wrong wireType for field \(schema.name).\(schema.fields[index].name)")
                }
            }
        }
    }

    private static func expect(
        _ wire: ProtobufReader.WireType, _ wanted: ProtobufReader.WireType, _ number: Int, _ schema: Schema
    ) throws(ProtobufError) {
        guard wire == wanted else {
            throw ProtobufError(
                code: .malformed, message: "wrong wireType = \(wire.rawValue) for \(schema.name).\(number)")
        }
    }

    private static let wrongWireType = ProtobufError(code: .unfit, message: "wrong wireType")

    /// Reads one occurrence of a field into its slot: lists and maps grow, messages merge, other values replace.
    private static func add(
        to slot: inout JSON?, _ reader: inout ProtobufReader, _ wire: ProtobufReader.WireType, _ type: SchemaType,
        _ keepsZero: Bool, depth: Int
    ) throws(ProtobufError) {
        switch type {
        case .list(let element, _):
            var elements: [JSON] = []
            if case .array(let present)? = slot { elements = present }
            slot = nil
            if wire == .bytes, element.isVarint {
                // A packed list: numbers without tags.
                var packed = ProtobufReader(try reader.delimited())
                while !packed.isAtEnd { elements.append(try number(try packed.varint(), element)) }
            } else {
                elements.append(try item(&reader, wire, element, depth: depth) ?? element.protobufEmpty)
            }
            slot = .array(elements)
        case .map(let element, _):
            guard wire == .bytes else { throw wrongWireType }
            var object = JSONObject()
            if case .object(let present)? = slot { object = present }
            slot = nil
            let (key, value) = try entry(try reader.delimited(), element, depth: depth)
            object[key] = value
            slot = .object(object)
        case .object:
            guard case .object(let addition)? = try item(&reader, wire, type, depth: depth) else { return }
            if case .object(var present)? = slot {
                for member in addition.members { present[member.key] = member.value }
                slot = .object(present)
            } else {
                slot = .object(addition)
            }
        case .string, .int32, .int64, .bool, .double:
            let value = try item(&reader, wire, type, depth: depth)
            // The wire carries empty texts, zeros and flags of fields that nobody set.
            slot = value == type.protobufEmpty && !keepsZero ? nil : value
        case .bytes, .quantity, .time, .microTime, .intOrString, .duration, .any:
            slot = try item(&reader, wire, type, depth: depth)
        }
    }

    private static func entry(
        _ bytes: UnsafeBufferPointer<UInt8>, _ type: SchemaType, depth: Int
    ) throws(ProtobufError) -> (String, JSON) {
        var reader = ProtobufReader(bytes)
        var key = ""
        var value: JSON?
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            switch (number, wire) {
            case (1, .bytes): key = try reader.string()
            case (2, _): value = try item(&reader, wire, type, depth: depth + 1)
            default: try reader.skip(wire)
            }
        }
        return (key, value ?? type.protobufEmpty)
    }

    private static func number(_ bits: UInt64, _ type: SchemaType) throws(ProtobufError) -> JSON {
        switch type {
        case .bool: .bool(bits != 0)
        case .int32: .int(Int64(Int32(truncatingIfNeeded: bits)))
        default: .int(Int64(bitPattern: bits))
        }
    }

    /// One value; `nil` for the empty time.
    private static func item(
        _ reader: inout ProtobufReader, _ wire: ProtobufReader.WireType, _ type: SchemaType, depth: Int
    ) throws(ProtobufError) -> JSON? {
        switch type {
        case .int32, .int64, .bool:
            guard wire == .varint else { throw wrongWireType }
            return try number(try reader.varint(), type)
        case .double:
            guard wire == .fixed64 else { throw wrongWireType }
            let value = Double(bitPattern: try reader.fixed64())
            guard value.isFinite else { throw ProtobufError(code: .malformed, message: "number is not finite") }
            return .double(value)
        case .string:
            guard wire == .bytes else { throw wrongWireType }
            return .string(try reader.string())
        case .bytes:
            guard wire == .bytes else { throw wrongWireType }
            return .string(Base64.encode(try reader.delimited()))
        case .object(let reference):
            guard wire == .bytes else { throw wrongWireType }
            return .object(try message(try reader.delimited(), reference.schema, depth: depth + 1))
        case .list, .map:
            guard wire == .bytes else { throw wrongWireType }
            return try wrapped(try reader.delimited(), type, depth: depth + 1)
        case .quantity, .time, .microTime, .intOrString, .duration, .any:
            guard wire == .bytes else { throw wrongWireType }
            return try scalar(try reader.delimited(), type)
        }
    }

    /// A list or map that is the first field of a message of its own.
    private static func wrapped(
        _ bytes: UnsafeBufferPointer<UInt8>, _ type: SchemaType, depth: Int
    ) throws(ProtobufError) -> JSON {
        guard depth < maximumDepth else {
            throw ProtobufError(code: .tooDeep, message: "exceeded max depth of \(maximumDepth)")
        }
        var slot: JSON?
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            if number == 1 {
                try add(to: &slot, &reader, wire, type, true, depth: depth)
            } else {
                try reader.skip(wire)
            }
        }
        return slot ?? type.protobufEmpty
    }

    /// The small messages that are one value in JSON.
    private static func scalar(
        _ bytes: UnsafeBufferPointer<UInt8>, _ type: SchemaType
    ) throws(ProtobufError) -> JSON? {
        var reader = ProtobufReader(bytes)
        var numbers: (first: Int64, second: Int64) = (0, 0)
        var text: UnsafeBufferPointer<UInt8>?
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            switch (number, wire) {
            case (1, .varint): numbers.first = Int64(bitPattern: try reader.varint())
            case (2, .varint): numbers.second = Int64(bitPattern: try reader.varint())
            case (1, .bytes), (3, .bytes): text = try reader.delimited()
            default: try reader.skip(wire)
            }
        }
        switch type {
        case .time, .microTime:
            guard !bytes.isEmpty else { return nil }
            let time = Timestamp(seconds: numbers.first, nanoseconds: Int32(clamping: numbers.second))
            if case .time = type { return time.json }
            return time.microJSON
        case .duration: return GoDuration(nanoseconds: numbers.first).json
        case .intOrString:
            return numbers.first == 0 ? .int(Int64(Int32(truncatingIfNeeded: numbers.second))) : try string(text)
        case .quantity:
            guard case .string(let written) = try string(text) else { return nil }
            if written.isEmpty { return "0" }
            guard let quantity = try? Quantity(parsing: written) else {
                throw ProtobufError(code: .malformed, message: "\(QuantityError.format)")
            }
            return quantity.json
        default:
            guard let text, !text.isEmpty else { return .null }
            do {
                return try JSONParser.parse(text).value
            } catch {
                throw ProtobufError(code: .malformed, message: "\(error)")
            }
        }
    }

    private static func string(_ bytes: UnsafeBufferPointer<UInt8>?) throws(ProtobufError) -> JSON {
        guard let bytes else { return "" }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ProtobufError(code: .malformed, message: "string field contains invalid UTF-8")
        }
        return .string(text)
    }
}

extension SchemaField {
    fileprivate var keepsZero: Bool { isRequired || distinguishesZero }
}

extension SchemaType {
    fileprivate var isVarint: Bool {
        switch self {
        case .int32, .int64, .bool: true
        case .string, .double, .bytes, .quantity, .time, .microTime, .intOrString, .duration, .any, .list, .map,
            .object:
            false
        }
    }

    /// What an absent value means in a list or a map.
    fileprivate var protobufEmpty: JSON {
        switch self {
        case .string, .bytes: ""
        case .int32, .int64, .intOrString: 0
        case .double: .double(0)
        case .bool: false
        case .quantity: "0"
        case .duration: "0s"
        case .time, .microTime, .any: .null
        case .list: .array([])
        case .map, .object: .object(JSONObject())
        }
    }
}
