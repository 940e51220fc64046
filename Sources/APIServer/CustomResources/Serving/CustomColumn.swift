import Machinery

/// A column that a definition adds to the table of its objects.
struct CustomColumn: Sendable {
    let definition: TableColumn
    private let path: JSONPath?

    static func columns(_ version: CustomResourceDefinition.Version) -> [CustomColumn] {
        let given = version.columns
        guard !given.isEmpty else {
            return [
                CustomColumn([
                    "name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp",
                    "description": "Time since the object was created.",
                ])
            ]
        }
        return given.map(CustomColumn.init)
    }

    init(_ json: JSONObject) {
        let text = json.string("jsonPath") ?? ""
        // What is no path shows nothing.
        path = try? JSONPath(text)
        let description = json.string("description") ?? ""
        definition = TableColumn(
            json.string("name") ?? "", type: json.string("type") ?? "string", format: json.string("format") ?? "",
            description: description.isEmpty
                ? "Custom resource definition column (in JSONPath format): \(text)" : description,
            priority: Int(json.int32("priority") ?? 0))
    }

    func cell(_ object: JSONObject, now: Timestamp) -> JSON {
        guard let value = path?.values(in: .object(object)).first else { return .null }
        switch definition.type {
        case "string": return .string(Self.text(value))
        case "integer":
            if case .double(let number) = value {
                return Int64(exactly: number.rounded(.towardZero)).map(JSON.int) ?? .null
            }
            return value.intValue.map(JSON.int) ?? .null
        case "number": return value.doubleValue.map(JSON.double) ?? .null
        case "boolean": return value.boolValue.map(JSON.bool) ?? .null
        case "date":
            guard let text = value.stringValue else { return .null }
            guard let moment = Timestamp(json: .string(text)) else { return "<invalid>" }
            return TableCell.age(moment, now: now)
        default: return .null
        }
    }

    /// Texts stand as they are, everything else as JSON.
    private static func text(_ value: JSON) -> String {
        value.stringValue ?? (value.isNull ? "<nil>" : value.description)
    }
}
