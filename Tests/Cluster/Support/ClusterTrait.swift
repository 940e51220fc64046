import Testing

/// Gives a suite a cluster of its own: started on empty data before its first test, purged after its last; what the purge
/// leaves on the machine is a failure of the suite.
struct ClusterTrait: SuiteTrait, TestScoping {
    let isRecursive = false

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void)
        async throws
    {
        let before = try await Remains.look()
        let cluster = try await Cluster.start()
        var failure: (any Error)?
        do {
            try await Cluster.$running.withValue(cluster) { try await function() }
        } catch {
            failure = error
        }
        try await cluster.purge()
        let left = try await Remains.look().added(since: before)
        #expect(left.isEmpty, "gantry down --purge left behind: \(left.joined(separator: ", "))")
        if let failure { throw failure }
    }
}

extension Trait where Self == ClusterTrait {
    /// A real cluster for the suite's tests, found by `Cluster.current()`.
    static var cluster: ClusterTrait { ClusterTrait() }
}

/// All tests with a real cluster; one after the other, for they share the machine's network.
@Suite(
    "Clusters", .serialized,
    .enabled(if: Cluster.isEnabled, "run by scripts/test as root, which sets GANTRY_CLUSTER_TESTS=1"))
struct Clusters {}
