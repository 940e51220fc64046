import Machinery

extension CELValue {
    /// The type `type(x)` answers.
    package var runtimeType: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .duration: .duration
        case .timestamp: .timestamp
        case .type: .type(nil)
        case .list: .list(.dyn)
        case .map: .map(.dyn, .dyn)
        // Kubernetes' objects say they are maps when asked.
        case .object(.json): .map(.dyn, .dyn)
        case .object(let object): .object(object.typeName)
        case .optional: .opaque("optional_type", [.dyn])
        case .opaque(let value): value.celType
        }
    }

    /// The type the checker gives a literal.
    var staticType: CELType { runtimeType }

    /// What the cost model calls the size: code points, bytes, elements; 1 for what has none.
    var costSize: UInt64 {
        switch self {
        case .string(let text): UInt64(CodePoints.count(text))
        case .bytes(let bytes): UInt64(bytes.count)
        case .list(let list): UInt64(list.count)
        case .map(let map): UInt64(map.count)
        case .object(.json(let object, _)): UInt64(object.count)
        case .optional(let wrapped?): wrapped.costSize
        case .opaque(let value): value.costSize
        default: 1
        }
    }

    /// As error texts show it.
    package var shown: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value): NumberText.double(value)
        case .string(let value): value
        case .bytes(let value): String(decoding: value, as: UTF8.self)
        case .duration(let value): DurationText.seconds(value)
        case .timestamp(let value): TimestampText.text(value)
        case .type(let type): type.name
        case .list(let list): (try? list.elements()).map { "[" + $0.map(\.shown).joined(separator: ", ") + "]" } ?? "[]"
        case .map(let map):
            "{" + map.keys.map { "\($0.shown): \((try? map.find($0))?.shown ?? "")" }.joined(separator: ", ") + "}"
        case .object(let object): object.typeName
        case .optional(let wrapped?): "optional(\(wrapped.shown))"
        case .optional(nil): "optional.none()"
        case .opaque(let value): value.celType.name
        }
    }
}

/// Counting and finding code points, which is what positions in texts are.
enum CodePoints {
    static func count(_ text: String) -> Int {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            var count = 0
            for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
            return count
        } ?? text.unicodeScalars.count
    }
}
