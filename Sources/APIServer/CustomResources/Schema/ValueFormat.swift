import CEL
import Machinery

/// The formats of strings that schemas of custom resources may ask for; names that are not here are ignored.
///
/// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go and the strfmt package it names.
package enum ValueFormat {
    private typealias Check = @Sendable (String) -> Bool

    /// Names as they are compared: without dashes.
    private static let checks: [String: Check] = [
        "bsonobjectid": pattern("^[0-9a-fA-F]{24}$"),
        "uri": isURI, "email": isEmail, "hostname": isHostname,
        "ipv4": { $0.contains(".") && InternetAddress(withoutLeadingZeros($0)) != nil },
        "ipv6": { $0.contains(":") && InternetAddress($0) != nil },
        "cidr": { CIDR(withoutLeadingZeros($0)) != nil },
        "mac": pattern(
            "^(([0-9a-fA-F]{2}:){5}|([0-9a-fA-F]{2}:){7}|([0-9a-fA-F]{2}:){19})[0-9a-fA-F]{2}$|"
                + "^(([0-9a-fA-F]{2}-){5}|([0-9a-fA-F]{2}-){7}|([0-9a-fA-F]{2}-){19})[0-9a-fA-F]{2}$|"
                + "^(([0-9a-fA-F]{4}\\.){2}|([0-9a-fA-F]{4}\\.){3}|([0-9a-fA-F]{4}\\.){9})[0-9a-fA-F]{4}$"),
        "uuid": uuid("[0-9a-f]", "[0-9a-f]"), "uuid3": uuid("3", "[0-9a-f]"), "uuid4": uuid("4", "[89ab]"),
        "uuid5": uuid("5", "[89ab]"),
        "isbn": { BookNumber.isTen($0) || BookNumber.isThirteen($0) }, "isbn10": BookNumber.isTen,
        "isbn13": BookNumber.isThirteen, "creditcard": isCreditCard,
        "ssn": pattern("^\\d{3}[- ]?\\d{2}[- ]?\\d{4}$"),
        "hexcolor": pattern("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"), "rgbcolor": isRGB, "byte": isBase64,
        "password": { _ in true }, "date": isDate, "duration": isDuration, "datetime": isDateTime,
        "k8sshortname": { Names.dns1123Label($0).isEmpty }, "k8slongname": { Names.dns1123Subdomain($0).isEmpty },
    ]

    /// Whether the format of a schema of these types means anything.
    package static func isKnown(_ format: String, types: [String]) -> Bool {
        switch types.count == 1 ? types[0] : "" {
        case "", "string": checks[normalized(format)] != nil
        case "integer": ["int32", "int64"].contains(format)
        case "number": ["float", "double"].contains(format)
        default: false
        }
    }

    /// Whether a text has a format; it has any that is unknown.
    package static func matches(_ text: String, _ format: String) -> Bool { checks[normalized(format)]?(text) ?? true }

    private static func normalized(_ format: String) -> String { format.filter { $0 != "-" } }

    private static func pattern(_ text: String) -> Check {
        do {
            let regex = try LinearRegex(text)
            return { regex.matches($0) }
        } catch {
            // Unreachable: the patterns are constants of this file, and a test uses them all.
            preconditionFailure("format pattern \(text): \(error)")
        }
    }

    private static func uuid(_ version: String, _ variant: String) -> Check {
        let digits = "[0-9a-f]"
        let third = version.hasPrefix("[") ? "\(digits){4}" : "\(version)\(digits){3}"
        return pattern("(?i)^\(digits){8}-?\(digits){4}-?\(third)-?\(variant)\(digits){3}-?\(digits){12}$")
    }

    /// One label, or several of which the last has letters only; letters and symbols of all scripts will do.
    @Sendable private static func isHostname(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 255, labels.allSatisfy({ $0.utf8.count <= 63 }) else { return false }
        if labels.count == 1 {
            // A dash may stand behind the first character only.
            let rest = text.unicodeScalars.dropFirst()
            let tail = rest.first == "-" ? rest.dropFirst() : rest
            return text.unicodeScalars.first.map(isLabelScalar) ?? false && tail.allSatisfy(isLabelScalar)
        }
        guard let last = labels.last, last.unicodeScalars.count >= 2, last.unicodeScalars.allSatisfy(isLetter) else {
            return false
        }
        return labels.dropLast().allSatisfy { label in
            let scalars = label.unicodeScalars
            guard let first = scalars.first, let last = scalars.last else { return false }
            return isLabelScalar(first) && isLabelScalar(last)
                && scalars.allSatisfy { $0 == "-" || isLabelScalar($0) }
        }
    }

    @Sendable private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    @Sendable private static func isLabelScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
        default: isLetter(scalar) || ("0"..."9").contains(scalar)
        }
    }

    /// Older writers put zeros in front of the parts of an address.
    private static func withoutLeadingZeros(_ text: String) -> String {
        guard text.contains("."), !text.contains(":") else { return text }
        return text.split(separator: ".", omittingEmptySubsequences: false).map { part in
            let digits = part.prefix { $0 != "/" }
            let rest = part[digits.endIndex...]
            let stripped = digits.drop { $0 == "0" }
            return (stripped.isEmpty && !digits.isEmpty ? "0" : String(stripped)) + rest
        }.joined(separator: ".")
    }

    private static let uriPattern = pattern("^(/|\\*$|[a-zA-Z][a-zA-Z0-9+.-]*:)[^\\x00-\\x20\\x7f]*$")
    private static let escapePattern = pattern("%([^0-9a-fA-F]|.[^0-9a-fA-F]|.?$)")

    @Sendable private static func isURI(_ text: String) -> Bool { uriPattern(text) && !escapePattern(text) }

    private static let emailPattern = pattern(
        "^[^<>@\\s\"(),:;\\[\\]\\\\.]+(\\.[^<>@\\s\"(),:;\\[\\]\\\\.]+)*@[^<>@\\s\"(),:;\\[\\]\\\\]+$")

    /// An address, alone or in angle brackets behind a name.
    @Sendable private static func isEmail(_ text: String) -> Bool {
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return emailPattern(text) }
        return emailPattern(String(text[text.index(after: open)..<text.index(before: text.endIndex)]))
    }

    private static let cardPattern = pattern(
        "^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|"
            + "3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\\d{3})\\d{11})$")

    @Sendable private static func isCreditCard(_ text: String) -> Bool {
        let digits = text.filter(\.isNumber)
        guard cardPattern(digits) else { return false }
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = digit.wholeNumberValue ?? 0
            let doubled = index % 2 == 1 ? value * 2 : value
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    private static let rgbPattern = pattern(
        "^rgb\\(\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,"
            + "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*\\)$")

    @Sendable private static func isRGB(_ text: String) -> Bool { rgbPattern(text) }

    private static let base64Pattern = pattern(
        "^(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=|[A-Za-z0-9+\\/]{4})$")

    @Sendable private static func isBase64(_ text: String) -> Bool { base64Pattern(text) }

    private static let datePattern = pattern("^\\d{4}-\\d{2}-\\d{2}$")

    @Sendable private static func isDate(_ text: String) -> Bool {
        datePattern(text) && isTimestamp(text + "T00:00:00Z")
    }

    @Sendable private static func isDateTime(_ text: String) -> Bool {
        // Without a zone the moment is a local one.
        text.utf8.count >= 4 && (isTimestamp(text) || isTimestamp(text + "Z"))
    }

    private static func isTimestamp(_ text: String) -> Bool {
        do {
            _ = try Timestamp(rfc3339: text)
            return true
        } catch {
            return false
        }
    }

    /// One number with a unit, as Scala writes durations; anything else is as Go writes them.
    private static let durationPattern = pattern(
        "(?i)\\d+\\s*(ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|week|wk)")

    @Sendable private static func isDuration(_ text: String) -> Bool {
        do {
            _ = try GoDuration(parsing: text)
            return true
        } catch {
            return durationPattern(text)
        }
    }
}

/// International Standard Book Numbers, by their check digits.
private enum BookNumber {
    @Sendable static func isTen(_ text: String) -> Bool {
        let characters = Array(text.filter { $0 != "-" && $0 != " " })
        guard characters.count == 10 else { return false }
        var sum = 0
        for (index, character) in characters.enumerated() {
            guard let value = index == 9 && character == "X" ? 10 : character.wholeNumberValue else { return false }
            sum += (index + 1) * value
        }
        return sum % 11 == 0
    }

    @Sendable static func isThirteen(_ text: String) -> Bool {
        let characters = Array(text.filter { $0 != "-" && $0 != " " })
        guard characters.count == 13 else { return false }
        var sum = 0
        for (index, character) in characters.enumerated() {
            guard let value = character.wholeNumberValue else { return false }
            sum += index % 2 == 0 ? value : value * 3
        }
        return sum % 10 == 0
    }
}
