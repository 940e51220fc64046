import KubeAPI
import Machinery
import Node
import Testing

@Suite struct PodConditionsTests {
    private func condition(_ status: PodStatus, _ type: String) -> PodCondition? {
        status.conditions.first { $0.type == type }
    }

    @Test func aFreshPodWaitsForItsSandboxAndItsContainers() {
        var driver = MachineDriver(Pods.pod())
        driver.step()
        let status = driver.status()
        #expect(status.phase == "Pending")
        #expect(condition(status, "PodReadyToStartContainers")?.status == "False")
        #expect(condition(status, "Initialized")?.status == "True")
        #expect(condition(status, "Ready")?.reason == "ContainersNotReady")
        #expect(condition(status, "Ready")?.message == "containers with unready status: [c]")
        #expect(condition(status, "PodScheduled")?.status == "True")
        #expect(status.containerStatuses.first?.state?.waiting?.reason == "ContainerCreating")
        #expect(status.hostIP == "192.0.2.10")
        #expect(status.podIP == nil)
    }

    @Test func aRunningPodIsReadyAndHasItsAddress() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        let id = driver.run("c")
        let status = driver.status()
        #expect(status.phase == "Running")
        for type in ["PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready"] {
            #expect(condition(status, type)?.status == "True", "\(type)")
        }
        #expect(status.podIP == "10.244.0.7")
        #expect(status.podIPs.map(\.ip) == ["10.244.0.7"])
        #expect(status.containerStatuses.first?.containerID == "containerd://\(id)")
        #expect(status.containerStatuses.first?.started == true)
    }

    @Test func readinessGatesHoldThePodBack() {
        var driver = MachineDriver(
            Pods.pod { pod in
                var gate = PodReadinessGate()
                gate.conditionType = "example.com/gate"
                pod.spec.readinessGates = [gate]
            })
        driver.prepare()
        driver.run("c")
        let ready = condition(driver.status(), "Ready")
        #expect(ready?.reason == "ReadinessGatesNotReady")
        #expect(
            ready?.message == "corresponding condition of pod readiness gate \"example.com/gate\" does not exist.")
        #expect(condition(driver.status(), "ContainersReady")?.status == "True")
    }

    @Test func aConditionKeepsItsTimeWhileItStands() {
        var driver = MachineDriver(Pods.pod())
        driver.step()
        var pod = driver.machine.pod
        pod.status = driver.status()
        driver.machine.update(pod)
        driver.now = driver.now + .seconds(30)
        #expect(condition(driver.status(), "Ready")?.lastTransitionTime == noon)
        driver.apply(.volumesPrepared, .sandbox(Records.sandbox("s-1")), .finished(.createSandbox))
        #expect(condition(driver.status(), "PodReadyToStartContainers")?.lastTransitionTime == noon + .seconds(30))
    }

    @Test func aPatchHoldsOnlyWhatChanged() throws {
        var driver = MachineDriver(Pods.pod())
        driver.step()
        let before = driver.status()
        #expect(PodStatusPatch.patch(from: before, to: before, uid: "u") == nil)
        driver.apply(.volumesPrepared, .sandbox(Records.sandbox("s-1")), .finished(.createSandbox))
        let patch = PodStatusPatch.patch(from: before, to: driver.status(), uid: "u")
        guard case .strategic(let json)? = patch else {
            Issue.record("no patch")
            return
        }
        #expect(json["metadata"]?["uid"] == "u")
        #expect(json["status"]?.objectValue?.keys == ["conditions", "podIP", "podIPs"])
        #expect(json["status"]?["conditions"]?.arrayValue?.count == 1)
    }
}
