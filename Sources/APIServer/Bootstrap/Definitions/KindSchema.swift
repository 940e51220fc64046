import Machinery

/// A structural schema of one of the definitions that Gantry brings along, written as Swift.
///
/// Made once, at a server's start, and only to be sent: what serves requests is compiled from the stored definition, as
/// of anybody's.
struct KindSchema: Sendable {
    private(set) var json: JSONObject
    /// Whether the object that has this field needs it.
    private(set) var isRequired = false

    private init(_ type: String, _ description: String) {
        json = ["type": .string(type)]
        if !description.isEmpty { json["description"] = .string(description) }
    }

    /// The same, as a field that must be there.
    var required: KindSchema { changed { $0.isRequired = true } }

    func defaulting(to value: JSON) -> KindSchema { changed { $0.json["default"] = value } }

    /// Adds an expression that every value has to satisfy.
    func rule(_ rule: String, _ message: String) -> KindSchema {
        changed {
            let rules = $0.json.values("x-kubernetes-validations")
            $0.json.set(
                "x-kubernetes-validations", rules + [["rule": .string(rule), "message": .string(message)]])
        }
    }

    private func changed(_ change: (inout KindSchema) -> Void) -> KindSchema {
        var copy = self
        change(&copy)
        return copy
    }

    /// The same object with more fields, none of which it needs.
    func adding(_ fields: KeyValuePairs<String, KindSchema>) -> KindSchema {
        changed { schema in
            var all = schema.json["properties"]?.objectValue ?? JSONObject()
            for field in fields { all[field.key] = .object(field.value.json) }
            schema.json["properties"] = .object(all)
        }
    }

    private mutating func set(_ range: ClosedRange<Int>?, _ least: String, _ most: String) {
        guard let range else { return }
        if range.lowerBound > 0 { json[least] = .int(Int64(range.lowerBound)) }
        if range.upperBound < .max { json[most] = .int(Int64(range.upperBound)) }
    }
}

extension KindSchema {
    static func object(_ description: String, _ fields: KeyValuePairs<String, KindSchema>) -> KindSchema {
        var schema = KindSchema("object", description)
        schema.json["properties"] = .object(JSONObject(fields.map { ($0.key, JSON.object($0.value.json)) }))
        schema.json.set("required", fields.filter { $0.value.isRequired }.map(\.key))
        return schema
    }

    /// An object of which nothing is said.
    static func bare(_ description: String) -> KindSchema { KindSchema("object", description) }

    /// An object of which only some fields are described, and all are kept.
    static func open(_ description: String, _ fields: KeyValuePairs<String, KindSchema> = [:]) -> KindSchema {
        var schema = object(description, fields)
        if fields.isEmpty { schema.json["properties"] = nil }
        schema.json["x-kubernetes-preserve-unknown-fields"] = true
        return schema
    }

    static func map(_ description: String, of value: KindSchema, count: ClosedRange<Int>? = nil) -> KindSchema {
        var schema = KindSchema("object", description)
        schema.json["additionalProperties"] = .object(value.json)
        schema.set(count, "minProperties", "maxProperties")
        return schema
    }

    static func string(
        _ description: String, length: ClosedRange<Int>? = nil, pattern: String? = nil, format: String? = nil
    ) -> KindSchema {
        var schema = KindSchema("string", description)
        schema.set(length, "minLength", "maxLength")
        schema.json.set("pattern", pattern)
        schema.json.set("format", format)
        return schema
    }

    static func choice(_ description: String, _ values: [String]) -> KindSchema {
        var schema = KindSchema("string", description)
        schema.json.set("enum", values)
        return schema
    }

    static func integer(
        _ description: String, _ range: ClosedRange<Int>? = nil, format: String = "int32"
    ) -> KindSchema {
        var schema = KindSchema("integer", description)
        schema.json["format"] = .string(format)
        if let range {
            schema.json["minimum"] = .int(Int64(range.lowerBound))
            if range.upperBound < .max { schema.json["maximum"] = .int(Int64(range.upperBound)) }
        }
        return schema
    }

    static func choice(_ description: String, _ values: [Int64]) -> KindSchema {
        var schema = KindSchema("integer", description)
        schema.json.set("enum", values)
        return schema
    }

    static func boolean(_ description: String) -> KindSchema { KindSchema("boolean", description) }

    /// How two lists with the same owner are put together by server-side apply.
    enum ListKind {
        case atomic
        case set
        case map(keys: [String])
    }

    static func list(
        _ description: String, of item: KindSchema, count: ClosedRange<Int>? = nil, _ kind: ListKind = .atomic
    ) -> KindSchema {
        var schema = KindSchema("array", description)
        schema.json["items"] = .object(item.json)
        schema.set(count, "minItems", "maxItems")
        switch kind {
        case .atomic: schema.json["x-kubernetes-list-type"] = "atomic"
        case .set: schema.json["x-kubernetes-list-type"] = "set"
        case .map(let keys):
            schema.json["x-kubernetes-list-type"] = "map"
            schema.json.set("x-kubernetes-list-map-keys", keys)
        }
        return schema
    }
}

/// What several kinds have in common.
extension KindSchema {
    static let labelName = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
    static let subdomain = #"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"#
    static let labelValue = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"

    static let objectName = string("Name of the object.", length: 1...253).required

    static let group = string(
        "API group of the object; the core group is the empty text.", length: 0...253,
        pattern: "^$|" + subdomain)

    static let kind = string(
        "Kind of the object.", length: 1...63, pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$")

    static let namespace = string(
        "Namespace of the object; the referring object's own by default.", length: 1...63, pattern: labelName)

    static func port(_ description: String) -> KindSchema { integer(description, 1...65535) }

    static func time(_ description: String) -> KindSchema { string(description, format: "date-time") }

    /// A span of time as `kubectl` writes it: `1h30m`, `250ms`.
    static func duration(_ description: String) -> KindSchema {
        string(description, length: 2...32, pattern: #"^([0-9]{1,6}(\.[0-9]{1,6})?(ms|s|m|h))+$"#)
    }

    static func quantity(_ description: String) -> KindSchema {
        var schema = KindSchema("", description)
        schema.json["type"] = nil
        schema.json["anyOf"] = [["type": "integer"], ["type": "string"]]
        schema.json["x-kubernetes-int-or-string"] = true
        schema.json["pattern"] =
            #"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$"#
        return schema
    }

    /// As of `meta/v1`.
    static func conditions(_ description: String, count: ClosedRange<Int> = 0...8) -> KindSchema {
        list(
            description,
            of: object(
                "One aspect of the current state of this API resource.",
                [
                    "type": string(
                        "Type of the condition, in CamelCase or in foo.example.com/CamelCase.", length: 0...316,
                        pattern:
                            #"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"#
                    ).required,
                    "status": choice("Whether the condition holds.", ["True", "False", "Unknown"]).required,
                    "observedGeneration": integer(
                        "The metadata.generation that the condition was set for.", 0...Int.max, format: "int64"),
                    "lastTransitionTime": time("When the status changed last.").required,
                    "reason": string(
                        "Why it changed last, in one CamelCase word.", length: 1...1024,
                        pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"
                    ).required,
                    "message": string("The same for people.", length: 0...32768).required,
                ]), count: count, .map(keys: ["type"]))
    }
}
