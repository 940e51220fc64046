import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Gangs")
struct GangTests {
    private func group(minimum: Int32) -> PodGroup {
        var group = PodGroup(name: "gang", namespace: "default")
        group.spec.schedulingPolicy = PodGroupSchedulingPolicy(json: ["gang": ["minCount": .int(Int64(minimum))]])
        return group
    }

    private func member(_ number: Int) -> Pod {
        Make.pod("m\(number)", cpu: "1") {
            $0.spec.schedulingGroup = PodSchedulingGroup(json: ["podGroupName": "gang"])
        }
    }

    private func add(_ count: Int, to core: inout SchedulerCore) {
        for number in 0..<count { core.podChanged(.added(member(number)), now: Make.start) }
    }

    private func texts(_ core: inout SchedulerCore) -> [String] {
        var texts: [String] = []
        while let outcomes = core.next(now: Make.start + .seconds(30)) { texts += outcomes.map(\.text) }
        return texts
    }

    private func announce(_ group: PodGroup, to core: inout SchedulerCore) {
        core.changed(.podGroupChanged, object: group.key.description, now: Make.start) { $0.groups.set(group) }
    }

    @Test("wait for their group, and for enough pods")
    func waiting() {
        var core = Make.core([Make.node("a", cpu: "8")])
        add(2, to: &core)
        #expect(texts(&core).isEmpty)
        announce(group(minimum: 3), to: &core)
        #expect(texts(&core).isEmpty)
        core.podChanged(.added(member(2)), now: Make.start)
        #expect(texts(&core).sorted() == ["m0 to a", "m1 to a", "m2 to a"])
    }

    @Test("are placed together or not at all")
    func allOrNone() {
        var core = Make.core([Make.node("a", cpu: "2")])
        announce(group(minimum: 3), to: &core)
        add(3, to: &core)
        let refused = texts(&core)
        #expect(refused.count == 3)
        #expect(!refused.contains { $0.contains(" to a") })
        #expect(core.cluster.nodes[0].pods.isEmpty)
        core.nodeChanged(.added(Make.node("b", cpu: "1")), now: Make.start)
        #expect(texts(&core).filter { $0.contains(" to a") || $0.contains(" to b") }.count == 3)
    }

    @Test("let further pods follow one by one once enough have a place")
    func following() {
        var core = Make.core([Make.node("a", cpu: "3")])
        announce(group(minimum: 2), to: &core)
        add(4, to: &core)
        let all = texts(&core)
        #expect(all.filter { $0.contains(" to a") }.count == 3)
        #expect(all.filter { $0.contains("Insufficient cpu") }.count == 1)
    }

    #if DEBUG
        private static let largeCount = 60
    #else
        private static let largeCount = 1000
    #endif

    @Test("of a thousand pods are placed as one")
    func large() {
        let count = Self.largeCount
        var core = Make.core((0..<count).map { Make.node("n\($0)", cpu: "1") })
        announce(group(minimum: Int32(count)), to: &core)
        add(count, to: &core)
        #expect(texts(&core).filter { $0.contains(" to n") }.count == count)
    }
}
