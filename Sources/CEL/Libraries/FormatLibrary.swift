import Machinery

/// A named form of texts, such as `dns1123Label`.
struct NamedFormat: Sendable {
    let name: String
    /// The length of the pattern the cost model reckons with.
    let patternSize: UInt64
    let problems: @Sendable (String) -> [String]
}

struct FormatValue: CELOpaque {
    static let type = CELType.object("kubernetes.NamedFormat")
    let format: NamedFormat
    var celType: CELType { Self.type }

    func isEqual(_ other: any CELOpaque) -> Bool { (other as? FormatValue)?.format.name == format.name }
}

/// `format.dns1123Label().validate('My-name')`
enum FormatLibrary {
    typealias Failure = CELEvaluationError

    static let formats: [String: NamedFormat] = [
        "dns1123Label": NamedFormat(name: "DNS1123Label", patternSize: 30, problems: Names.dns1123Label),
        "dns1123Subdomain": NamedFormat(name: "DNS1123Subdomain", patternSize: 60, problems: Names.dns1123Subdomain),
        "dns1035Label": NamedFormat(name: "DNS1035Label", patternSize: 30, problems: Names.dns1035Label),
        "qualifiedName": NamedFormat(name: "QualifiedName", patternSize: 60, problems: Names.qualifiedName),
        "dns1123LabelPrefix": NamedFormat(name: "DNS1123LabelPrefix", patternSize: 30) {
            Names.dns1123Label(maskingDash($0))
        },
        "dns1123SubdomainPrefix": NamedFormat(name: "DNS1123SubdomainPrefix", patternSize: 60) {
            Names.dns1123Subdomain(maskingDash($0))
        },
        "dns1035LabelPrefix": NamedFormat(name: "DNS1035LabelPrefix", patternSize: 30) {
            Names.dns1035Label(maskingDash($0))
        },
        "labelValue": NamedFormat(name: "LabelValue", patternSize: 40, problems: Names.labelValue),
        "uri": NamedFormat(name: "URI", patternSize: 1103) { text in
            do throws(ParsedURL.Problem) {
                _ = try ParsedURL(text)
                return []
            } catch {
                return [error.text]
            }
        },
        "uuid": NamedFormat(name: "uuid", patternSize: 71) {
            isUUID($0) ? [] : ["does not match the UUID format"]
        },
        "byte": NamedFormat(name: "byte", patternSize: 84) { Base64.decode($0) == nil ? ["invalid base64"] : [] },
        "date": NamedFormat(name: "date", patternSize: 75) { text in
            text.utf8.count == 10 && TimestampText.parse(text + "T00:00:00Z") != nil ? [] : ["invalid date"]
        },
        "datetime": NamedFormat(name: "datetime", patternSize: 75) {
            TimestampText.parse($0) == nil ? ["invalid datetime"] : []
        },
    ]

    /// The beginning of a generated name may end in a dash.
    private static func maskingDash(_ text: String) -> String {
        text.utf8.count > 1 && text.hasSuffix("-") ? text.dropLast() + "a" : text
    }

    private static func isUUID(_ text: String) -> Bool {
        let compact = text.utf8.filter { $0 != UInt8(ascii: "-") }
        let isHex = compact.allSatisfy { (Escape.digit($0) ?? 99) < 16 }
        guard compact.count == 32, isHex else { return false }
        // Dashes stand at their places or are left out.
        var position = 0
        let places: Set<Int> = [8, 12, 16, 20]
        var previousIsDash = true
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-") {
                guard places.contains(position), !previousIsDash else { return false }
                previousIsDash = true
            } else {
                position += 1
                previousIsDash = false
            }
        }
        return true
    }

    static let functions: FunctionTable = {
        var table = FunctionTable()
        for (name, format) in formats {
            table.add(
                "format." + name,
                .many("format." + name, "() kubernetes.NamedFormat") { _ throws(Failure) in
                    .opaque(FormatValue(format: format))
                })
        }
        table.add(
            "format.named",
            .one("format-named", "(string) optional(kubernetes.NamedFormat)") { value throws(Failure) in
                .optional(formats[value.stringValue ?? ""].map { .opaque(FormatValue(format: $0)) })
            })
        table.add(
            "validate",
            .two("format-validate", "kubernetes.NamedFormat.(string) optional(list(string))") {
                value, text throws(Failure) in
                guard case .opaque(let value as FormatValue) = value else { throw Failure("no such overload") }
                let problems = value.format.problems(text.stringValue ?? "")
                return .optional(problems.isEmpty ? nil : .list(.values(problems.map { .string($0) })))
            })
        return table
    }()
}
