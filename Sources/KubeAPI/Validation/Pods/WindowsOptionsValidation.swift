import Machinery

/// Who containers on Windows run as.
enum WindowsOptionsValidation {
    private static let maximumSpecKibibytes = 64
    private static let maximumDomainLength = 256
    private static let maximumUserLength = 104

    static func validate(_ options: WindowsSecurityContextOptions, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let name = options.gmsaCredentialSpecName {
            errors += Names.dns1123Subdomain(name).map { .invalid(place.child("gmsaCredentialSpecName"), name, $0) }
        }
        if let text = options.gmsaCredentialSpec {
            let field = place.child("gmsaCredentialSpec")
            if text.isEmpty {
                errors.append(.invalid(field, text, "gmsaCredentialSpec cannot be an empty string"))
            } else if text.utf8.count > maximumSpecKibibytes * 1024 {
                errors.append(
                    .invalid(field, text, "gmsaCredentialSpec size must be under \(maximumSpecKibibytes) KiB"))
            }
        }
        guard let name = options.runAsUserName else { return errors }
        let field = place.child("runAsUserName")
        return errors + problems(of: name).map { .invalid(field, name, $0) }
    }

    private static func problems(of name: String) -> [String] {
        if name.isEmpty { return ["runAsUserName cannot be an empty string"] }
        if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            return ["runAsUserName cannot contain control characters"]
        }
        let parts = name.split(separator: "\\", omittingEmptySubsequences: false)
        if parts.count > 2 { return ["runAsUserName cannot contain more than one backslash"] }
        var problems: [String] = []
        if parts.count == 2 {
            if parts[0].utf8.count >= maximumDomainLength {
                problems.append("runAsUserName's Domain length must be under \(maximumDomainLength) characters")
            }
            if !isDomain(parts[0]) {
                problems.append("runAsUserName's Domain doesn't match the NetBios nor the DNS format")
            }
        }
        let user = parts[parts.count - 1]
        if user.isEmpty {
            problems.append("runAsUserName's User cannot be empty")
        } else if user.utf8.count > maximumUserLength {
            problems.append("runAsUserName's User length must not be longer than \(maximumUserLength) characters")
        }
        if !user.isEmpty, user.allSatisfy({ $0 == "." || $0 == " " }) {
            problems.append("runAsUserName's User cannot contain only periods or spaces")
        }
        if user.contains(where: { "\"/\\:;|=,+*?<>@[]".contains($0) }) {
            problems.append(
                "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]")
        }
        return problems
    }

    /// A NetBIOS name of up to 15 characters, or labels of letters, digits and dashes.
    private static func isDomain(_ text: Substring) -> Bool {
        let isNetBIOS =
            (1...15).contains(text.utf8.count) && text.first != "." && !text.contains { "\\/:*?\"<>|".contains($0) }
        let isDNS = text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
        return isNetBIOS || isDNS
    }
}
