import KubeAPI
import Scheduler
import Testing

@Suite("Features of node agents")
struct NodeFeatureTests {
    private func restarting(_ name: String) -> Pod {
        Make.pod(name) {
            $0.spec.json["containers"] = [
                [
                    "name": "c", "image": "pause",
                    "restartPolicyRules": [
                        ["action": "RestartAllContainers", "exitCodes": ["operator": "In", "values": [1]]]
                    ],
                ]
            ]
        }
    }

    private func node(_ name: String, _ features: [String]) -> Node {
        var node = Make.node(name)
        node.status.declaredFeatures = features
        return node
    }

    private func next(_ core: inout SchedulerCore) -> String? {
        core.next(now: Make.start)?.first?.text
    }

    @Test("are needed by pods that restart all containers together, or mix user namespaces with the host's network")
    func needed() {
        let shared = Make.pod("shared") {
            $0.spec.hostNetwork = true
            $0.spec.hostUsers = false
        }
        for (pod, feature) in [
            (restarting("p"), "RestartAllContainersOnContainerExits"), (shared, "UserNamespacesHostNetworkSupport"),
        ] {
            var core = Make.core([node("old", ["Other"]), node("new", ["Other", feature])])
            core.podChanged(.added(pod), now: Make.start)
            #expect(next(&core) == "\(pod.name) to new")
        }
    }

    @Test("keep nobody else from a node")
    func others() {
        var core = Make.core([node("old", [])])
        core.podChanged(.added(Make.pod("p") { $0.spec.hostNetwork = true }), now: Make.start)
        #expect(next(&core) == "p to old")
    }

    @Test("are waited for until a node declares them")
    func waited() {
        var core = Make.core([node("a", [])])
        core.podChanged(.added(restarting("p")), now: Make.start)
        #expect(
            next(&core)?.hasPrefix("p: 0/1 nodes are available: 1 node(s) didn't match Pod's required features.")
                ?? false)
        core.nodeChanged(
            .updated(old: node("a", []), new: node("a", ["RestartAllContainersOnContainerExits"])), now: Make.start)
        #expect(next(&core) == "p to a")
    }
}
