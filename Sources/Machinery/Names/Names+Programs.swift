/// Names that end up in programs, paths and environments.
extension Names {
    package static func cIdentifier(_ value: String) -> [String] {
        if value.utf8.matches(first: .identifierStart, inner: .identifier, last: .identifier) { return [] }
        return [
            pattern(
                "a valid C identifier must start with alphabetic character or '_', followed by a string of "
                    + "alphanumeric characters or '_'",
                "[A-Za-z_][A-Za-z0-9_]*", "my_name", "MY_NAME", "MyName")
        ]
    }

    /// A name that stands alone between the slashes of a URL path.
    package static func pathSegment(_ value: String) -> [String] {
        if value == "." || value == ".." { return ["may not be '\(value)'"] }
        return pathSegmentPrefix(value)
    }

    /// The same for a name that will get a suffix (`generateName`).
    package static func pathSegmentPrefix(_ value: String) -> [String] {
        var problems: [String] = []
        for forbidden in ["/", "%"] where value.utf8.contains(where: { forbidden.utf8.first == $0 }) {
            problems.append("may not contain '\(forbidden)'")
        }
        return problems
    }

    package static func environmentVariable(_ value: String) -> [String] {
        var problems: [String] = []
        if !value.utf8.matches(first: .environmentStart, inner: .qualifiedInner, last: .qualifiedInner) {
            problems.append(
                pattern(
                    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or "
                        + "'.', and must not start with a digit",
                    "[-._a-zA-Z][-._a-zA-Z0-9]*", "my.env-name", "MY_ENV.NAME", "MyEnvName1"))
        }
        return problems + parentDirectory(value)
    }

    /// The wider rule that Kubernetes applies today: any printable ASCII but `=`.
    package static func relaxedEnvironmentVariable(_ value: String) -> [String] {
        if value.isEmpty { return ["environment variable name must be non-empty"] }
        let fits = value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "=") }
        if fits { return [] }
        return ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
    }

    /// The name of a container's port (IANA service name).
    package static func portName(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > 15 { problems.append(maximumLength(15)) }
        if !value.utf8.matches(.labelInner) {
            problems.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
        }
        if !value.utf8.contains(where: { ASCIIClass.lowerLetter.contains($0) }) {
            problems.append("must contain at least one letter (a-z)")
        }
        let hyphen = UInt8(ascii: "-")
        if zip(value.utf8, value.utf8.dropFirst()).contains(where: { $0 == hyphen && $1 == hyphen }) {
            problems.append("must not contain consecutive hyphens")
        }
        if value.hasPrefix("-") || value.hasSuffix("-") { problems.append("must not begin or end with a hyphen") }
        return problems
    }

    package static func portNumber(_ value: Int64) -> [String] { range(value, 1...65535) }

    /// A key of a ConfigMap or a Secret: also a file's name.
    package static func configMapKey(_ value: String) -> [String] {
        var problems: [String] = []
        if value.utf8.count > maximumSubdomainLength { problems.append(maximumLength(maximumSubdomainLength)) }
        if !value.utf8.matches(.qualifiedInner) {
            problems.append(
                pattern(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'", "[-._a-zA-Z0-9]+",
                    "key.name", "KEY_NAME", "key-name"))
        }
        return problems + parentDirectory(value)
    }

    package static func httpHeader(_ value: String) -> [String] {
        if value.utf8.matches(.alphanumericHyphen) { return [] }
        return [
            pattern(
                "a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", "X-Header-Name")
        ]
    }

    package static func percent(_ value: String) -> [String] {
        if value.last == "%", value.utf8.dropLast().matches(ASCIIClass(ASCIIClass.digits)) { return [] }
        return [
            pattern(
                "a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%", "1%", "93%")
        ]
    }

    private static func parentDirectory(_ value: String) -> [String] {
        if value == "." { return ["must not be '.'"] }
        if value == ".." { return ["must not be '..'"] }
        return value.hasPrefix("..") ? ["must not start with '..'"] : []
    }
}
