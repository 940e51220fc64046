import HTTPCore
import Machinery
import Synchronization

/// Acting as somebody else (`kubectl --as`), where the authorizer lets the real user do so.
///
/// There are constrained ways (KEP-5284), each for a kind of user and in two parts: who may be impersonated
/// (`impersonate:MODE`), and for doing what (`impersonate-on:MODE:VERB`). The old way, the verb `impersonate`, is tried
/// last and allows everything at once.
package struct Impersonation: Sendable {
    let authorizer: any Authorizer
    /// Whether there are the constrained ways.
    let isConstrained: Bool
    private let memory = ImpersonationMemory()

    init(authorizer: any Authorizer, isConstrained: Bool) {
        self.authorizer = authorizer
        self.isConstrained = isConstrained
    }

    struct Acting: Sendable {
        let user: User
        /// The verb that allowed it in a constrained way.
        let constraint: String?
    }

    static func isAsked(_ headers: HTTPHeaders) -> Bool {
        headers.contains { isImpersonation($0.name) }
    }

    /// Whom the request is to be treated as coming from.
    func user(
        for real: User, _ headers: HTTPHeaders, _ info: RequestInfo
    ) async throws(StatusError) -> Acting {
        guard let wanted = try Self.wanted(headers) else { return Acting(user: real, constraint: nil) }
        var first: StatusError?
        let modes = (isConstrained ? ImpersonationMode.constrained(real, wanted) : []) + [.legacy]
        for mode in memory.ordered(modes, for: real.name) {
            let check = ImpersonationCheck(mode: mode, real: real, wanted: wanted, authorizer: authorizer)
            switch await check.outcome(AccessAttributes(user: real, info: info)) {
            case .success(let user):
                memory.note(mode, for: real.name)
                return Acting(user: user, constraint: mode.constraint)
            case .failure(let refusal): first = first ?? refusal
            }
        }
        throw first ?? StatusError.internalError("all impersonation modes failed")
    }

    /// The user as the headers describe it; `nil` when they describe none.
    private static func wanted(_ headers: HTTPHeaders) throws(StatusError) -> User? {
        let name = headers["impersonate-user"] ?? ""
        var user = User(
            name: name, uid: headers["impersonate-uid"] ?? "", groups: headers.values("impersonate-group"))
        for header in headers {
            let field = header.name.lowercased()
            guard field.hasPrefix(extraPrefix) else { continue }
            // Keys may hold what header names cannot, percent-encoded.
            let encoded = field.dropFirst(extraPrefix.count)
            let key = PercentEncoding.decode(Substring(encoded), plusIsSpace: false) ?? String(encoded)
            user.extra[key, default: []].append(header.value)
        }
        guard name.isEmpty else { return user }
        guard user.groups.isEmpty, user.uid.isEmpty, user.extra.isEmpty else {
            throw StatusError.badRequest("requested \(user.described) without impersonating a user name")
        }
        return nil
    }

    private static let extraPrefix = "impersonate-extra-"

    /// Whether a header's name begins with `impersonate-`, in any case.
    private static func isImpersonation(_ name: String) -> Bool {
        var bytes = name.utf8.makeIterator()
        // Letters in capitals differ from small ones in this bit, which the dash has.
        return "impersonate-".utf8.allSatisfy { expected in bytes.next().map { $0 | 0x20 } == expected }
    }
}

/// In which way each user last acted as somebody else: tried first, so that who uses the old way pays no more than
/// before.
private final class ImpersonationMemory: Sendable {
    private static let capacity = 1024
    private let modes = Mutex<[String: ImpersonationMode]>([:])

    func ordered(_ candidates: [ImpersonationMode], for user: String) -> [ImpersonationMode] {
        guard let last = modes.withLock({ $0[user] }), candidates.contains(last) else { return candidates }
        return [last] + candidates.filter { $0 != last }
    }

    func note(_ mode: ImpersonationMode, for user: String) {
        modes.withLock { modes in
            guard modes[user] != mode else { return }
            if modes.count >= Self.capacity { modes.removeAll(keepingCapacity: true) }
            modes[user] = mode
        }
    }
}

extension User {
    /// As Go prints its `user.DefaultInfo`.
    fileprivate var described: String {
        let groups = groups.map(GoQuote.quote).joined(separator: ", ")
        let extra = extra.sorted { $0.key < $1.key }.map { key, values in
            "\(GoQuote.quote(key)):[]string{\(values.map(GoQuote.quote).joined(separator: ", "))}"
        }
        let shownGroups = self.groups.isEmpty ? "[]string(nil)" : "[]string{\(groups)}"
        let shownExtra =
            extra.isEmpty ? "map[string][]string(nil)" : "map[string][]string{\(extra.joined(separator: ", "))}"
        return "&user.DefaultInfo{Name:\(GoQuote.quote(name)), UID:\(GoQuote.quote(uid)), Groups:\(shownGroups), "
            + "Extra:\(shownExtra)}"
    }
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
