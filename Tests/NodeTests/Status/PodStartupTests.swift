import KubeAPI
import Machinery
import Node
import Testing

@Suite struct PodStartupTests {
    private func pod(_ change: (inout Container) -> Void = { _ in }) throws -> Pod {
        let status: PodStatus = try Pods.parse(
            """
            {"conditions":[{"type":"PodScheduled","status":"True","lastTransitionTime":"\((noon + .seconds(2)).rfc3339)"}]}
            """)
        return Pods.pod { pod in
            pod.metadata.creationTimestamp = noon
            pod.status = status
            change(&pod.spec.containers[0])
        }
    }

    @Test func theTimeUntilReadyIsSplitInParts() throws {
        let probe: Probe = try Pods.parse(#"{"httpGet":{"port":80}}"#)
        var driver = MachineDriver(
            try pod { container in
                container.startupProbe = probe
                container.readinessProbe = probe
            })
        var startup = PodStartup(driver.machine)
        func look() -> StartupTimes? { startup.observe(driver.machine, now: driver.now) }
        driver.now = noon + .seconds(3)
        driver.prepare()
        driver.apply(.pulling(container: "c"))
        #expect(look() == nil)
        driver.now = noon + .seconds(13)
        driver.apply(.pullEnded(container: "c"))
        #expect(look() == nil)
        driver.now = noon + .seconds(14)
        let id = driver.run("c")
        #expect(look() == nil)
        driver.now = noon + .seconds(19)
        driver.apply(.probe(containerID: id, .started))
        #expect(look() == nil)
        driver.now = noon + .seconds(20)
        driver.apply(.probe(containerID: id, .ready(true)))
        let times = try #require(look())
        #expect(
            times
                == StartupTimes(
                    queue: .seconds(2), pull: .seconds(10), prepare: .seconds(2), load: .seconds(5), warm: .seconds(1)))
        #expect(
            times.text
                == "Ready 20.0s after its creation: queue 2.0s, pull 10.0s, prepare 2.0s, load 5.0s, warm 1.0s")
        // Once is enough.
        driver.apply(.probe(containerID: id, .ready(false)))
        driver.apply(.probe(containerID: id, .ready(true)))
        #expect(look() == nil)
    }

    @Test func withoutProbesAContainerIsLoadedWhenItRuns() throws {
        var driver = MachineDriver(try pod())
        var startup = PodStartup(driver.machine)
        driver.now = noon + .seconds(4)
        driver.prepare()
        driver.run("c")
        let times = startup.observe(driver.machine, now: driver.now)
        #expect(
            times == StartupTimes(queue: .seconds(2), pull: .zero, prepare: .seconds(2), load: .zero, warm: .zero))
    }

    @Test func aPodThatRanBeforeIsNotMeasured() throws {
        let driver = MachineDriver(
            try pod(), sandboxes: [Records.sandbox("s-1")], containers: [Records.container("id", name: "c")])
        var startup = PodStartup(driver.machine)
        #expect(startup.observe(driver.machine, now: noon + .seconds(5)) == nil)
    }
}
