/// One signature of a function, and what it does.
final class Overload: Sendable {
    typealias Unary = @Sendable (CELValue) throws(CELEvaluationError) -> CELValue
    typealias Binary = @Sendable (CELValue, CELValue) throws(CELEvaluationError) -> CELValue
    typealias Variadic = @Sendable ([CELValue]) throws(CELEvaluationError) -> CELValue

    enum Implementation: Sendable {
        /// The planner has a node of its own for it.
        case builtIn
        case unary(Unary)
        case binary(Binary)
        case variadic(Variadic)
    }

    let id: String
    let isMember: Bool
    let parameters: [CELType]
    let result: CELType
    let isGeneric: Bool
    let implementation: Implementation
    /// What values the arguments must be, for calls whose types are only known when evaluated.
    let guards: [ArgumentGuard]

    /// - Parameter signature: `(string, int) bool`, or `string.(int) bool` for a method.
    init(_ id: String, _ signature: String, _ implementation: Implementation) {
        var reader = SignatureReader(signature)
        let parsed = reader.read()
        self.id = id
        isMember = parsed.isMember
        parameters = parsed.parameters
        result = parsed.result
        isGeneric = (parsed.parameters + [parsed.result]).contains(where: Self.isGeneric)
        self.implementation = implementation
        guards = parsed.parameters.map(ArgumentGuard.init)
    }

    convenience init(_ id: String, _ signature: String, builtIn: Void) {
        self.init(id, signature, .builtIn)
    }

    static func one(_ id: String, _ signature: String, _ body: @escaping Unary) -> Overload {
        Overload(id, signature, .unary(body))
    }

    static func two(_ id: String, _ signature: String, _ body: @escaping Binary) -> Overload {
        Overload(id, signature, .binary(body))
    }

    static func many(_ id: String, _ signature: String, _ body: @escaping Variadic) -> Overload {
        Overload(id, signature, .variadic(body))
    }

    private static func isGeneric(_ type: CELType) -> Bool {
        if case .parameter = type { return true }
        return type.parameters.contains(where: isGeneric)
    }
}

/// Whether a value may be an argument of a type; elements are not looked at.
enum ArgumentGuard: Sendable {
    case any
    case simple(CELType)
    case list
    case map
    case optional
    case type
    case opaque(String)

    init(_ type: CELType) {
        switch type {
        case .dyn, .error, .parameter: self = .any
        case .list: self = .list
        case .map: self = .map
        case .type: self = .type
        case .opaque("optional_type", _): self = .optional
        case .opaque(let name, _), .object(let name): self = .opaque(name)
        default: self = .simple(type)
        }
    }

    func accepts(_ value: CELValue) -> Bool {
        switch (self, value) {
        case (.any, _), (.list, .list), (.map, .map), (.optional, .optional), (.type, .type): true
        case (.simple(.null), .null), (.simple(.bool), .bool), (.simple(.int), .int), (.simple(.uint), .uint),
            (.simple(.double), .double), (.simple(.string), .string), (.simple(.bytes), .bytes),
            (.simple(.duration), .duration), (.simple(.timestamp), .timestamp):
            true
        case (.opaque(let name), .opaque(let value)): value.celType.name == name
        case (.opaque(let name), .object(let object)): object.typeName == name
        default: false
        }
    }
}

/// Reads the signatures functions are declared with.
struct SignatureReader {
    struct Signature {
        var isMember = false
        var parameters: [CELType] = []
        var result: CELType = .dyn
    }

    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    mutating func read() -> Signature {
        var signature = Signature()
        if rest.first != "(" {
            signature.isMember = true
            signature.parameters.append(type())
            accept(".")
        }
        accept("(")
        while rest.first != ")" {
            signature.parameters.append(type())
            if !accept(", ") { break }
        }
        accept(") ")
        signature.result = type()
        return signature
    }

    @discardableResult
    private mutating func accept(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }

    private mutating func type() -> CELType {
        var name = ""
        while let character = rest.first, character.isLetter || character.isNumber || "._".contains(character) {
            if character == ".", rest.dropFirst().first == "(" { break }
            name.append(character)
            rest = rest.dropFirst()
        }
        var parameters: [CELType] = []
        if rest.first == "(" {
            accept("(")
            repeat { parameters.append(type()) } while accept(", ")
            accept(")")
        }
        return Self.named(name, parameters)
    }

    private static let simple: [String: CELType] = [
        "dyn": .dyn, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
        "bytes": .bytes, "duration": .duration, "timestamp": .timestamp,
    ]

    private static func named(_ name: String, _ parameters: [CELType]) -> CELType {
        if let simple = simple[name] { return simple }
        switch (name, parameters.count) {
        case ("list", 1): return .list(parameters[0])
        case ("map", 2): return .map(parameters[0], parameters[1])
        case ("optional", 1): return .optional(parameters[0])
        case ("type", _): return .type(parameters.first)
        default: break
        }
        if name.utf8.count == 1 { return .parameter(name) }
        return name.hasPrefix("net.") ? .opaque(name, []) : .object(name)
    }
}
