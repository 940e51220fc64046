import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Preemption")
struct PreemptionTests {
    private func outcome(
        _ nodes: [Node], _ placed: [Pod], _ pod: Pod, budgets: [PodDisruptionBudget] = []
    ) -> [String] {
        var core = Make.core(nodes)
        for other in placed { core.podChanged(.added(other), now: Make.start) }
        for budget in budgets { core.cluster.budgets[budget.key] = DisruptionBudget(budget) }
        core.podChanged(.added(pod), now: Make.start)
        return (core.next(now: Make.start) ?? []).map(\.text)
    }

    private let refused = "0/1 nodes are available: 1 Insufficient cpu."

    @Test("takes the fewest and least important pods off")
    func fewest() {
        let placed = [("small", "1", 0), ("large", "2", 1), ("important", "1", 5)].map { name, cpu, priority in
            Make.placed(Make.pod(name, cpu: cpu, priority: Int32(priority)), on: "a")
        }
        #expect(
            outcome([Make.node("a")], placed, Make.pod("new", cpu: "2", priority: 10)) == [
                "new: \(refused) a without [\"large\"]"
            ])
        #expect(
            outcome([Make.node("a")], placed, Make.pod("new", cpu: "1", priority: 10)) == [
                "new: \(refused) a without [\"small\"]"
            ])
    }

    @Test("says why it does not help, in kube-scheduler's words")
    func words() {
        let full = [Make.placed(Make.pod("other", cpu: "4", priority: 10), on: "a")]
        let none = "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."
        #expect(
            outcome([Make.node("a")], full, Make.pod("new", cpu: "1", priority: 10)) == ["new: \(refused) \(none)"])
        let helpless = "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."
        #expect(
            outcome([Make.node("a")], [], Make.pod("new", cpu: "9", priority: 10)) == ["new: \(refused) \(helpless)"])
        let never = Make.pod("new", cpu: "1", priority: 20) { $0.spec.preemptionPolicy = "Never" }
        #expect(
            outcome([Make.node("a")], full, never) == [
                "new: \(refused) preemption: not eligible due to preemptionPolicy=Never."
            ])
        #expect(outcome([], [], Make.pod("new")) == ["new: no nodes available to schedule pods"])
    }

    @Test("prefers nodes where no disruption budget is broken")
    func budgets() {
        var budget = PodDisruptionBudget(name: "guard", namespace: "default")
        budget.spec.selector = LabelSelector(json: ["matchLabels": ["app": "guarded"]])
        budget.status.disruptionsAllowed = 0
        let placed = [
            Make.placed(Make.pod("guarded", cpu: "4", labels: ["app": "guarded"]), on: "a"),
            Make.placed(Make.pod("free", cpu: "4", priority: 3), on: "b"),
        ]
        let message = "0/2 nodes are available: 2 Insufficient cpu."
        #expect(
            outcome(
                [Make.node("a"), Make.node("b")], placed, Make.pod("new", cpu: "1", priority: 10), budgets: [budget])
                == ["new: \(message) b without [\"free\"]"])
        // A budget is broken where there is no other way.
        #expect(
            outcome([Make.node("a")], [placed[0]], Make.pod("new", cpu: "1", priority: 10), budgets: [budget])
                == ["new: \(refused) a without [\"guarded\"]"])
    }

    @Test("prefers the node whose most important victim is least important")
    func leastImportant() {
        let placed = [
            Make.placed(Make.pod("a1", cpu: "4", priority: 5), on: "a"),
            Make.placed(Make.pod("b1", cpu: "2", priority: 1), on: "b"),
            Make.placed(Make.pod("b2", cpu: "2", priority: 1), on: "b"),
        ]
        #expect(
            outcome([Make.node("a"), Make.node("b")], placed, Make.pod("new", cpu: "4", priority: 10)) == [
                "new: 0/2 nodes are available: 2 Insufficient cpu. b without [\"b1\", \"b2\"]"
            ])
    }

    @Test("goes on whether the victims' end or that of their deletion is told first", arguments: [true, false])
    func order(deletionFirst: Bool) {
        var core = Make.core([Make.node("a")])
        let victim = Make.placed(Make.pod("victim", cpu: "4", priority: 1), on: "a")
        core.podChanged(.added(victim), now: Make.start)
        let urgent = Make.pod("urgent", cpu: "4", priority: 10)
        core.podChanged(.added(urgent), now: Make.start)
        #expect(core.next(now: Make.start)?.count == 1)
        if deletionFirst { core.podChanged(.deleted(victim), now: Make.start) }
        core.preemptionEnded(core.cluster.info(urgent), [core.cluster.info(victim)], succeeded: true, now: Make.start)
        if !deletionFirst { core.podChanged(.deleted(victim), now: Make.start) }
        #expect(core.next(now: Make.start)?.map(\.text) == ["urgent to a"])
    }

    @Test("keeps the room for the pod until its victims are gone, and then places it there")
    func nominated() {
        var core = Make.core([Make.node("a"), Make.node("b", cpu: "1")])
        let victim = Make.placed(Make.pod("victim", cpu: "4", priority: 1), on: "a")
        core.podChanged(.added(victim), now: Make.start)
        core.podChanged(.added(Make.pod("urgent", cpu: "4", priority: 10)), now: Make.start)
        let message = "0/2 nodes are available: 2 Insufficient cpu."
        #expect(core.next(now: Make.start)?.map(\.text) == ["urgent: \(message) a without [\"victim\"]"])
        core.preemptionEnded(
            core.cluster.info(Make.pod("urgent", priority: 10)), [core.cluster.info(victim)], succeeded: true,
            now: Make.start)
        // Its victims do not seem to be going yet: it would only take others off.
        #expect(core.next(now: Make.start + .seconds(60)) == nil)
        core.podChanged(.deleted(victim), now: Make.start)
        // A less important pod that comes now does not take the room.
        core.podChanged(.added(Make.pod("late", cpu: "4", priority: 5)), now: Make.start)
        var texts: [String] = []
        while let outcomes = core.next(now: Make.start + .seconds(60)) { texts += outcomes.map(\.text) }
        #expect(texts.first == "urgent to a")
        #expect(texts.dropFirst().first?.hasPrefix("late: \(message)") ?? false)
    }
}
