/// The rules that names in the API follow. Every rule answers with what is wrong, in Kubernetes' words; nothing wrong
/// is an empty list.
package enum Names {
    package static let maximumLabelLength = 63
    package static let maximumSubdomainLength = 253

    /// RFC 1123 label: the names of namespaces and of most things that become host names.
    package static func dns1123Label(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > maximumLabelLength { problems.append(maximumLength(maximumLabelLength)) }
        if !isDNS1123Label(value.utf8) {
            problems.append(
                isDNS1123Subdomain(value.utf8)
                    ? "must not contain dots"
                    : pattern(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and "
                            + "must start and end with an alphanumeric character",
                        label, "my-name", "123-abc"))
        }
        return problems
    }

    /// RFC 1123 subdomain: the names of most objects.
    package static func dns1123Subdomain(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > maximumSubdomainLength { problems.append(maximumLength(maximumSubdomainLength)) }
        if !isDNS1123Subdomain(value.utf8) { problems.append(subdomainPattern) }
        return problems
    }

    /// RFC 1035 label: the names of services.
    package static func dns1035Label(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > maximumLabelLength { problems.append(maximumLength(maximumLabelLength)) }
        if !value.utf8.matches(first: .lowerLetter, inner: .labelInner, last: .lowerAlphanumeric) {
            problems.append(
                pattern(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
                        + "alphabetic character, and end with an alphanumeric character",
                    "[a-z]([-a-z0-9]*[a-z0-9])?", "my-name", "abc-123"))
        }
        return problems
    }

    package static func wildcardDNS1123Subdomain(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > maximumSubdomainLength { problems.append(maximumLength(maximumSubdomainLength)) }
        if !value.hasPrefix("*.") || !isDNS1123Subdomain(value.utf8.dropFirst(2)) {
            problems.append(
                pattern(
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must "
                        + "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric "
                        + "character",
                    "\\*\\." + subdomain, "*.example.com"))
        }
        return problems
    }

    static let label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
    static let subdomain = label + "(\\." + label + ")*"

    static let subdomainPattern = pattern(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
            + "and end with an alphanumeric character",
        subdomain, "example.com")

    static func isDNS1123Label(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.matches(first: .lowerAlphanumeric, inner: .labelInner, last: .lowerAlphanumeric)
    }

    static func isDNS1123Subdomain(_ bytes: some Sequence<UInt8>) -> Bool {
        var previous = UInt8(ascii: ".")
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard ASCIIClass.lowerAlphanumeric.contains(previous) else { return false }
            } else {
                guard ASCIIClass.labelInner.contains(byte) else { return false }
                if byte == UInt8(ascii: "-"), previous == UInt8(ascii: ".") { return false }
            }
            previous = byte
        }
        return ASCIIClass.lowerAlphanumeric.contains(previous)
    }

    static func maximumLength(_ characters: Int) -> String { "must be no more than \(characters) characters" }

    /// The description of a pattern, its examples and the expression itself.
    static func pattern(_ message: String, _ expression: String, _ examples: String...) -> String {
        if examples.isEmpty { return "\(message) (regex used for validation is '\(expression)')" }
        let list = examples.map { "'\($0)', " }.joined(separator: " or ")
        return "\(message) (e.g. \(list)regex used for validation is '\(expression)')"
    }

    /// What is wrong with a number outside its range.
    package static func range(_ value: Int64, _ range: ClosedRange<Int64>) -> [String] {
        range.contains(value) ? [] : ["must be between \(range.lowerBound) and \(range.upperBound), inclusive"]
    }
}
