import Machinery

/// Checks of references, addresses and shares.
extension Check {
    /// `domain/path`, as controllers name themselves.
    static func domainPrefixedPath(_ value: String, at path: FieldPath) -> [FieldError] {
        guard !value.isEmpty else { return [.required(path)] }
        let parts = value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return [.invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")")]
        }
        var errors: [FieldError] = Names.dns1123Subdomain(parts[0]).map { .invalid(path, parts[0], $0) }
        if !parts[1].utf8.allSatisfy(isPathCharacter) {
            errors.append(
                .invalid(
                    path, value,
                    "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"))
        }
        return errors
    }

    private static let pathMarks = Set("/-._~%!$&'()*+,;=:".utf8)

    private static func isPathCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: pathMarks.contains(byte)
        }
    }

    /// A name that must be there and be usable as a part of a path.
    static func pathSegment(_ value: String?, at path: FieldPath) -> [FieldError] {
        name(value, at: path, Names.pathSegment)
    }

    static func cidr(_ text: String, at path: FieldPath) -> [FieldError] {
        guard let network = CIDR(text) else {
            return [.invalid(path, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
        }
        guard network.isMasked else {
            return [
                .invalid(
                    path, text,
                    "must be an address in canonical form (\"\(network.masked)\")")
            ]
        }
        return []
    }

    static func address(_ text: String, at path: FieldPath) -> [FieldError] {
        InternetAddress(text) == nil
            ? [.invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")] : []
    }

    /// A number that is not negative, or a percentage of at most 100.
    static func share(_ share: IntOrString?, at path: FieldPath) -> [FieldError] {
        switch share {
        case .int(let number)?: return notNegative(number, at: path)
        case .string(let text)?:
            let problems = Names.percent(text)
            if !problems.isEmpty {
                return problems.map {
                    .invalid(path, text, $0)
                }
            }
            guard let percent = Int(text.dropLast()), percent > 100 else { return [] }
            return [.invalid(path, text, "must not be greater than 100%")]
        case nil: return []
        }
    }
}
