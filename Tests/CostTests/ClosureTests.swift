import Cost
import KubeAPI
import Machinery
import Testing

@Suite struct ClosureTests {
    @Test("an hour of mixed use with kills closes to a thousandth", arguments: 1...12)
    func closes(seed: Int) async throws {
        let cluster = try SimulatedCluster(seed: UInt64(seed) &* 7_919)
        try await cluster.run()
        let report = try #require(cluster.report(.tenant))
        func isClose(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) <= 0.001 * expected }
        #expect(isClose(report.price, cluster.price), "price \(report.price), expected \(cluster.price)")
        #expect(isClose(report.charged, cluster.price), "charged \(report.charged), expected \(cluster.price)")
        let gpuSeconds = report.rows.reduce(0) { $0 + $1.sum.gpuSeconds }
        #expect(isClose(gpuSeconds, cluster.gpuSeconds), "\(gpuSeconds) GPU-seconds, expected \(cluster.gpuSeconds)")
        for (tenant, seconds) in cluster.requestGPUSeconds {
            let row = try #require(report.rows.first { $0.name == tenant })
            #expect(isClose(row.sum.gpuSeconds, seconds), "\(tenant): \(row.sum.gpuSeconds), expected \(seconds)")
        }
        #expect(report.rows.reduce(0) { $0 + $1.sum.requests } == cluster.requests)
        #expect(report.rows.allSatisfy { $0.cost >= -1e-9 && $0.wasteCost >= -1e-9 && $0.podCost >= -1e-9 })
        #expect(cluster.requests > 50 && cluster.kills > 0)
        // However it is grouped, the sum is the same.
        for grouping in CostReport.Grouping.allCases {
            let other = try #require(cluster.report(grouping))
            #expect(isClose(other.charged, report.charged))
        }
    }
}
