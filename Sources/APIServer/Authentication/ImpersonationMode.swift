import Machinery

/// A way of acting as somebody else.
enum ImpersonationMode: String, Sendable {
    /// A service account as the node its pod is on.
    case associatedNode = "associated-node"
    case arbitraryNode = "arbitrary-node"
    case serviceAccount = "serviceaccount"
    /// Users who are neither nodes nor service accounts.
    case userInfo = "user-info"
    /// Any user, for doing anything.
    case legacy

    /// The verb for a part of the user: name, group, uid, extra.
    var verb: String { self == .legacy ? "impersonate" : "impersonate:\(rawValue)" }
    var constraint: String? { self == .legacy ? nil : verb }

    /// The constrained ways that fit, the narrowest first.
    static func constrained(_ real: User, _ wanted: User) -> [ImpersonationMode] {
        let isNameOnly = wanted.uid.isEmpty && wanted.groups.isEmpty && wanted.extra.isEmpty
        if let node = nodeName(wanted.name) {
            guard isNameOnly else { return [] }
            let own = real.extra["authentication.kubernetes.io/node-name"] ?? []
            let isAssociated = ServiceAccountName(userName: real.name) != nil && own == [node]
            return isAssociated ? [.associatedNode, .arbitraryNode] : [.arbitraryNode]
        }
        if ServiceAccountName(userName: wanted.name) != nil { return isNameOnly ? [.serviceAccount] : [] }
        return [.userInfo]
    }

    static func nodeName(_ user: String) -> String? {
        guard user.hasPrefix(NodeIdentity.userPrefix) else { return nil }
        let name = String(user.dropFirst(NodeIdentity.userPrefix.count))
        return Names.dns1123Subdomain(name).isEmpty ? name : nil
    }
}

/// Asks the authorizer for everything that acting as a user in one way needs.
struct ImpersonationCheck: Sendable {
    let mode: ImpersonationMode
    let real: User
    let wanted: User
    let authorizer: any Authorizer

    private static let group = "authentication.k8s.io"
    /// From so many groups, or values, on, the right to all of them is asked for first.
    private static let many = 4

    /// - Parameter request: what is to be done.
    func outcome(_ request: AccessAttributes) async -> Result<User, StatusError> {
        do throws(StatusError) {
            if mode != .legacy {
                var on = request
                on.user = asker
                on.verb = "impersonate-on:\(mode.rawValue):\(request.verb)"
                try await require(on)
            }
            return .success(try await user())
        } catch {
            return .failure(error)
        }
    }

    private func user() async throws(StatusError) -> User {
        var user = wanted
        try await checkName(&user)
        if !wanted.uid.isEmpty { try await require(part(Self.group, "uids", name: wanted.uid)) }
        try await checkGroups()
        try await checkExtra()
        if user.name == User.anonymous.name {
            user.add(group: User.unauthenticatedGroup)
        } else if !user.groups.contains(User.unauthenticatedGroup) {
            user.add(group: User.authenticatedGroup)
        }
        return user
    }

    /// A service account's extra values differ from pod to pod: whether it may act as its node must not depend on them.
    private var asker: User {
        guard mode == .associatedNode else { return real }
        var asker = real
        asker.extra = ["authentication.kubernetes.io/associated-node-keys": real.extra.keys.sorted()]
        return asker
    }

    /// Names and groups were of the core group before there were constrained ways.
    private var nameGroup: String { mode == .legacy ? "" : Self.group }

    private func checkName(_ user: inout User) async throws(StatusError) {
        var access = part(nameGroup, "users", name: wanted.name)
        if mode != .legacy, let node = ImpersonationMode.nodeName(wanted.name) {
            access.resource = "nodes"
            access.name = mode == .associatedNode ? "*" : node
            user.groups = [User.nodesGroup]
        }
        if let account = ServiceAccountName(userName: wanted.name) {
            access.resource = "serviceaccounts"
            access.namespace = account.namespace
            access.name = account.name
            if wanted.groups.isEmpty { user.groups = account.groups }
        }
        try await require(access)
    }

    private func checkGroups() async throws(StatusError) {
        guard !wanted.groups.isEmpty else { return }
        if mode != .legacy {
            let access = part(nameGroup, "groups", name: "")
            if wanted.groups.contains("") {
                throw access.forbidden(reason: "impersonating the empty string group is not allowed")
            }
            if wanted.groups.contains(User.mastersGroup) {
                throw part(nameGroup, "groups", name: User.mastersGroup).forbidden(
                    reason: "impersonating the \(User.mastersGroup) group is not allowed")
            }
            if wanted.groups.count >= Self.many,
                await authorizer.authorize(part(nameGroup, "groups", name: "*")).isAllowed
            {
                return
            }
        }
        for group in wanted.groups { try await require(part(nameGroup, "groups", name: group)) }
    }

    private func checkExtra() async throws(StatusError) {
        guard !wanted.extra.isEmpty else { return }
        if mode != .legacy {
            if let problem = extraProblem {
                throw part(Self.group, "userextras", name: "").forbidden(reason: problem)
            }
            let isLarge = wanted.extra.values.reduce(0) { $0 + $1.count } >= Self.many
            if isLarge,
                await authorizer.authorize(part(Self.group, "userextras", subresource: "*", name: "*")).isAllowed
            {
                return
            }
        }
        for (key, values) in wanted.extra.sorted(by: { $0.key < $1.key }) {
            for value in values {
                try await require(part(Self.group, "userextras", subresource: key, name: value))
            }
        }
    }

    private var extraProblem: String? {
        for (key, values) in wanted.extra {
            if key.isEmpty { return "impersonating the empty string key in extra is not allowed" }
            let problems = DomainPrefixedPath.problems(key, FieldPath("extra").child("key"))
            if !problems.isEmpty {
                return "impersonating an invalid key in extra is not allowed: \(problems.aggregated)"
            }
            if key != key.lowercased() {
                return "impersonating a non-lowercase key in extra is not allowed: \(GoQuote.quote(key))"
            }
            if values.contains("") { return "impersonating the empty string value in extra is not allowed" }
        }
        return nil
    }

    private func part(
        _ group: String, _ resource: String, subresource: String = "", name: String
    ) -> AccessAttributes {
        AccessAttributes(
            user: asker, verb: mode.verb, group: group, version: "v1", resource: resource, subresource: subresource,
            name: name)
    }

    private func require(_ access: AccessAttributes) async throws(StatusError) {
        let decision = await authorizer.authorize(access)
        switch decision {
        case .failure(let failure, _): throw access.forbidden(reason: failure)
        case .allow, .noOpinion, .deny: if let refusal = access.refusal(decision) { throw refusal }
        }
    }
}

extension User {
    fileprivate mutating func add(group: String) {
        if !groups.contains(group) { groups.append(group) }
    }
}

/// Names of the form `example.org/path`.
enum DomainPrefixedPath {
    static func problems(_ text: String, _ path: FieldPath) -> [FieldError] {
        guard !text.isEmpty else { return [.required(path)] }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return [.invalid(path, text, "must be a domain-prefixed path (such as \"acme.io/foo\")")]
        }
        let domain = Names.dns1123Subdomain(parts[0])
        guard domain.isEmpty else { return domain.map { .invalid(path, parts[0], $0) } }
        let isPath = parts[1].utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/-._~%!$&'()*+,;=:".utf8.contains(byte)
            }
        }
        return isPath ? [] : [.invalid(path, parts[1], "Invalid path")]
    }
}
