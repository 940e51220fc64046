/// Keys and values of labels and annotations.
extension Names {
    /// A label key, also called a qualified name: an optional DNS prefix, a slash, a name.
    package static func qualifiedName(_ value: String) -> [String] {
        // Most have no prefix.
        if value.utf8.count <= maximumLabelLength, isQualifiedPart(value.utf8) { return [] }
        var problems: [String] = []
        let parts = value.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let name: Substring.UTF8View
        switch parts.count {
        case 1: name = parts[0]
        case 2:
            name = parts[1]
            if parts[0].isEmpty {
                problems.append("prefix part must be non-empty")
            } else {
                if parts[0].count > maximumSubdomainLength {
                    problems.append("prefix part \(maximumBytes(maximumSubdomainLength))")
                }
                if !isDNS1123Subdomain(parts[0]) { problems.append("prefix part \(subdomainPattern)") }
            }
        default:
            return [
                "a valid label key \(qualifiedPattern) with an optional DNS subdomain prefix and '/' "
                    + "(e.g. 'example.com/MyName')"
            ]
        }
        if name.isEmpty {
            problems.append("name part must be non-empty")
        } else if name.count > maximumLabelLength {
            problems.append("name part \(maximumBytes(maximumLabelLength))")
        }
        if !isQualifiedPart(name) { problems.append("name part \(qualifiedPattern)") }
        return problems
    }

    package static func labelValue(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > maximumLabelLength { problems.append(maximumBytes(maximumLabelLength)) }
        if !value.isEmpty, !isQualifiedPart(value.utf8) {
            problems.append(
                pattern(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and "
                        + "must start and end with an alphanumeric character",
                    "(\(qualified))?", "MyValue", "my_value", "12345"))
        }
        return problems
    }

    /// Annotation keys are qualified names whose upper case does not matter.
    package static func annotationKey(_ value: String) -> [String] {
        qualifiedName(value.lowercased())
    }

    /// All annotations of an object together, keys and values.
    package static let maximumAnnotationBytes = 256 * 1024

    package static func validateLabels(_ labels: [String: String], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (key, value) in labels.sorted(by: { UTF8Order.isLess($0.key, $1.key) }) {
            errors += qualifiedName(key).map { .invalid(path, key, $0) }
            errors += labelValue(value).map { .invalid(path, value, $0) }
        }
        return errors
    }

    package static func validateAnnotations(_ annotations: [String: String], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var size = 0
        for (key, value) in annotations.sorted(by: { UTF8Order.isLess($0.key, $1.key) }) {
            errors += annotationKey(key).map { .invalid(path, key, $0) }
            size += key.utf8.count + value.utf8.count
        }
        if size > maximumAnnotationBytes { errors.append(.tooLong(path, maximumBytes: maximumAnnotationBytes)) }
        return errors
    }

    static let qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"

    private static let qualifiedPattern = pattern(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
            + "character",
        qualified, "MyName", "my.name", "123-abc")

    private static func isQualifiedPart(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.matches(first: .alphanumeric, inner: .qualifiedInner, last: .alphanumeric)
    }

    static func maximumBytes(_ bytes: Int) -> String { "must be no more than \(bytes) bytes" }
}
