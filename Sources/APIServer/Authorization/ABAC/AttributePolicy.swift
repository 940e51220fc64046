import Machinery

/// One line of a policy file: who may do what to which resources or paths.
///
/// Source: `abac.authorization.kubernetes.io/v1beta1` Policy, and the unversioned lines before it.
package struct AttributePolicy: Hashable, Sendable {
    private static let group = "abac.authorization.kubernetes.io"

    var user = ""
    var userGroup = ""
    var isReadOnly = false
    var namespace = ""
    var resource = ""
    var apiGroup = ""
    var path = ""

    /// Reads a file of lines; empty ones and those that begin with `#` say nothing.
    package static func read(_ text: String) throws(ConfigurationDocument.Failure) -> [AttributePolicy] {
        var policies: [AttributePolicy] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let trimmed = line.trimmingSpaces()
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            let policy = Result { () throws(ConfigurationDocument.Failure) in try AttributePolicy(line: trimmed) }
            switch policy {
            case .success(let policy): policies.append(policy)
            case .failure(let failure):
                throw ConfigurationDocument.Failure(
                    "error reading policy file, line \(index + 1): \(trimmed): \(failure)")
            }
        }
        return policies
    }

    private init(line: some StringProtocol) throws(ConfigurationDocument.Failure) {
        let json: JSON
        do {
            json = try JSON(parsing: Array(line.utf8))
        } catch {
            throw ConfigurationDocument.Failure(error.message)
        }
        guard case .object(let object) = json else { throw ConfigurationDocument.Failure("a policy is a JSON object") }
        let version = object.string("apiVersion") ?? ""
        guard !version.isEmpty || object.contains("kind") else {
            self.init(unversioned: object)
            return
        }
        guard version == "\(Self.group)/v1beta1", object.string("kind") == "Policy" else {
            throw ConfigurationDocument.Failure(
                "no kind \(GoQuote.quote(object.string("kind") ?? "")) is registered for version "
                    + GoQuote.quote(version))
        }
        let spec = object["spec"]?.objectValue ?? JSONObject()
        self.init(fields: spec)
        apiGroup = spec.string("apiGroup") ?? ""
        path = spec.string("nonResourcePath") ?? ""
        if user == "*" || userGroup == "*" { meanEverybodyKnown() }
    }

    private init(fields: JSONObject) {
        user = fields.string("user") ?? ""
        userGroup = fields.string("group") ?? ""
        isReadOnly = fields.bool("readonly") ?? false
        namespace = fields.string("namespace") ?? ""
        resource = fields.string("resource") ?? ""
    }

    /// Lines without a version: what they leave out means everything.
    private init(unversioned object: JSONObject) {
        self.init(fields: object)
        apiGroup = "*"
        if user == "*" || userGroup == "*" || (user.isEmpty && userGroup.isEmpty) { meanEverybodyKnown() }
        if namespace.isEmpty, resource.isEmpty { path = "*" }
        if namespace.isEmpty { namespace = "*" }
        if resource.isEmpty { resource = "*" }
    }

    /// A star means everybody who has proved who they are.
    private mutating func meanEverybodyKnown() {
        user = ""
        userGroup = User.authenticatedGroup
    }

    func isFor(_ who: User) -> Bool {
        if !user.isEmpty, user != who.name { return false }
        if !userGroup.isEmpty, !who.groups.contains(userGroup) { return false }
        return !user.isEmpty || !userGroup.isEmpty
    }

    func allows(_ attributes: AccessAttributes) -> Bool {
        guard isFor(attributes.user) else { return false }
        if isReadOnly, !["get", "list", "watch"].contains(attributes.verb) { return false }
        guard attributes.isResourceRequest else {
            if path == "*" || path == attributes.path { return true }
            return path.hasSuffix("*") && attributes.path.hasPrefix(String(path.prefix { $0 != "*" }))
        }
        return Self.fits(namespace, attributes.namespace) && Self.fits(resource, attributes.resource)
            && Self.fits(apiGroup, attributes.group)
    }

    private static func fits(_ wanted: String, _ given: String) -> Bool { wanted == "*" || wanted == given }
}
