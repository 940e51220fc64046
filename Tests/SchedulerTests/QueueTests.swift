import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("The scheduling queue")
struct QueueTests {
    private func texts(_ core: inout SchedulerCore, at moment: Duration = .zero) -> [String] {
        var texts: [String] = []
        while let outcomes = core.next(now: Make.start + moment) { texts += outcomes.map(\.text) }
        return texts
    }

    @Test("hands pods out by priority, then by age")
    func order() {
        var core = Make.core([Make.node("a")])
        for (name, priority) in [("first", 0), ("urgent", 5), ("second", 0)] {
            core.podChanged(.added(Make.pod(name, priority: Int32(priority))), now: Make.start)
        }
        #expect(texts(&core) == ["urgent to a", "first to a", "second to a"])
    }

    @Test("wakes a pod only when what was in its way changes")
    func hints() {
        var core = Make.core([Make.node("a", cpu: "1")])
        core.podChanged(.added(Make.pod("big", cpu: "2")), now: Make.start)
        #expect(texts(&core).count == 1)
        // Neither labels, nor a node that is too small, nor another pod's coming can help.
        core.nodeChanged(
            .updated(old: Make.node("a", cpu: "1"), new: Make.node("a", cpu: "1", labels: ["x": "y"])), now: Make.start)
        core.nodeChanged(.added(Make.node("b", cpu: "1")), now: Make.start)
        core.podChanged(.added(Make.placed(Make.pod("other"), on: "a")), now: Make.start)
        #expect(core.queue.counts.unschedulable == 1)
        #expect(texts(&core, at: .seconds(20)).isEmpty)
        core.nodeChanged(.added(Make.node("c", cpu: "2")), now: Make.start)
        #expect(texts(&core, at: .seconds(20)) == ["big to c"])
    }

    @Test("keeps gated pods until their gates are lifted")
    func gates() {
        var core = Make.core([Make.node("a")])
        let gated = Make.pod("gated") { $0.spec.json["schedulingGates"] = [["name": "wait"]] }
        core.podChanged(.added(gated), now: Make.start)
        core.nodeChanged(.added(Make.node("b", cpu: "8")), now: Make.start)
        #expect(texts(&core).isEmpty)
        core.podChanged(.updated(old: gated, new: Make.pod("gated")), now: Make.start)
        #expect(texts(&core).count == 1)
    }

    @Test("lets pods rest longer after each error, and never shortens that")
    func errors() {
        var queue = SchedulingQueue(now: Make.start)
        var cluster = ClusterState()
        let info = cluster.info(Make.pod("p"))
        queue.add(info, gate: nil, now: Make.start)
        var moment = Make.start
        for seconds in [1, 2, 4, 8, 10, 10] {
            let pod = queue.next(now: moment)
            #expect(pod?.info.uid == info.uid)
            if let pod { queue.retry(pod, now: moment) }
            #expect(queue.next(now: moment + .seconds(seconds) - .milliseconds(1)) == nil)
            moment += .seconds(seconds)
        }
    }

    @Test("tries pods again that nothing woke for five minutes")
    func forgotten() {
        var core = Make.core([Make.node("a", cpu: "1")])
        core.podChanged(.added(Make.pod("big", cpu: "2")), now: Make.start)
        #expect(texts(&core).count == 1)
        core.queue.wakeForgotten(now: Make.start + .seconds(299))
        #expect(texts(&core, at: .seconds(299)).isEmpty)
        core.queue.wakeForgotten(now: Make.start + .seconds(300))
        #expect(texts(&core, at: .seconds(300)).count == 1)
    }

    @Test("forgets pods that are deleted, and counts again what a failed binding took")
    func bindings() {
        var core = Make.core([Make.node("a", cpu: "1")])
        core.podChanged(.added(Make.pod("one", cpu: "1")), now: Make.start)
        core.podChanged(.added(Make.pod("two", cpu: "1")), now: Make.start)
        core.podChanged(.added(Make.pod("gone", cpu: "1")), now: Make.start)
        core.podChanged(.deleted(Make.pod("gone", cpu: "1")), now: Make.start)
        guard case .bind(let binding)? = core.next(now: Make.start)?.first else {
            Issue.record("the first pod fits")
            return
        }
        #expect(
            core.next(now: Make.start)?.first?.text.hasPrefix("two: 0/1 nodes are available: 1 Insufficient cpu.")
                ?? false)
        core.bindingFailed(binding, isGone: true, now: Make.start)
        #expect(texts(&core, at: .seconds(30)) == ["two to a"])
    }
}
