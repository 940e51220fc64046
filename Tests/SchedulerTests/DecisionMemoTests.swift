import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("What is kept of decisions")
struct DecisionMemoTests {
    private func texts(_ core: inout SchedulerCore, at moment: Duration = .zero) -> [String] {
        var texts: [String] = []
        while let outcomes = core.next(now: Make.start + moment) { texts += outcomes.map(\.text) }
        return texts
    }

    @Test("is asked anew where room is being made for another pod")
    func nominations() {
        var core = Make.core([Make.node("a", cpu: "2"), Make.node("b", cpu: "2")])
        for node in ["a", "b"] {
            core.podChanged(
                .added(Make.placed(Make.pod("victim-\(node)", cpu: "2"), on: node)), now: Make.start)
        }
        // Both are of one template: what was found out for the first must not send the second to the same node.
        for name in ["first", "second"] {
            core.podChanged(.added(Make.pod(name, cpu: "2", priority: 10)), now: Make.start)
        }
        let victims = texts(&core).map { $0.hasSuffix(#"["victim-a"]"#) ? "a" : "b" }
        #expect(victims.sorted() == ["a", "b"])
    }

    @Test("lets a pod go where room was made for it, and keeps its equals away")
    func ownRoom() {
        var core = Make.core([Make.node("a", cpu: "1")])
        let victim = Make.placed(Make.pod("victim", cpu: "1"), on: "a")
        core.podChanged(.added(victim), now: Make.start)
        core.podChanged(.added(Make.pod("first", cpu: "1", priority: 10)), now: Make.start)
        #expect(texts(&core).count == 1)
        core.podChanged(.added(Make.pod("second", cpu: "1", priority: 10)), now: Make.start)
        #expect(texts(&core).allSatisfy { $0.hasPrefix("second: 0/1") })
        core.podChanged(.deleted(victim), now: Make.start)
        core.preemptionEnded(Self.info("first"), [], succeeded: true, now: Make.start)
        #expect(texts(&core, at: .seconds(30)).contains("first to a"))
    }

    @Test("of a node where taking pods off helps nobody holds until the node changes")
    func refusedTrials() {
        var core = Make.core([Make.node("a", cpu: "1")])
        let strong = Make.placed(Make.pod("strong", cpu: "1", priority: 100), on: "a")
        core.podChanged(.added(strong), now: Make.start)
        for name in ["first", "second"] {
            core.podChanged(.added(Make.pod(name, cpu: "1", priority: 10)), now: Make.start)
        }
        let refused = texts(&core)
        #expect(refused.count == 2)
        #expect(refused.allSatisfy { $0.contains("0/1") && !$0.hasSuffix("]") }, "\(refused)")
        core.podChanged(.added(Make.placed(Make.pod("weak", cpu: "1"), on: "a")), now: Make.start)
        core.podChanged(.deleted(strong), now: Make.start)
        let later = texts(&core, at: .seconds(30))
        #expect(later.contains { $0.hasSuffix(#"["weak"]"#) }, "\(later)")
    }

    private static func info(_ name: String) -> PodInfo { PodInfo(Make.pod(name, cpu: "1", priority: 10)) }

    @Test("of a node's devices holds until one of them is taken or given back")
    func devices() {
        var core = Make.core([Make.node("a")])
        var deviceClass = DeviceClass(name: "gpu")
        deviceClass.json["spec"] = ["selectors": [["cel": ["expression": "device.driver == 'gpu.example.com'"]]]]
        core.changed(.deviceClassChanged, now: Make.start) { $0.devices.set(class: "gpu", deviceClass) }
        var slice = ResourceSlice(name: "slice-a")
        slice.json["spec"] = [
            "driver": "gpu.example.com", "nodeName": "a",
            "pool": ["name": "a", "generation": 1, "resourceSliceCount": 1],
            "devices": [["name": "d0"], ["name": "d1"]],
        ]
        core.changed(.resourceSliceChanged, now: Make.start) { $0.devices.set(slice: slice.name, slice) }
        var claims: [ResourceResourceClaim] = []
        for number in 0..<4 {
            var claim = ResourceResourceClaim(name: "c\(number)", namespace: "default")
            claim.metadata.uid = "uid-c\(number)"
            claim.json["spec"] = ["devices": ["requests": [["name": "r", "exactly": ["deviceClassName": "gpu"]]]]]
            core.deviceClaimChanged(claim.key, claim, now: Make.start)
            claims.append(claim)
            core.podChanged(
                .added(
                    Make.pod("p\(number)") {
                        $0.spec.json["resourceClaims"] = [
                            ["name": "c", "resourceClaimName": .string(claim.name)]
                        ]
                    }), now: Make.start)
        }
        let first = texts(&core)
        #expect(first.prefix(2) == ["p0 to a", "p1 to a"])
        #expect(first.suffix(2).allSatisfy { $0.contains("1 cannot allocate all claims.") })
        // A claim that has nothing, and is none of theirs, wakes nobody; one that gives its device back does.
        core.deviceClaimChanged(ObjectKey(namespace: "default", name: "other"), nil, now: Make.start)
        #expect(core.queue.counts.unschedulable == 2)
        core.deviceClaimChanged(claims[0].key, nil, now: Make.start)
        let second = texts(&core, at: .seconds(30))
        #expect(second.filter { $0.hasSuffix(" to a") }.count == 1)
    }
}
