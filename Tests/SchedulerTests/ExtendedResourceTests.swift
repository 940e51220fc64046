import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Extended resources that come from devices", .timeLimit(.minutes(1)))
struct ExtendedResourceTests {
    private let resource = "example.com/gpu"

    private var deviceClass: DeviceClass {
        var deviceClass = DeviceClass(name: "gpu")
        deviceClass.json["spec"] = [
            "extendedResourceName": .string(resource),
            "selectors": [["cel": ["expression": "device.driver == 'gpu.example.com'"]]],
        ]
        return deviceClass
    }

    private func slice(_ node: String, _ devices: Int) -> ResourceSlice {
        var slice = ResourceSlice(name: "slice-\(node)")
        slice.json["spec"] = [
            "driver": "gpu.example.com", "nodeName": .string(node),
            "pool": ["name": .string(node), "generation": 1, "resourceSliceCount": 1],
            "devices": .array((0..<devices).map { ["name": .string("d\($0)")] }),
        ]
        return slice
    }

    private func container(_ name: String, _ count: Int, restarts: Bool = false) -> JSON {
        var container: JSONObject = [
            "name": .string(name), "image": "pause",
            "resources": ["requests": ["cpu": "1", resource: .string("\(count)")]],
        ]
        if restarts { container["restartPolicy"] = "Always" }
        return .object(container)
    }

    private func pod(_ name: String, _ count: Int) -> Pod {
        Make.pod(name) { $0.spec.json["containers"] = [container("main", count)] }
    }

    private func core(_ nodes: [Node], _ slices: [ResourceSlice], _ classes: [DeviceClass]) -> SchedulerCore {
        var core = Make.core(nodes)
        for deviceClass in classes {
            core.changed(.deviceClassChanged, now: Make.start) {
                $0.devices.set(class: deviceClass.name, deviceClass)
            }
        }
        for slice in slices {
            core.changed(.resourceSliceChanged, now: Make.start) { $0.devices.set(slice: slice.name, slice) }
        }
        return core
    }

    private func next(_ core: inout SchedulerCore) -> String {
        switch core.next(now: Make.start + .seconds(60))?.first {
        case .bind(let binding)?:
            let chosen = binding.state.allocations.flatMap { $0.devices?.results ?? [] }
            return "\(binding.node): " + chosen.map { "\($0.request)=\($0.device)" }.sorted().joined(separator: " ")
        case let outcome?: return outcome.text
        case nil: return "nothing"
        }
    }

    @Test("are found on nodes whose devices a class gives that name, until there are no more")
    func devices() {
        var core = core([Make.node("a")], [slice("a", 3)], [deviceClass])
        for name in ["first", "second"] { core.podChanged(.added(pod(name, 2)), now: Make.start) }
        #expect(next(&core) == "a: container-0-request-1=d0 container-0-request-1=d1")
        #expect(next(&core).hasPrefix("second: 0/1 nodes are available: 1 cannot allocate all claims."))
    }

    @Test("are the node's own where it has any, and insufficient where nothing stands for them")
    func ownResources() {
        var plugged = Make.node("a")
        plugged.json["status"] = [
            "allocatable": ["cpu": "4", "memory": "8Gi", "pods": "110", resource: "2"]
        ]
        var own = core([plugged], [slice("a", 3)], [deviceClass])
        own.podChanged(.added(pod("p", 2)), now: Make.start)
        #expect(next(&own) == "a: ")
        var none = core([Make.node("a")], [slice("a", 3)], [])
        none.podChanged(.added(pod("p", 2)), now: Make.start)
        #expect(next(&none).hasPrefix("p: 0/1 nodes are available: 1 Insufficient example.com/gpu."))
        none.changed(.deviceClassChanged, now: Make.start) { $0.devices.set(class: "gpu", deviceClass) }
        #expect(next(&none) == "a: container-0-request-1=d0 container-0-request-1=d1")
    }

    @Test("go by the class's own name too")
    func implicitName() {
        var plain = deviceClass
        plain.spec.extendedResourceName = nil
        var core = core([Make.node("a")], [slice("a", 1)], [plain])
        let pod = Make.pod("p") {
            $0.spec.json["containers"] = [
                [
                    "name": "main", "image": "pause",
                    "resources": ["requests": ["deviceclass.resource.kubernetes.io/gpu": "1"]],
                ]
            ]
        }
        core.podChanged(.added(pod), now: Make.start)
        #expect(next(&core) == "a: container-0-request-0=d0")
    }

    @Test("of containers that run one after the other are shared with those that come later")
    func sharing() throws {
        let spec = Make.pod("p") {
            $0.spec.json["initContainers"] = [
                container("small", 1), container("large", 5), container("sidecar", 1, restarts: true),
            ]
            $0.spec.json["containers"] = [container("main", 2)]
        }.spec
        let plan = try #require(ExtendedRequests(spec)).plan([(resource, "gpu")])
        #expect(
            plan.requests.map { "\($0.name) \($0.exactly?.count ?? 0)" } == [
                "container-1-request-1 2", "container-2-request-1 1", "container-3-request-1 2",
            ])
        let mappings = Dictionary(grouping: plan.mappings, by: \.containerName).mapValues { $0.map(\.requestName) }
        #expect(
            mappings == [
                "small": ["container-2-request-1"],
                "large": ["container-2-request-1", "container-3-request-1", "container-1-request-1"],
                "sidecar": ["container-2-request-1"], "main": ["container-3-request-1"],
            ])
    }

    @Test("become a claim of the pod's before it is bound")
    func claim() async throws {
        let server = FakeAPIServer()
        server.seed(Make.node("a"))
        server.seed(deviceClass)
        server.seed(slice("a", 2))
        server.seed(pod("p", 1))
        let isBound = await Running.scheduler(server) { server in
            server.get(Pod.self, "p", namespace: "default")?.spec.nodeName == "a"
        }
        #expect(isBound)
        let pod = try #require(server.get(Pod.self, "p", namespace: "default"))
        let status = try #require(pod.status.extendedResourceClaimStatus)
        #expect(
            status.requestMappings.map { "\($0.containerName) \($0.resourceName) \($0.requestName)" } == [
                "main example.com/gpu container-0-request-1"
            ])
        let claim = try #require(
            server.get(ResourceResourceClaim.self, status.resourceClaimName, namespace: "default"))
        #expect(claim.annotations["resource.kubernetes.io/extended-resource-claim"] == "true")
        #expect(claim.controllerOwner?.uid == pod.uid)
        #expect(claim.status.reservedFor.map(\.uid) == [pod.uid])
        #expect(claim.status.allocation?.devices?.results.map(\.device) == ["d0"])
        #expect(claim.status.allocation?.allocationTimestamp != nil)
        #expect(claim.metadata.finalizers == ["resource.kubernetes.io/delete-protection"])
    }
}
