/// A schema seen by field numbers; made once for each schema.
final class ProtobufPlan: Sendable {
    enum Entry: Sendable {
        /// A field of the schema, by its place in `fields`.
        case field(Int, SchemaType)
        /// A field whose value has one of several shapes, or a map of such values.
        case choice(Int, ProtobufChoice, isMap: Bool)
        /// A message whose fields the JSON form has inlined.
        case embedded(ProtobufPlan)
    }

    struct Numbered: Sendable {
        let number: Int
        let entry: Entry
    }

    /// In ascending order of numbers.
    let entries: [Numbered]
    /// The place in `entries` of each small number; -1 for none.
    private let direct: [Int]

    convenience init(_ schema: Schema) {
        let paths = schema.fields.indices.compactMap { index -> (path: ArraySlice<Int>, index: Int)? in
            let path = schema.fields[index].protobufPath
            return path.isEmpty ? nil : (path[...], index)
        }
        self.init(paths, schema)
    }

    private init(_ paths: [(path: ArraySlice<Int>, index: Int)], _ schema: Schema) {
        var entries: [Numbered] = []
        for (number, group) in Dictionary(grouping: paths, by: { $0.path.first ?? 0 }) where number > 0 {
            if let (path, index) = group.first, path.count == 1 {
                entries.append(Numbered(number: number, entry: Self.entry(schema.fields[index], at: index)))
            } else {
                let inner = group.map { (path: $0.path.dropFirst(), index: $0.index) }
                entries.append(Numbered(number: number, entry: .embedded(ProtobufPlan(inner, schema))))
            }
        }
        entries.sort { $0.number < $1.number }
        self.entries = entries
        var direct = [Int](repeating: -1, count: min((entries.last?.number ?? 0) + 1, 256))
        for (place, entry) in entries.enumerated() where entry.number < direct.count { direct[entry.number] = place }
        self.direct = direct
    }

    private static func entry(_ field: SchemaField, at index: Int) -> Entry {
        guard let choice = field.protobufChoice else { return .field(index, field.type) }
        if case .map = field.type { return .choice(index, choice, isMap: true) }
        return .choice(index, choice, isMap: false)
    }

    func entry(_ number: Int) -> Entry? {
        if number < direct.count {
            let place = direct[number]
            return place < 0 ? nil : entries[place].entry
        }
        return entries.first { $0.number == number }?.entry
    }
}

extension Schema {
    /// Whether the type has a protobuf form; custom resources have none.
    package var hasProtobuf: Bool { !protobufPlan.entries.isEmpty }

    var protobufPlan: ProtobufPlan {
        protobufMemo.value { ProtobufPlan(self) }
    }
}
