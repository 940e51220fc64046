import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Dynamic resources")
struct DeviceTests {
    private func slice(_ node: String, _ devices: [JSON], extra: JSONObject = [:]) -> ResourceSlice {
        var slice = ResourceSlice(name: "slice-\(node)")
        var spec: JSONObject = [
            "driver": "gpu.example.com", "nodeName": .string(node),
            "pool": ["name": .string(node), "generation": 1, "resourceSliceCount": 1], "devices": .array(devices),
        ]
        for member in extra.members { spec[member.key] = member.value }
        slice.json["spec"] = .object(spec)
        return slice
    }

    private func device(_ name: String, _ attributes: JSONObject = [:], _ extra: JSONObject = [:]) -> JSON {
        var device: JSONObject = ["name": .string(name), "attributes": .object(attributes)]
        for member in extra.members { device[member.key] = member.value }
        return .object(device)
    }

    private func claim(_ name: String, _ devices: JSONObject) -> ResourceResourceClaim {
        var claim = ResourceResourceClaim(name: name, namespace: "default")
        claim.metadata.uid = "uid-\(name)"
        claim.json["spec"] = ["devices": .object(devices)]
        return claim
    }

    private func pod(_ name: String, _ claim: String, priority: Int32 = 0) -> Pod {
        Make.pod(name, priority: priority) {
            $0.spec.json["resourceClaims"] = [["name": "c", "resourceClaimName": .string(claim)]]
        }
    }

    /// A cluster of nodes with devices; the class takes every device of the driver.
    private func core(_ slices: [ResourceSlice], _ claims: [ResourceResourceClaim]) -> SchedulerCore {
        var core = Make.core(slices.compactMap { $0.spec.nodeName.map { Make.node($0) } })
        var deviceClass = DeviceClass(name: "gpu")
        deviceClass.json["spec"] = ["selectors": [["cel": ["expression": "device.driver == 'gpu.example.com'"]]]]
        core.changed(.deviceClassChanged, now: Make.start) { $0.devices.set(class: "gpu", deviceClass) }
        for slice in slices {
            core.changed(.resourceSliceChanged, now: Make.start) { $0.devices.set(slice: slice.name, slice) }
        }
        for claim in claims {
            core.changed(.deviceClaimChanged, now: Make.start) { $0.devices.set(claim: claim.key, claim) }
        }
        return core
    }

    private func exactly(_ name: String = "r", _ extra: JSONObject = [:]) -> JSON {
        var exact: JSONObject = ["deviceClassName": "gpu"]
        for member in extra.members { exact[member.key] = member.value }
        return ["name": .string(name), "exactly": .object(exact)]
    }

    /// The devices that the next pod gets, or why it gets none.
    private func next(_ core: inout SchedulerCore) -> String {
        switch core.next(now: Make.start + .seconds(60))?.first {
        case .bind(let binding)?:
            let chosen = binding.state.allocations.flatMap { $0.devices?.results ?? [] }
            return "\(binding.node): " + chosen.map { "\($0.request)=\($0.device)" }.sorted().joined(separator: " ")
        case let outcome?: return outcome.text
        case nil: return "nothing"
        }
    }

    @Test("are chosen by CEL on attributes and capacity")
    func selectors() {
        let slices = [
            slice("a", [device("small", ["model": ["string": "old"]], ["capacity": ["memory": ["value": "8Gi"]]])]),
            slice("b", [device("large", ["model": ["string": "new"]], ["capacity": ["memory": ["value": "80Gi"]]])]),
        ]
        let expression =
            "device.attributes['gpu.example.com'].model == 'new' && device.capacity['gpu.example.com'].memory.isGreaterThan(quantity('10Gi')) && !('x' in device.attributes['other.example.com'])"
        let request = exactly("r", ["selectors": [["cel": ["expression": .string(expression)]]]])
        var core = core(slices, [claim("c1", ["requests": [request]])])
        core.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&core) == "b: r=large")
    }

    @Test("belong to one claim at a time, and are free again when it is gone")
    func exclusive() {
        let claims = [claim("c1", ["requests": [exactly()]]), claim("c2", ["requests": [exactly()]])]
        var core = core([slice("a", [device("d")])], claims)
        core.podChanged(.added(pod("first", "c1")), now: Make.start)
        core.podChanged(.added(pod("second", "c2")), now: Make.start)
        #expect(next(&core) == "a: r=d")
        #expect(next(&core).hasPrefix("second: 0/1 nodes are available: 1 cannot allocate all claims."))
        core.changed(.deviceClaimChanged, now: Make.start) { $0.devices.set(claim: claims[0].key, nil) }
        #expect(next(&core) == "a: r=d")
    }

    @Test("keep to constraints, going back on earlier choices")
    func constraints() {
        let devices = [
            device("d1", ["rack": ["string": "x"]]), device("d2", ["rack": ["string": "y"]]),
            device("d3", ["rack": ["string": "y"]]),
        ]
        let same = claim(
            "c1",
            [
                "requests": [exactly("r", ["count": 2])],
                "constraints": [["matchAttribute": "gpu.example.com/rack"]],
            ])
        var alike = core([slice("a", devices)], [same])
        alike.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&alike) == "a: r=d2 r=d3")
        let distinct = claim(
            "c1",
            [
                "requests": [exactly("r", ["count": 2])],
                "constraints": [["distinctAttribute": "gpu.example.com/rack"]],
            ])
        var different = core([slice("a", devices)], [distinct])
        different.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&different) == "a: r=d1 r=d2")
    }

    @Test("are taken from the first alternative that can be had")
    func alternatives() {
        let request: JSON = [
            "name": "r",
            "firstAvailable": [
                ["name": "many", "deviceClassName": "gpu", "count": 4],
                ["name": "few", "deviceClassName": "gpu", "count": 2],
            ],
        ]
        var core = core(
            [slice("a", [device("d1"), device("d2"), device("d3")])], [claim("c1", ["requests": [request]])])
        core.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&core) == "a: r/few=d1 r/few=d2")
    }

    @Test("are rather taken on a node that has the first alternative")
    func preferredAlternatives() {
        let request: JSON = [
            "name": "r",
            "firstAvailable": [
                ["name": "many", "deviceClassName": "gpu", "count": 3],
                ["name": "few", "deviceClassName": "gpu", "count": 1],
            ],
        ]
        let slices = ["a", "b", "c"].map { slice($0, [device("d1")]) }
        let large = slice("large", [device("d1"), device("d2"), device("d3")])
        var core = core(slices + [large], [claim("c1", ["requests": [request]])])
        core.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&core) == "large: r/many=d1 r/many=d2 r/many=d3")
    }

    @Test("share their pool's counters, and keep off those who do not bear their taints")
    func countersAndTaints() {
        let counters: JSONObject = [
            "sharedCounters": [["name": "chip", "counters": ["memory": ["value": "10"]]]]
        ]
        func part(_ name: String, _ amount: String) -> JSON {
            device(
                name, [:],
                ["consumesCounters": [["counterSet": "chip", "counters": ["memory": ["value": .string(amount)]]]]])
        }
        let tainted = device("bad", [:], ["taints": [["key": "broken", "effect": "NoSchedule"]]])
        let slice = slice("a", [tainted, part("big", "8"), part("half", "5"), part("rest", "5")], extra: counters)
        var core = core([slice], [claim("c1", ["requests": [exactly("r", ["count": 2])]])])
        core.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&core) == "a: r=half r=rest")
    }

    @Test("are had by several claims where they may be, as far as their capacity goes")
    func shared() {
        let device = device(
            "d", [:], ["allowMultipleAllocations": true, "capacity": ["memory": ["value": "10"]]])
        func request(_ amount: String) -> JSON {
            exactly("r", ["capacity": ["requests": ["memory": .string(amount)]]])
        }
        let claims = [("c1", "6"), ("c2", "4"), ("c3", "1")].map { claim($0, ["requests": [request($1)]]) }
        var core = core([slice("a", [device])], claims)
        for claim in claims { core.podChanged(.added(pod("p-\(claim.name)", claim.name)), now: Make.start) }
        #expect(next(&core) == "a: r=d")
        #expect(next(&core) == "a: r=d")
        #expect(next(&core).contains("1 cannot allocate all claims."))
    }

    @Test("are taken from less important pods by preemption")
    func preemption() {
        var held = claim("held", ["requests": [exactly()]])
        held.json["status"] = [
            "allocation": [
                "devices": ["results": [["request": "r", "driver": "gpu.example.com", "pool": "a", "device": "d"]]]
            ],
            "reservedFor": [["resource": "pods", "name": "holder", "uid": "uid-holder"]],
        ]
        var core = core([slice("a", [device("d")])], [held, claim("wanted", ["requests": [exactly()]])])
        core.podChanged(.added(Make.placed(pod("holder", "held"), on: "a")), now: Make.start)
        core.podChanged(.added(pod("urgent", "wanted", priority: 10)), now: Make.start)
        #expect(
            next(&core) == "urgent: 0/1 nodes are available: 1 cannot allocate all claims. a without [\"holder\"]")
    }

    @Test("are waited for while claim or class are missing")
    func missing() {
        var core = core([slice("a", [device("d")])], [])
        core.podChanged(.added(pod("p", "c1")), now: Make.start)
        #expect(next(&core) == "nothing")
        let odd = claim("c1", ["requests": [exactly("r", ["deviceClassName": "none"])]])
        core.changed(.deviceClaimChanged, now: Make.start) { $0.devices.set(claim: odd.key, odd) }
        #expect(
            next(&core).hasPrefix("p: 0/1 nodes are available: request r: device class none does not exist."))
    }
}
