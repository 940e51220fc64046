import HTTPCore
import Machinery

/// Acting as somebody else (`kubectl --as`), where the authorizer lets the real user `impersonate` them.
enum Impersonation {
    static func user(
        for user: User, _ headers: HTTPHeaders, _ authorizer: any Authorizer
    ) throws(StatusError) -> User {
        guard headers.contains(where: { isImpersonation($0.name) }) else { return user }
        let name = headers["impersonate-user"] ?? ""
        let groups = headers.values("impersonate-group")
        let uid = headers["impersonate-uid"] ?? ""
        let extras = headers.filter { $0.name.lowercased().hasPrefix("impersonate-extra-") }
        if name.isEmpty {
            guard groups.isEmpty, uid.isEmpty, extras.isEmpty else {
                throw StatusError.badRequest(
                    "requested impersonation of groups, uid or extra without impersonating a user")
            }
            return user
        }
        var impersonated = User(name: name, uid: uid, groups: groups)
        var checks: [AccessAttributes] = []
        if let account = ServiceAccountName(userName: name) {
            checks.append(
                AccessAttributes(
                    user: user, verb: "impersonate", group: "", resource: "serviceaccounts",
                    namespace: account.namespace, name: account.name))
            if groups.isEmpty { impersonated.groups = account.groups }
        } else {
            checks.append(
                AccessAttributes(user: user, verb: "impersonate", group: "", resource: "users", name: name))
        }
        checks += groups.map {
            AccessAttributes(user: user, verb: "impersonate", group: "", resource: "groups", name: $0)
        }
        if !uid.isEmpty {
            checks.append(
                AccessAttributes(
                    user: user, verb: "impersonate", group: "authentication.k8s.io", resource: "uids", name: uid))
        }
        for header in extras {
            // Keys may hold what header names cannot, percent-encoded.
            let name = header.name.lowercased().dropFirst("impersonate-extra-".count)
            let key = PercentEncoding.decode(name.utf8, plusIsSpace: false) ?? String(name)
            impersonated.extra[key, default: []].append(header.value)
            checks.append(
                AccessAttributes(
                    user: user, verb: "impersonate", group: "authentication.k8s.io", resource: "userextras",
                    subresource: key, name: header.value))
        }
        for check in checks {
            guard case .allow = authorizer.authorize(check) else { throw check.forbidden(reason: "") }
        }
        let everyone = name == User.anonymous.name ? "system:unauthenticated" : User.authenticatedGroup
        if !impersonated.groups.contains(everyone) { impersonated.groups.append(everyone) }
        return impersonated
    }
}

/// Whether a header's name begins with `impersonate-`, in any case.
private func isImpersonation(_ name: String) -> Bool {
    var bytes = name.utf8.makeIterator()
    // Letters in capitals differ from small ones in this bit, which the dash has.
    return "impersonate-".utf8.allSatisfy { expected in bytes.next().map { $0 | 0x20 } == expected }
}

/// The user name of a service account: `system:serviceaccount:NAMESPACE:NAME`.
package struct ServiceAccountName: Hashable, Sendable {
    package let namespace: String
    package let name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    package init?(userName: String) {
        let parts = userName.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount", !parts[2].isEmpty,
            !parts[3].isEmpty
        else { return nil }
        self.init(namespace: parts[2], name: parts[3])
    }

    package var userName: String { "system:serviceaccount:\(namespace):\(name)" }
    package var groups: [String] { ["system:serviceaccounts", "system:serviceaccounts:\(namespace)"] }
}
