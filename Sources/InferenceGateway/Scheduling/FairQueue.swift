/// Requests of one priority that wait, fair between tenants: each that has something waiting gets the same share of
/// tokens, however many requests it sends (start-time fair queuing).
///
/// Virtual time is the start of the request that was begun last. A tenant's next request starts where its last one ends,
/// or now if it had none: what it did not use while it had nothing to do is not owed to it, what it used is remembered.
struct FairQueue: Sendable {
    private struct Tenant: Sendable {
        var waiting: [PoolRequest] = []
        /// The start of its next request, in tokens of virtual time.
        var start = 0.0
    }

    /// Tenants with nothing waiting that are remembered.
    private static let idleTenants = 256

    private var tenants: [String: Tenant] = [:]
    private var virtualTime = 0.0
    private(set) var count = 0

    func count(of tenant: String) -> Int { tenants[tenant]?.waiting.count ?? 0 }

    /// Those with something waiting.
    var waitingTenants: [String] { tenants.filter { !$0.value.waiting.isEmpty }.map(\.key) }

    mutating func append(_ request: PoolRequest) { insert(request, isFirst: false) }

    /// Puts back a request that was begun and came to nothing: it is the first of its tenant's again, and what it was
    /// charged is given back.
    mutating func putBack(_ request: PoolRequest) {
        if tenants[request.tenant] != nil { tenants[request.tenant]?.start -= Double(request.tokens) }
        insert(request, isFirst: true)
    }

    private mutating func insert(_ request: PoolRequest, isFirst: Bool) {
        if tenants.count >= Self.idleTenants, tenants[request.tenant] == nil { forgetIdle() }
        var tenant = tenants[request.tenant] ?? Tenant()
        if tenant.waiting.isEmpty { tenant.start = max(tenant.start, isFirst ? 0 : virtualTime) }
        // One copy of the array only: the dictionary's is let go of first.
        tenants[request.tenant] = nil
        if isFirst { tenant.waiting.insert(request, at: 0) } else { tenant.waiting.append(request) }
        tenants[request.tenant] = tenant
        count += 1
    }

    /// Takes the next request of the tenants that may begin one.
    mutating func popFirst(where mayBegin: (String) -> Bool) -> PoolRequest? {
        guard count > 0 else { return nil }
        var best: (name: String, start: Double)?
        for (name, tenant) in tenants where !tenant.waiting.isEmpty && tenant.start < best?.start ?? .infinity {
            if mayBegin(name) { best = (name, tenant.start) }
        }
        guard let best, var tenant = tenants[best.name] else { return nil }
        tenants[best.name] = nil
        let request = tenant.waiting.removeFirst()
        virtualTime = max(virtualTime, tenant.start)
        tenant.start += Double(request.tokens)
        tenants[best.name] = tenant
        count -= 1
        return request
    }

    /// Takes a request out that waits no longer.
    @discardableResult
    mutating func remove(_ id: UInt64, tenant name: String) -> PoolRequest? {
        guard let index = tenants[name]?.waiting.firstIndex(where: { $0.id == id }) else { return nil }
        count -= 1
        return tenants[name]?.waiting.remove(at: index)
    }

    /// The tenant with the most requests waiting.
    var longest: (tenant: String, count: Int)? {
        tenants.max { $0.value.waiting.count < $1.value.waiting.count }.map { ($0.key, $0.value.waiting.count) }
    }

    /// Takes out the request of a tenant that came last.
    mutating func removeLast(of name: String) -> PoolRequest? {
        guard let request = tenants[name]?.waiting.popLast() else { return nil }
        count -= 1
        return request
    }

    /// Nobody waits and nobody works: everybody begins anew.
    mutating func reset() {
        guard count == 0 else { return }
        tenants = [:]
        virtualTime = 0
    }

    /// Forgets those whose past makes no difference any more, and if that is not enough, those who wait for nothing.
    private mutating func forgetIdle() {
        tenants = tenants.filter { !$0.value.waiting.isEmpty || $0.value.start > virtualTime }
        if tenants.count >= Self.idleTenants { tenants = tenants.filter { !$0.value.waiting.isEmpty } }
    }
}
