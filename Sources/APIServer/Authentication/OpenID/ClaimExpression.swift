import CEL
import Machinery

/// An expression over a token's claims (`claims`) or over the user they make (`user`).
///
/// Source: k8s.io/apiserver/pkg/authentication/cel.
struct ClaimExpression: Sendable {
    enum Subject: String, Sendable {
        case claims
        case user
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let text: String
    private let subject: Subject
    private let program: CELProgram

    private static let user = DeclaredType.object(
        named: "kubernetes.UserInfo",
        [
            DeclaredType.Field(name: "username", type: .string),
            DeclaredType.Field(name: "uid", type: .string),
            DeclaredType.Field(name: "groups", type: .list(of: .string)),
            DeclaredType.Field(name: "extra", type: .map(of: .list(of: .string))),
        ])

    /// - Parameter isRule: it says yes or no.
    init(_ text: String, over subject: Subject, isRule: Bool) throws(Failure) {
        let type = subject == .claims ? DeclaredType.map(of: .dyn) : Self.user
        let environment = CELEnvironment.kubernetes(.storedExpressions).declaring(subject.rawValue, type)
        do {
            program = isRule ? try environment.compile(text, as: .bool) : try environment.compile(text)
        } catch {
            switch error.kind {
            case .issues: throw Failure(description: "compilation failed: \(error.description)")
            case .resultType: throw Failure(description: "must evaluate to bool")
            case .instantiation: throw Failure(description: error.description)
            }
        }
        self.text = text
        self.subject = subject
    }

    /// - Parameter value: the claims, or the user.
    func value(of object: JSONObject) throws(Failure) -> CELValue {
        var activation = CELActivation()
        switch subject {
        case .claims: activation["claims"] = .map(.json(usesEscapes ? object.withEscapedNames : object, .dyn))
        case .user: activation["user"] = .object(.json(object, Self.user))
        }
        var budget = CELBudget()
        do {
            return try program.evaluate(activation, budget: &budget)
        } catch {
            throw Failure(description: "expression '\(text)' resulted in error: \(error.description)")
        }
    }

    /// Names such as `a.b` are written `a__dot__b`.
    private var usesEscapes: Bool { text.contains("__") }

    /// A text, a list of texts, or null for none; empty texts are left out.
    func strings(of object: JSONObject) throws(Failure) -> [String] {
        let value = try value(of: object)
        let json: JSON
        do {
            json = try value.json()
        } catch {
            throw Self.notStrings
        }
        switch json {
        case .null: return []
        case .string(let text): return text.isEmpty ? [] : [text]
        case .array(let elements):
            let texts = elements.compactMap(\.stringValue)
            guard texts.count == elements.count else { throw Self.notStrings }
            return texts.filter { !$0.isEmpty }
        default: throw Self.notStrings
        }
    }

    private static let notStrings = Failure(description: "expression must return a string or a list of strings")

    /// Whether the expression selects a claim: `claims.NAME` or `claims.?NAME`.
    func selects(_ name: String) -> Bool {
        var bare: [Character] = []
        var quote: Character?
        var isEscaped = false
        for character in text {
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                }
            } else if character == "\"" || character == "'" {
                quote = character
                bare.append("\u{0}")
            } else if !character.isWhitespace {
                bare.append(character)
            }
        }
        func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
        for wanted in ["claims.\(name)", "claims.?\(name)"].map(Array.init) where bare.count >= wanted.count {
            for start in 0...(bare.count - wanted.count) where bare[start...].starts(with: wanted) {
                let before = start == 0 ? "\u{0}" : bare[start - 1]
                let end = start + wanted.count
                let after = end == bare.count ? "\u{0}" : bare[end]
                if !isPart(before), before != ".", !isPart(after) { return true }
            }
        }
        return false
    }
}

extension JSONObject {
    /// With each member whose name cannot be written in expressions under its escaped name too.
    fileprivate var withEscapedNames: JSONObject {
        var result = self
        for member in members {
            let value = member.value.withEscapedNames
            result[member.key] = value
            if let escaped = FieldEscaping.escape(member.key), escaped != member.key { result[escaped] = value }
        }
        return result
    }
}

extension JSON {
    fileprivate var withEscapedNames: JSON {
        switch self {
        case .object(let object): .object(object.withEscapedNames)
        case .array(let elements): .array(elements.map(\.withEscapedNames))
        default: self
        }
    }
}
