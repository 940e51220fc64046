extension JSONObject {
    /// The object as a protobuf message of a schema. Members that protobuf does not carry are left out.
    package func protobuf(_ schema: Schema) throws(ProtobufError) -> [UInt8] {
        var writer = ProtobufWriter(reserving: 512)
        try ProtobufEncoder.message(self, schema, schema.protobufPlan, &writer)
        return writer.bytes
    }
}

/// Writes JSON trees as protobuf messages.
enum ProtobufEncoder {
    static func message(
        _ object: JSONObject, _ schema: Schema, _ plan: ProtobufPlan, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        // An object has few of the many members that its type knows: find their fields, not the fields' members.
        var places = [Int](repeating: -1, count: schema.fields.count)
        for position in object.members.indices {
            if let index = schema.index(of: object.members[position].key) { places[index] = position }
        }
        try fields(object.members, places, plan, schema, &writer)
    }

    private static func fields(
        _ members: [JSONObject.Member], _ places: [Int], _ plan: ProtobufPlan, _ schema: Schema,
        _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        for numbered in plan.entries {
            switch numbered.entry {
            case .field(let index, let type):
                let place = places[index]
                guard place >= 0, !members[place].value.isNull else { continue }
                try field(numbered.number, members[place].value, type, &writer)
            case .choice(let index, let choice, let isMap):
                let place = places[index]
                guard place >= 0, !members[place].value.isNull else { continue }
                try choice.write(numbered.number, members[place].value, isMap: isMap, schema, &writer)
            case .embedded(let inner):
                guard contains(places, inner) else { continue }
                try writer.message(numbered.number) { (writer) throws(ProtobufError) in
                    try fields(members, places, inner, schema, &writer)
                }
            }
        }
    }

    private static func contains(_ places: [Int], _ plan: ProtobufPlan) -> Bool {
        plan.entries.contains { numbered in
            switch numbered.entry {
            case .field(let index, _), .choice(let index, _, _): places[index] >= 0
            case .embedded(let inner): contains(places, inner)
            }
        }
    }

    /// A field with its tag; lists and maps are repeated fields.
    private static func field(
        _ number: Int, _ value: JSON, _ type: SchemaType, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        switch type {
        case .list(let element, _):
            guard case .array(let elements) = value else { throw unfit(value, type) }
            for value in elements { try item(number, value, element, &writer) }
        case .map(let element, _):
            guard case .object(let object) = value else { throw unfit(value, type) }
            for member in object.members {
                try writer.message(number) { (writer) throws(ProtobufError) in
                    writer.string(1, member.key)
                    try item(2, member.value, element, &writer)
                }
            }
        default: try item(number, value, type, &writer)
        }
    }

    /// One value; a list or a map that stands where only one value can is a message with it as field 1.
    private static func item(
        _ number: Int, _ value: JSON, _ type: SchemaType, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        switch type {
        case .list, .map:
            try writer.message(number) { (writer) throws(ProtobufError) in try field(1, value, type, &writer) }
        case .object(let reference):
            guard case .object(let object) = value else { throw unfit(value, type) }
            let schema = reference.schema
            try writer.message(number) { (writer) throws(ProtobufError) in
                try message(object, schema, schema.protobufPlan, &writer)
            }
        case .any:
            try writer.message(number) { (writer) throws(ProtobufError) in writer.data(1, value.encoded()) }
        case .string:
            guard case .string(let text) = value else { throw unfit(value, type) }
            writer.string(number, text)
        case .bool:
            guard case .bool(let flag) = value else { throw unfit(value, type) }
            writer.bool(number, flag)
        case .int32, .int64:
            guard let integer = value.intValue else { throw unfit(value, type) }
            writer.integer(number, integer)
        case .double:
            guard let double = value.doubleValue else { throw unfit(value, type) }
            writer.double(number, double)
        case .bytes, .quantity, .time, .microTime, .duration, .intOrString:
            try scalar(number, value, type, &writer)
        }
    }

    private static func scalar(
        _ number: Int, _ value: JSON, _ type: SchemaType, _ writer: inout ProtobufWriter
    ) throws(ProtobufError) {
        switch type {
        case .bytes:
            guard case .string(let text) = value, let data = Base64.decode(text) else { throw unfit(value, type) }
            writer.data(number, data)
        case .quantity:
            guard let quantity = Quantity(json: value) else { throw unfit(value, type) }
            try writer.message(number) { (writer) throws(ProtobufError) in writer.string(1, quantity.description) }
        case .time, .microTime:
            guard let time = Timestamp(json: value) else { throw unfit(value, type) }
            try writer.message(number) { (writer) throws(ProtobufError) in
                writer.integer(1, time.seconds)
                writer.integer(2, Int64(time.nanoseconds))
            }
        case .duration:
            guard let duration = GoDuration(json: value) else { throw unfit(value, type) }
            try writer.message(number) { (writer) throws(ProtobufError) in writer.integer(1, duration.nanoseconds) }
        case .intOrString:
            guard let either = IntOrString(json: value) else { throw unfit(value, type) }
            try writer.message(number) { (writer) throws(ProtobufError) in
                switch either {
                case .int(let integer):
                    writer.integer(1, 0)
                    writer.integer(2, Int64(integer))
                case .string(let text):
                    writer.integer(1, 1)
                    writer.string(3, text)
                }
            }
        default: throw unfit(value, type)
        }
    }

    private static func unfit(_ value: JSON, _ type: SchemaType) -> ProtobufError {
        ProtobufError(code: .unfit, message: "a value of JSON type \(value.typeName) does not fit \(type.goName)")
    }
}
