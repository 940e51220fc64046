import Machinery
import PKI

/// Tokens from a file of lines `token,user,uid,"group1,group2"` (`--token-auth-file`). The file is read once.
package struct StaticTokenVerifier: TokenVerifier {
    /// By digest, so that comparing tells nothing of the tokens.
    private let users: [[UInt8]: User]

    package init(parsing text: String) throws(ConfigurationDocument.Failure) {
        var users: [[UInt8]: User] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let fields = Self.fields(line)
            guard fields.count >= 3 else {
                throw ConfigurationDocument.Failure(
                    "token file must have at least 3 columns (token, user name, user uid), found \(fields.count)")
            }
            guard !fields[0].isEmpty else {
                throw ConfigurationDocument.Failure("empty token in line \(index + 1)")
            }
            let groups = fields.count > 3 ? fields[3].split(separator: ",").map { String($0.trimmingSpaces()) } : []
            users[Digest.sha256(fields[0].utf8)] = User(name: fields[1], uid: fields[2], groups: groups)
        }
        self.users = users
    }

    /// Comma-separated values (RFC 4180), spaces before a field left out.
    private static func fields(_ line: Substring) -> [String] {
        var fields: [String] = []
        var rest = line
        while true {
            rest = rest.drop { $0 == " " }
            var field = ""
            if rest.first == "\"" {
                rest = rest.dropFirst()
                while let character = rest.popFirst() {
                    if character == "\"" {
                        guard rest.first == "\"" else { break }
                        rest = rest.dropFirst()
                    }
                    field.append(character)
                }
                rest = rest.drop { $0 != "," }
            } else {
                field = String(rest.prefix { $0 != "," }.trimmingSpaces())
                rest = rest.drop { $0 != "," }
            }
            fields.append(field)
            guard rest.popFirst() != nil else { return fields }
        }
    }

    package func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        users.isEmpty
            ? nil : users[Digest.sha256(token.utf8)].map { Authenticated(user: $0, audiences: audiences ?? []) }
    }
}
