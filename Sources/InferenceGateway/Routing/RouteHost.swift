/// A host name of a route: one, or all below one (`*.example.com`).
struct RouteHost: Sendable, Hashable {
    let name: String

    func matches(_ host: String) -> Bool {
        guard name.hasPrefix("*.") else { return name == host }
        return host.hasSuffix(name.dropFirst()) && host.utf8.count > name.utf8.count - 1
    }

    /// An exact name goes before a pattern, a longer pattern before a shorter one.
    var rank: Int { name.hasPrefix("*.") ? name.utf8.count : 1 << 20 }
}
