/// Admits a JSON tree as a value of a schema, in one pass.
///
/// Types must fit. Unknown members are dropped and their paths collected. Members that are null are dropped,
/// quantities, times and bytes get their canonical text. Where nothing changes, nothing is copied.
package struct SchemaDecoder {
    package struct Options: Sendable {
        /// Keeps `[]` and `{}` of optional lists and maps, as custom resources do; built-in types drop them.
        package var keepsEmptyCollections: Bool

        package init(keepsEmptyCollections: Bool = false) {
            self.keepsEmptyCollections = keepsEmptyCollections
        }

        package static let builtin = Options()
        package static let custom = Options(keepsEmptyCollections: true)
    }

    package struct Outcome: Sendable {
        package let object: JSONObject
        /// Paths (`spec.containers[0].imag`) of members that the schema does not have, 100 at most.
        package let unknownFields: [String]
    }

    private static let maximumUnknownFields = 100

    private let options: Options
    private var unknownFields: [String] = []

    private init(options: Options) {
        self.options = options
    }

    package static func decode(
        _ object: JSONObject, as schema: Schema, options: Options = .builtin
    ) throws(SchemaDecodingError) -> Outcome {
        var decoder = SchemaDecoder(options: options)
        let changed = try decoder.object(object, schema)
        return Outcome(object: changed ?? object, unknownFields: decoder.unknownFields)
    }

    /// What becomes of a value.
    private enum Change {
        case none
        case replace(JSON)
        case remove
    }

    /// The object as it should be; `nil` when it is so already.
    private mutating func object(_ object: JSONObject, _ schema: Schema) throws(SchemaDecodingError) -> JSONObject? {
        if schema.fields.isEmpty, schema.preservesUnknownFields { return nil }
        var rebuilt: [JSONObject.Member]?
        for index in object.members.indices {
            let change: Change
            let key = object.members[index].key
            if let field = schema.field(key) {
                let known = unknownFields.count
                do throws(SchemaDecodingError) {
                    change = try self.value(object.members[index].value, field.type, isRequired: field.isRequired)
                } catch {
                    throw error.within(schema, field: key)
                }
                if unknownFields.count > known { prefixUnknown(from: known, with: key) }
            } else if schema.preservesUnknownFields {
                change = .none
            } else {
                if unknownFields.count < Self.maximumUnknownFields { unknownFields.append(key) }
                change = .remove
            }
            Self.apply(change, to: object.members, at: index, &rebuilt)
        }
        return rebuilt.map(JSONObject.init(sorted:))
    }

    private static func apply(
        _ change: Change, to members: [JSONObject.Member], at index: Int, _ rebuilt: inout [JSONObject.Member]?
    ) {
        switch change {
        case .none: rebuilt?.append(members[index])
        case .remove:
            if rebuilt == nil { rebuilt = Array(members[..<index]) }
        case .replace(let value):
            if rebuilt == nil { rebuilt = Array(members[..<index]) }
            rebuilt?.append(JSONObject.Member(key: members[index].key, value: value))
        }
    }

    /// Unknown fields found within a member get its name in front.
    private mutating func prefixUnknown(from start: Int, with name: String) {
        for index in start..<unknownFields.count {
            let separator = unknownFields[index].utf8.first == UInt8(ascii: "[") ? "" : "."
            unknownFields[index] = name + separator + unknownFields[index]
        }
    }

    private mutating func value(
        _ value: JSON, _ type: SchemaType, isRequired: Bool
    ) throws(SchemaDecodingError) -> Change {
        if case .null = value {
            if case .any = type { return .none }
            return .remove
        }
        switch type {
        case .string:
            guard case .string = value else { throw .mismatch(value, type) }
            return .none
        case .bool:
            guard case .bool = value else { throw .mismatch(value, type) }
            return .none
        case .int32, .int64, .double: return try SchemaScalars.number(value, type)
        case .bytes, .quantity, .time, .microTime, .intOrString, .duration:
            return try SchemaScalars.canonical(value, type).map(Change.replace) ?? .none
        case .any: return .none
        case .list(let element, _):
            guard case .array(let elements) = value else { throw .mismatch(value, type) }
            if elements.isEmpty { return isRequired || options.keepsEmptyCollections ? .none : .remove }
            return try list(elements, of: element).map { .replace(.array($0)) } ?? .none
        case .map(let element, _):
            guard case .object(let object) = value else { throw .mismatch(value, type) }
            if object.isEmpty { return isRequired || options.keepsEmptyCollections ? .none : .remove }
            return try map(object, of: element).map { .replace(.object($0)) } ?? .none
        case .object(let reference):
            guard case .object(let object) = value else { throw .mismatch(value, type) }
            return try self.object(object, reference.schema).map { .replace(.object($0)) } ?? .none
        }
    }

    private mutating func list(_ elements: [JSON], of type: SchemaType) throws(SchemaDecodingError) -> [JSON]? {
        if case .string = type {
            // The common case needs no walk through the general one.
            var fits = true
            for element in elements {
                guard case .string = element else {
                    fits = false
                    break
                }
            }
            if fits { return nil }
        }
        var rebuilt: [JSON]?
        for index in elements.indices {
            let known = unknownFields.count
            let change = try value(elements[index], type, isRequired: true)
            if unknownFields.count > known { prefixUnknown(from: known, with: "[\(index)]") }
            switch change {
            case .none: rebuilt?.append(elements[index])
            case .remove:
                // An element cannot be left out without moving the others: null is the empty value.
                if rebuilt == nil { rebuilt = Array(elements[..<index]) }
                rebuilt?.append(type.emptyValue)
            case .replace(let element):
                if rebuilt == nil { rebuilt = Array(elements[..<index]) }
                rebuilt?.append(element)
            }
        }
        return rebuilt
    }

    private mutating func map(_ object: JSONObject, of type: SchemaType) throws(SchemaDecodingError) -> JSONObject? {
        var rebuilt: [JSONObject.Member]?
        for index in object.members.indices {
            let known = unknownFields.count
            var change = try value(object.members[index].value, type, isRequired: true)
            if unknownFields.count > known { prefixUnknown(from: known, with: object.members[index].key) }
            if case .remove = change { change = .replace(type.emptyValue) }
            Self.apply(change, to: object.members, at: index, &rebuilt)
        }
        return rebuilt.map(JSONObject.init(sorted:))
    }
}

extension SchemaDecoder {
    /// Rules for values that stand alone.
    private enum SchemaScalars {
        static func number(_ value: JSON, _ type: SchemaType) throws(SchemaDecodingError) -> Change {
            switch (value, type) {
            case (.int(let number), .int32):
                guard Int32(exactly: number) != nil else { throw .unfit(value, type) }
                return .none
            case (.int, _): return .none
            case (.double, .double): return .none
            case (.double(let number), .int32):
                guard let exact = Int32(exactly: number) else { throw .unfit(value, type) }
                return .replace(.int(Int64(exact)))
            case (.double(let number), _):
                guard let exact = Int64(exactly: number) else { throw .unfit(value, type) }
                return .replace(.int(exact))
            default: throw .mismatch(value, type)
            }
        }

        /// The canonical form of a value; `nil` when it has it.
        static func canonical(_ value: JSON, _ type: SchemaType) throws(SchemaDecodingError) -> JSON? {
            switch type {
            case .quantity: return try quantity(value)
            case .intOrString: return try intOrString(value)
            default: break
            }
            guard case .string(let text) = value else {
                guard case .bytes = type else { throw .mismatch(value, .string) }
                throw .mismatch(value, type)
            }
            let canonical: String
            switch type {
            case .time:
                do { canonical = try Timestamp(rfc3339: text).rfc3339 } catch { throw .text("\(error)") }
            case .microTime:
                do { canonical = try Timestamp(rfc3339Micro: text).rfc3339Micro } catch { throw .text("\(error)") }
            case .duration:
                do { canonical = try GoDuration(parsing: text).description } catch { throw .text("\(error)") }
            case .bytes:
                switch Base64.check(text) {
                case .canonical: return nil
                case .spaced(let stripped): return .string(stripped)
                case .invalid(let offset): throw .text("illegal base64 data at input byte \(offset)")
                }
            default: return nil
            }
            return UTF8Order.compare(canonical, text) == 0 ? nil : .string(canonical)
        }

        private static func quantity(_ value: JSON) throws(SchemaDecodingError) -> JSON? {
            let text: String
            switch value {
            case .string(let string): text = string
            case .int(let number): text = String(number)
            case .double(let number): text = "\(number)"
            case .null, .bool, .array, .object: throw .text("\(QuantityError.format)")
            }
            do {
                let canonical = try Quantity(parsing: text).description
                if case .string = value, UTF8Order.compare(canonical, text) == 0 { return nil }
                return .string(canonical)
            } catch {
                throw .text("\(error)")
            }
        }

        private static func intOrString(_ value: JSON) throws(SchemaDecodingError) -> JSON? {
            switch value {
            case .string: return nil
            case .int(let number):
                guard Int32(exactly: number) != nil else { throw .unfit(value, .int32) }
                return nil
            case .double(let number):
                guard let exact = Int32(exactly: number) else { throw .unfit(value, .int32) }
                return .int(Int64(exact))
            case .null, .bool, .array, .object: throw .mismatch(value, .int32)
            }
        }
    }
}

extension SchemaType {
    /// What null means where a value cannot be absent: in lists and maps.
    fileprivate var emptyValue: JSON {
        switch self {
        case .string, .bytes, .time, .microTime: .string("")
        case .int32, .int64, .intOrString: .int(0)
        case .double: .double(0)
        case .bool: .bool(false)
        case .quantity: .string("0")
        case .duration: .string("0s")
        case .any: .null
        case .list: .array([])
        case .map, .object: .object(JSONObject())
        }
    }
}
