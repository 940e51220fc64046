import Machinery

/// Reads the compact text in which the built-in API is written down: types, fields, resources.
///
/// One declaration a line, words separated by spaces. `# ` starts a description, behind the declaration or on lines of
/// its own below it, which are joined:
///
///     package io.k8s.api.apps.v1                     OpenAPI prefix of the types that follow
///     version apps v1                                 group (`core` for the empty one, `-` for none) and version
///     resource daemonsets DaemonSet namespaced singular:daemonset short:ds categories:all [verbs:a,b]
///     subresource daemonsets/status DaemonSet verbs:get,patch,update
///     type DaemonSet [kind] [atomic]  # One a node.   `kind` adds apiVersion and kind
///       replicas! int32 @1 = 1                        `!` required, `@` protobuf number or path, `=` default
///       conditions [Condition] @2 map(type) merge(type) retainKeys replace set atomic enum(A,B)
///       items any @24 choice(list)                    `any` that protobuf carries as a `ProtobufChoice`
///
/// Types: string int32 int64 bool double bytes quantity time microtime duration intOrString any, `[T]`, `{T}` (map by
/// string), or a type's name: of the same package, of `meta.v1`, or with its package as `core.v1.PodTemplateSpec`.
/// A scalar with `?` behind it may be empty, zero or false and is then not the same as an absent one.
struct SchemaText {
    struct Package {
        var prefix = ""
        var group: String?
        var version = ""
        var types: [TypeDeclaration] = []
        var resources: [ResourceDeclaration] = []
    }

    struct TypeDeclaration {
        let name: String
        let isKind: Bool
        let isAtomic: Bool
        var documentation: Substring?
        var fields: [FieldDeclaration] = []
    }

    struct FieldDeclaration {
        let name: String
        let type: Substring
        let isRequired: Bool
        let distinguishesZero: Bool
        var protobufPath: [Int] = []
        var protobufChoice: ProtobufChoice?
        var listKind = ListSemantics.Kind.atomic
        var patchMergeKey: String?
        var retainsKeys = false
        var isReplaced = false
        var isAtomic = false
        var defaultValue: JSON?
        var enumeration: [String] = []
        var documentation: Substring?
    }

    struct ResourceDeclaration {
        let name: String
        let kind: String
        let isNamespaced: Bool
        var singular = ""
        var shortNames: [String] = []
        var categories: [String] = []
        var verbs: [String] = APIResource.standardVerbs
        var subresources: [SubresourceDeclaration] = []
    }

    struct SubresourceDeclaration {
        let name: String
        let kind: String
        let verbs: [String]
    }

    /// A line the reader does not understand; the built-in texts are covered by a test that reads them all.
    struct Failure: Error, CustomStringConvertible {
        let line: String
        let reason: String
        var description: String { "\(reason): \(line)" }
    }

    static func read(_ text: String) throws(Failure) -> Package {
        var package = Package()
        for bytes in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let line = Substring(bytes)
            let (code, comment) = splitComment(line)
            let words = code.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
            guard let first = words.first else {
                if let comment { try extend(&package, by: comment, of: text) }
                continue
            }
            if line.first == " " {
                guard !package.types.isEmpty else { throw Failure(line: String(line), reason: "field outside a type") }
                let field = try self.field(words, documentation: comment, line: line)
                package.types[package.types.count - 1].fields.append(field)
                continue
            }
            switch first {
            case "package" where words.count == 2:
                package.prefix = String(words[1])
            case "version" where words.count == 3:
                package.group = words[1] == "-" ? nil : words[1] == "core" ? "" : String(words[1])
                package.version = String(words[2])
            case "type" where words.count >= 2:
                package.types.append(
                    TypeDeclaration(
                        name: String(words[1]), isKind: words.contains("kind"), isAtomic: words.contains("atomic"),
                        documentation: comment))
            case "resource" where words.count >= 4:
                package.resources.append(resource(words))
            case "subresource" where words.count == 4:
                guard let slash = words[1].firstIndex(of: "/"), !package.resources.isEmpty else {
                    throw Failure(line: String(line), reason: "subresource without a resource")
                }
                package.resources[package.resources.count - 1].subresources.append(
                    SubresourceDeclaration(
                        name: String(words[1][words[1].index(after: slash)...]), kind: String(words[2]),
                        verbs: list(words[3].dropFirst("verbs:".count))))
            default:
                throw Failure(line: String(line), reason: "unknown declaration")
            }
        }
        return package
    }

    private static func splitComment(_ line: Substring) -> (code: Substring, comment: Substring?) {
        var rest = line.utf8[...]
        while let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
            rest = rest[line.utf8.index(after: mark)...]
            if rest.first == UInt8(ascii: " ") { return (line[..<mark], Substring(rest.dropFirst())) }
        }
        return (line, nil)
    }

    /// Adds a line of comment to the description of the declaration above it.
    private static func extend(_ package: inout Package, by comment: Substring, of text: String) throws(Failure) {
        func joined(_ present: Substring?) -> Substring {
            text[(present ?? comment).startIndex..<comment.endIndex]
        }
        let type = package.types.count - 1
        guard type >= 0 else { throw Failure(line: String(comment), reason: "description outside a type") }
        let field = package.types[type].fields.count - 1
        if field < 0 {
            package.types[type].documentation = joined(package.types[type].documentation)
        } else {
            package.types[type].fields[field].documentation = joined(package.types[type].fields[field].documentation)
        }
    }

    private static func list(_ text: Substring) -> [String] {
        text.split(separator: ",").map(String.init)
    }

    private static func resource(_ words: [Substring]) -> ResourceDeclaration {
        var resource = ResourceDeclaration(
            name: String(words[1]), kind: String(words[2]), isNamespaced: words[3] == "namespaced")
        for word in words[4...] {
            guard let colon = word.firstIndex(of: ":") else { continue }
            let value = word[word.index(after: colon)...]
            switch word[..<colon] {
            case "singular": resource.singular = String(value)
            case "short": resource.shortNames = list(value)
            case "categories": resource.categories = list(value)
            case "verbs": resource.verbs = list(value)
            default: continue
            }
        }
        return resource
    }

    private static func field(
        _ words: [Substring], documentation: Substring?, line: Substring
    ) throws(Failure) -> FieldDeclaration {
        guard words.count >= 2 else { throw Failure(line: String(line), reason: "field without a type") }
        let required = words[0].last == "!"
        let optional = words[1].last == "?"
        var field = FieldDeclaration(
            name: String(required ? words[0].dropLast() : words[0]), type: optional ? words[1].dropLast() : words[1],
            isRequired: required, distinguishesZero: optional)
        field.documentation = documentation
        var index = 2
        while index < words.count {
            let word = words[index]
            if word.first == "@" {
                field.protobufPath = word.dropFirst().split(separator: "/").compactMap { Int($0) }
            } else if word.hasPrefix("choice(") {
                field.protobufChoice = ProtobufChoice(rawValue: String(word.dropFirst(7).dropLast()))
            } else if word.hasPrefix("map(") {
                field.listKind = .map(keys: list(word.dropFirst(4).dropLast()))
            } else if word.hasPrefix("merge(") {
                field.patchMergeKey = String(word.dropFirst(6).dropLast())
            } else if word.hasPrefix("enum(") {
                field.enumeration = list(word.dropFirst(5).dropLast())
            } else if word == "set" {
                field.listKind = .set
            } else if word == "atomic" {
                field.isAtomic = true
            } else if word == "retainKeys" {
                field.retainsKeys = true
            } else if word == "replace" {
                field.isReplaced = true
            } else if word == "=", index + 1 < words.count {
                let text = words[(index + 1)...].joined(separator: " ")
                guard let value = try? JSON(parsing: text) else {
                    throw Failure(line: String(line), reason: "default is not JSON")
                }
                field.defaultValue = value
                return field
            } else {
                throw Failure(line: String(line), reason: "unknown attribute \(word)")
            }
            index += 1
        }
        return field
    }
}
