import Machinery

/// Checks that many kinds share, each giving what is wrong at a path, which is made only where something is.
package enum Check {
    static let notNegativeText = "must be greater than or equal to 0"
    static let immutableText = "field is immutable"

    static func notNegative(_ value: Int64?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        guard let value, value < 0 else { return [] }
        return [.invalid(path(), value, notNegativeText)]
    }

    static func notNegative(_ value: Int32?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        notNegative(value.map(Int64.init), at: path())
    }

    static func oneOf(_ value: String?, _ supported: [String], at path: @autoclosure () -> FieldPath) -> [FieldError] {
        guard let value, !value.isEmpty else { return [.required(path())] }
        return supported.contains(value) ? [] : [.notSupported(path(), value, supported: supported)]
    }

    /// As `oneOf`, for fields that may be absent.
    static func oneOfIfGiven(_ value: String?, _ supported: [String], at path: @autoclosure () -> FieldPath)
        -> [FieldError]
    {
        guard let value, !value.isEmpty else { return [] }
        return oneOf(value, supported, at: path())
    }

    static func name(_ value: String?, at path: @autoclosure () -> FieldPath, _ rule: (String) -> [String])
        -> [FieldError]
    {
        guard let value, !value.isEmpty else { return [.required(path())] }
        return rule(value).map { .invalid(path(), value, $0) }
    }

    static func nameIfGiven(_ value: String?, at path: @autoclosure () -> FieldPath, _ rule: (String) -> [String])
        -> [FieldError]
    {
        guard let value, !value.isEmpty else { return [] }
        return rule(value).map { .invalid(path(), value, $0) }
    }

    static func port(_ value: Int32, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        Names.portNumber(Int64(value)).map { .invalid(path(), Int64(value), $0) }
    }

    /// A port by number or by the name that a container gives it.
    static func port(_ value: IntOrString?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        switch value {
        case .int(let number)?: port(number, at: path())
        case .string(let name)?: Names.portName(name).map { .invalid(path(), name, $0) }
        case nil: [.required(path())]
        }
    }

    static func unchanged(_ value: JSON?, from old: JSON?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        value == old ? [] : [.invalid(path(), value ?? .null, immutableText)]
    }
}
