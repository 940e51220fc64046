import FlowControl
import KubeAPI
import Machinery
import Testing

@Suite("Seats")
struct SeatTests {
    @Test(
        "Seats are divided by targets, within bounds, and add up",
        arguments: [
            ([(0, 100, 10), (0, 100, 30)], 40, [10, 30]),
            ([(0, 100, 10), (0, 100, 30)], 80, [20, 60]),
            ([(0, 15, 10), (0, 100, 30)], 80, [15, 65]),
            ([(10, 100, 10), (0, 100, 30)], 20, [10, 10]),
            ([(0, 10, 5), (5, 20, 5)], 100, [10, 20]),
            ([(3, 10, 5), (5, 20, 5)], 2, [3, 5]),
        ] as [([(Double, Double, Double)], Double, [Double])])
    func division(_ claims: [(Double, Double, Double)], _ sum: Double, _ expected: [Double]) {
        let claims = claims.map { SeatAllocation.Claim(lower: $0.0, upper: $0.1, target: $0.2) }
        let allotments = SeatAllocation.divide(sum, among: claims).allotments
        for (allotment, value) in zip(allotments, expected) { #expect(abs(allotment - value) < 1e-6) }
    }

    @Test(
        "Shares become seats as in Kubernetes",
        arguments: [
            ("workload-low", 245, 24, 845), ("leader-election", 25, 25, 625), ("node-high", 98, 73, 698),
            ("catch-all", 13, 13, 613),
        ])
    func limits(_ name: String, _ nominal: Int, _ lower: Int, _ upper: Int) throws {
        let level = try #require(Fixture.controller(seats: 600).level(name))
        #expect([level.nominalSeats, level.lowerSeats, level.upperSeats] == [nominal, lower, upper])
    }

    @Test("Demand rises at once and falls slowly")
    func demand() {
        var demand = SeatDemand()
        demand.set(10)
        demand.pass(5)
        demand.set(0)
        demand.pass(5)
        demand.endPeriod()
        #expect(demand.average == 5 && demand.deviation == 5 && demand.highWatermark == 10)
        #expect(demand.smoothed == 10)
        demand.pass(10)
        demand.endPeriod()
        #expect(demand.highWatermark == 0)
        #expect(abs(demand.smoothed - 9.77) < 1e-9)
        demand.pass(300)
        demand.endPeriod(periods: 30)
        #expect(demand.smoothed < 5 && demand.smoothed > 4.8)
    }

    @Test(
        "Lists cost by what they go through, writes by who watches",
        arguments: [
            (WorkEstimator.list(objects: 0, maximumSeats: 10), 1, 0),
            (WorkEstimator.list(objects: 101, maximumSeats: 10), 2, 0),
            (WorkEstimator.list(objects: 100_000, maximumSeats: 10), 10, 0),
            (WorkEstimator.list(objects: 100_000, maximumSeats: 4), 4, 0),
            (WorkEstimator.write(watchers: 9, maximumSeats: 10), 1, 0),
            (WorkEstimator.write(watchers: 25, maximumSeats: 10), 1, 3),
            (WorkEstimator.write(watchers: 1000, maximumSeats: 10), 1, 10),
        ])
    func estimates(_ estimate: WorkEstimate, _ initial: Int, _ final: Int) {
        #expect(estimate.initialSeats == initial)
        #expect(estimate.finalSeats == final)
    }

    @Test("Fewer seats for a write's watchers take them longer")
    func narrow() {
        let estimate = WorkEstimator.write(watchers: 1000, maximumSeats: 5)
        #expect(estimate.finalSeats == 5)
        #expect(abs(estimate.additionalSeconds - 0.1) < 1e-9)
    }

    @Test("A machine of few processors does less at once", arguments: [(1, 300), (2, 600), (16, 600), (0, 300)])
    func settings(_ processors: Int, _ seats: Int) {
        #expect(FlowSettings.forProcessors(processors).seats == seats)
    }
}
