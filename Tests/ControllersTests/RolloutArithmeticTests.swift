import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("Rollout arithmetic")
struct RolloutArithmeticTests {
    private func spec(_ replicas: Int32, _ surge: IntOrString?, _ unavailable: IntOrString?) -> DeploymentSpec {
        var rolling = RollingUpdateDeployment()
        rolling.maxSurge = surge
        rolling.maxUnavailable = unavailable
        var strategy = DeploymentStrategy()
        strategy.type = "RollingUpdate"
        strategy.rollingUpdate = rolling
        var spec = DeploymentSpec()
        spec.replicas = replicas
        spec.strategy = strategy
        return spec
    }

    @Test(
        "rounds surge up and unavailability down, and never lets both be zero",
        arguments: [
            (10, "25%", "25%", 3, 2), (4, "25%", "25%", 1, 1), (1, "25%", "25%", 1, 0), (3, 1, 0, 1, 0),
            (3, 0, 0, 0, 1), (10, "0%", "9%", 0, 1), (2, 5, 5, 5, 2), (0, "25%", "25%", 0, 0), (100, "1%", "1%", 1, 1),
            (10, "100%", "100%", 10, 10), (10, nil, nil, 3, 2),
        ] as [(Int32, IntOrString?, IntOrString?, Int, Int)])
    func resolves(replicas: Int32, surge: IntOrString?, unavailable: IntOrString?, most: Int, least: Int) throws {
        let arithmetic = try RolloutArithmetic(spec(replicas, surge, unavailable))
        #expect(arithmetic.maxSurge == most)
        #expect(arithmetic.maxUnavailable == least)
    }

    @Test("refuses what is no percentage", arguments: ["25", "a%", "%", ""] as [IntOrString])
    func refuses(value: IntOrString) {
        #expect(throws: IntOrStringError.self) { try RolloutArithmetic(spec(3, value, 0)) }
    }

    @Test(
        "lets the newest grow as far as the total allows",
        arguments: [
            // replicas, surge, current, total of all, next
            (10, 3, 0, 10, 3), (10, 3, 3, 13, 3), (10, 3, 3, 11, 5), (10, 3, 9, 10, 10), (10, 0, 0, 10, 0),
            (10, 0, 0, 8, 2), (1, 1, 0, 1, 1), (0, 1, 0, 0, 0), (5, 2, 7, 7, 7),
        ])
    func grows(replicas: Int, surge: Int, current: Int, total: Int, next: Int) {
        let arithmetic = RolloutArithmetic(replicas: replicas, maxSurge: surge, maxUnavailable: 1)
        #expect(arithmetic.newReplicas(current: current, totalOfAll: total) == next)
    }

    @Test(
        "lets old ones go only as far as enough stay available",
        arguments: [
            // replicas, unavailable, total, new size, new available, removable
            (10, 2, 13, 3, 0, 2), (10, 2, 13, 3, 3, 5), (10, 0, 13, 3, 0, 0), (10, 0, 13, 3, 3, 3),
            (3, 0, 4, 1, 1, 1), (3, 0, 4, 1, 0, 0), (3, 3, 4, 1, 0, 3), (10, 2, 8, 0, 0, 0),
        ])
    func shrinks(replicas: Int, unavailable: Int, total: Int, size: Int, available: Int, removable: Int) {
        let arithmetic = RolloutArithmetic(replicas: replicas, maxSurge: 3, maxUnavailable: unavailable)
        #expect(
            arithmetic.removableOldPods(totalOfAll: total, newReplicas: size, newAvailable: available) == removable)
    }

    @Test(
        "keeps the proportions of a rollout whose size changes, and adds up",
        arguments: [
            // replicas, surge, sizes before with the maximum they were scaled under, sizes after
            (15, 3, [(8, 13), (5, 13)], [11, 7]),
            (5, 3, [(8, 13), (5, 13)], [5, 3]),
            (10, 0, [(5, 10), (5, 10)], [5, 5]),
            (20, 0, [(5, 10), (5, 10)], [10, 10]),
            (0, 3, [(8, 13), (5, 13)], [0, 0]),
            (3, 1, [(1, 4), (1, 4), (1, 4)], [2, 1, 1]),
            (10, 0, [(3, 0), (3, 0)], [7, 3]),
        ] as [(Int, Int, [(Int, Int)], [Int])])
    func proportional(replicas: Int, surge: Int, before: [(Int, Int)], after: [Int]) {
        let arithmetic = RolloutArithmetic(replicas: replicas, maxSurge: surge, maxUnavailable: 0)
        let sizes = arithmetic.proportionalSizes(before.map { (replicas: $0.0, maxReplicas: $0.1) })
        #expect(sizes == after)
        #expect(sizes.reduce(0, +) == (replicas == 0 ? 0 : replicas + surge))
    }
}

@Suite("Completion indexes")
struct IndexIntervalsTests {
    @Test(
        "are written as kubectl shows them",
        arguments: [
            ([], ""), ([3], "3"), ([0, 1], "0,1"), ([0, 1, 2], "0-2"), ([5, 3, 4, 9, 9], "3-5,9"),
            ([0, 2, 4, 5, 6, 8], "0,2,4-6,8"),
        ] as [([Int], String)])
    func writes(indexes: [Int], text: String) {
        let intervals = IndexIntervals(indexes)
        #expect(intervals.description == text)
        #expect(intervals.count == Set(indexes).count)
        #expect(IndexIntervals(parsing: text, completions: 100) == intervals)
        for index in 0..<12 { #expect(intervals.contains(index) == indexes.contains(index)) }
    }

    @Test(
        "leave out what makes no sense",
        arguments: [
            ("a,1,2-x,-3,5-4,7", "1,7"), ("0-1000000000000", "0-9"), ("12", ""), (",,", ""), ("1-3,2-5", "1-5"),
        ])
    func tolerant(text: String, kept: String) {
        #expect(IndexIntervals(parsing: text, completions: 10).description == kept)
    }

    @Test("take in more, in any order")
    func inserts() {
        #expect(IndexIntervals([0, 1, 5]).inserting([2, 4, 9]).description == "0-2,4,5,9")
        #expect(IndexIntervals().inserting([1]).description == "1")
        #expect(IndexIntervals([1]).inserting([Int]()).description == "1")
    }
}
