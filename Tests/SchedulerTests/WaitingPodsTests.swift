import Scheduler
import Testing

@Suite("Pods that wait to be scheduled")
struct WaitingPodsTests {
    @Test("come out by priority, then by age")
    func order() {
        var pods = WaitingPods<String>()
        let waiting: [(String, Int32, UInt64)] = [
            ("old", 0, 1), ("new", 0, 4), ("urgent", 9, 3), ("more urgent", .max, 5), ("least", .min, 0),
            ("middle", 0, 2),
        ]
        for (name, priority, order) in waiting {
            pods.insert(name, uid: name, rank: .init(priority: priority, order: order))
        }
        #expect(pods.count == waiting.count)
        var taken: [String] = []
        while let next = pods.popFirst() { taken.append(next) }
        #expect(taken == ["more urgent", "urgent", "old", "middle", "new", "least"])
        #expect(pods.isEmpty)
    }

    @Test("can be taken out anywhere, and take a new place when they come again", arguments: [1, 2, 3, 10, 257])
    func removal(count: Int) {
        var pods = WaitingPods<Int>()
        for number in 0..<count {
            pods.insert(number, uid: "u\(number)", rank: .init(priority: 0, order: UInt64(number * 31 % count)))
        }
        for number in stride(from: 0, to: count, by: 3) { #expect(pods.remove(uid: "u\(number)") == number) }
        #expect(pods.remove(uid: "u0") == nil)
        for number in stride(from: 1, to: count, by: 3) {
            pods.insert(-number, uid: "u\(number)", rank: .init(priority: 1, order: UInt64(number)))
        }
        var taken: [Int] = []
        while let next = pods.popFirst() { taken.append(next) }
        let raised = stride(from: 1, to: count, by: 3).map { -$0 }
        let others = stride(from: 2, to: count, by: 3).sorted { $0 * 31 % count < $1 * 31 % count }
        #expect(taken == raised + others)
    }
}
