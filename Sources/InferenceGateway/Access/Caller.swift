/// Who asks, as a credential showed it.
package struct Caller: Sendable, Hashable {
    /// Who is served and pays.
    package let tenant: String
    /// The class of traffic of requests that name none.
    package var routeClass: String?

    package init(tenant: String, routeClass: String? = nil) {
        self.tenant = tenant
        self.routeClass = routeClass
    }
}

/// Knows the tokens of service accounts.
package protocol AccountTokens: Sendable {
    /// The account's namespace; nil for what is no good token of an account.
    func namespace(ofToken token: String) async -> String?
}
