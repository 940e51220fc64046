import Machinery

/// A value of the language at run time.
///
/// JSON is wrapped, not converted: `list(.json…)` and `object(…)` keep the tree they came from, and a member becomes a
/// value only when an expression reads it.
package enum CELValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    /// Nanoseconds.
    case duration(Int64)
    case timestamp(Timestamp)
    case type(CELType)
    case list(CELList)
    case map(CELMap)
    /// A structured value: a JSON object with its declared type, or one an expression built (`Object{…}`).
    case object(CELObject)
    /// `nil` is `optional.none()`.
    indirect case optional(CELValue?)
    /// A library's own value.
    indirect case opaque(any CELOpaque)
}

/// A value of a library's own type: a quantity, an address, a parsed URL.
package protocol CELOpaque: Sendable {
    /// The type `type(x)` answers and the checker knows.
    var celType: CELType { get }
    /// Equality with another value of the same type.
    func isEqual(_ other: any CELOpaque) -> Bool
    /// What `size` is to the cost model; 1 for what has no size.
    var costSize: UInt64 { get }
}

extension CELOpaque {
    package var costSize: UInt64 { 1 }
}

extension CELValue {
    /// The value of a JSON tree as its schema says, or as it is for `dyn`.
    ///
    /// Texts of dates, durations and bytes that do not parse become errors when read, so this throws only for the
    /// outermost value.
    package static func json(_ json: JSON, as type: DeclaredType = .dyn) throws(CELEvaluationError) -> CELValue {
        try JSONBridge.value(of: json, type)
    }

    /// The JSON tree of a value, for what a policy writes back into an object.
    ///
    /// - Throws: for values without a JSON form: types, libraries' values, maps with keys that are no texts.
    package func json() throws(CELEvaluationError) -> JSON {
        try JSONBridge.json(of: self)
    }

    package var boolValue: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    package var stringValue: String? {
        if case .string(let value) = self { return value }
        return nil
    }
}
