import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Devices that are made ready before a pod is bound", .timeLimit(.minutes(1)))
struct BindingConditionTests {
    private func server() -> FakeAPIServer {
        let server = FakeAPIServer()
        server.seed(Make.node("a"))
        var deviceClass = DeviceClass(name: "gpu")
        deviceClass.json["spec"] = ["selectors": [["cel": ["expression": "device.driver == 'gpu.example.com'"]]]]
        server.seed(deviceClass)
        var slice = ResourceSlice(name: "slice-a")
        let devices = ["d0", "d1"].map { name -> JSON in
            [
                "name": .string(name), "bindsToNode": true, "bindingConditions": ["attached"],
                "bindingFailureConditions": ["broken"],
            ]
        }
        slice.json["spec"] = [
            "driver": "gpu.example.com", "allNodes": true,
            "pool": ["name": "shelf", "generation": 1, "resourceSliceCount": 1], "devices": .array(devices),
        ]
        server.seed(slice)
        var claim = ResourceResourceClaim(name: "c", namespace: "default")
        claim.json["spec"] = [
            "devices": ["requests": [["name": "r", "exactly": ["deviceClassName": "gpu"]]]]
        ]
        server.seed(claim)
        server.seed(
            Make.pod("p") { $0.spec.json["resourceClaims"] = [["name": "c", "resourceClaimName": "c"]] })
        return server
    }

    private static func claim(_ server: FakeAPIServer) -> ResourceResourceClaim? {
        server.get(ResourceResourceClaim.self, "c", namespace: "default")
    }

    /// Says of the device that the claim has that a condition holds, as its driver does.
    private static func report(_ condition: String, _ server: FakeAPIServer) async {
        guard let result = claim(server)?.status.allocation?.devices?.results.first else { return }
        let device: JSON = [
            "driver": "gpu.example.com", "pool": "shelf", "device": .string(result.device),
            "conditions": [["type": .string(condition), "status": "True", "reason": "Told", "message": "so"]],
        ]
        _ = try? await server.client().patch(
            ResourceResourceClaim.self, ObjectKey(namespace: "default", name: "c"),
            .merge(["status": ["devices": [device]]]), subresource: "status")
    }

    @Test("hold the pod up until they are")
    func ready() async throws {
        let server = server()
        let outcome = await Running.scheduler(server) {
            let isChosen = await server.until(.seconds(60)) { Self.claim($0)?.status.allocation != nil }
            #expect(isChosen)
            #expect(server.get(Pod.self, "p", namespace: "default")?.spec.nodeName == nil)
            await Self.report("attached", server)
            return await server.until(.seconds(60)) {
                $0.get(Pod.self, "p", namespace: "default")?.spec.nodeName == "a"
            }
        }
        #expect(outcome)
        let selector = Self.claim(server)?.status.allocation?.nodeSelector?.nodeSelectorTerms.first
        #expect(selector?.matchFields.first?.values == ["a"])
    }

    @Test("are given back where that fails, and the pod is tried again")
    func failure() async {
        let server = server()
        let isFree = await Running.scheduler(server) {
            _ = await server.until(.seconds(60)) { Self.claim($0)?.status.allocation != nil }
            let first = Self.claim(server)?.status.allocation?.allocationTimestamp
            #expect(first != nil)
            await Self.report("broken", server)
            return await server.until(.seconds(60)) { Self.claim($0)?.status.devices.isEmpty ?? false }
        }
        #expect(isFree)
        #expect(server.get(Pod.self, "p", namespace: "default")?.spec.nodeName == nil)
    }
}
