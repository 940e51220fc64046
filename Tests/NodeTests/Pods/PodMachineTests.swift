import KubeAPI
import Machinery
import Node
import Testing

@Suite struct PodMachineTests {
    @Test func volumesAndSandboxAreMadeTogetherAndTheContainerAfterBoth() {
        var driver = MachineDriver(Pods.pod())
        #expect(driver.step() == [.prepareVolumes, .createSandbox(attempt: 0)])
        #expect(driver.apply(.volumesPrepared).isEmpty)
        driver.apply(.sandbox(Records.sandbox("s-1")), .finished(.createSandbox))
        #expect(driver.actions == [.start(container: "c", kind: .main, restartCount: 0, sandboxID: "s-1")])
        #expect(driver.step().isEmpty)
    }

    @Test func anEndSoonAfterTheStartIsToldInsteadOfIt() {
        func driver(stdinOnce: Bool, tty: Bool = false) -> MachineDriver {
            var driver = MachineDriver(
                Pods.pod {
                    $0.spec.restartPolicy = "Never"
                    $0.spec.containers = [
                        Pods.container("c") {
                            $0.stdin = true
                            $0.stdinOnce = stdinOnce
                            $0.tty = tty
                        }
                    ]
                })
            driver.prepare()
            return driver
        }
        let nothing = PodStatus()
        var attached = driver(stdinOnce: true)
        #expect(attached.machine.statusDelay(told: nothing, now: attached.now) == nil)
        let id = attached.run("c")
        #expect(attached.machine.statusDelay(told: nothing, now: attached.now) == .milliseconds(500))
        let later = attached.now + .milliseconds(400)
        #expect(attached.machine.statusDelay(told: nothing, now: later) == .milliseconds(100))
        #expect(attached.machine.statusDelay(told: nothing, now: attached.now + .milliseconds(500)) == nil)
        // What was told is not taken back, and another clock's time is not waited for.
        #expect(attached.machine.statusDelay(told: attached.status(), now: later) == nil)
        #expect(attached.machine.statusDelay(told: nothing, now: attached.now - .seconds(1)) == nil)
        attached.end(id, name: "c", code: 0)
        #expect(attached.machine.statusDelay(told: nothing, now: later) == nil)
        var terminal = driver(stdinOnce: true, tty: true)
        terminal.run("c")
        #expect(terminal.machine.statusDelay(told: nothing, now: terminal.now) == .milliseconds(200))
        var plain = driver(stdinOnce: false)
        plain.run("c")
        #expect(plain.machine.statusDelay(told: nothing, now: plain.now) == nil)
    }

    @Test func containersStartOneAfterAnotherInTheirOrder() {
        var driver = MachineDriver(Pods.pod { $0.spec.containers = ["a", "b"].map { Pods.container($0) } })
        driver.prepare()
        #expect(driver.starts == ["a"])
        driver.run("a")
        #expect(driver.starts == ["b"])
    }

    @Test func initContainersRunToTheirEndFirst() {
        var driver = MachineDriver(
            Pods.pod { $0.spec.initContainers = ["i1", "i2"].map { Pods.container($0) } })
        driver.prepare()
        #expect(driver.starts == ["i1"])
        let first = driver.run("i1")
        #expect(driver.starts.isEmpty)
        #expect(driver.status().phase == "Pending")
        driver.end(first, name: "i1", code: 0)
        #expect(driver.starts == ["i2"])
        let second = driver.run("i2")
        driver.end(second, name: "i2", code: 0)
        #expect(driver.starts == ["c"])
    }

    @Test func aFailedInitContainerEndsAPodThatNeverRestarts() {
        var driver = MachineDriver(
            Pods.pod {
                $0.spec.restartPolicy = "Never"
                $0.spec.initContainers = [Pods.container("i")]
            })
        driver.prepare()
        let id = driver.run("i")
        driver.end(id, name: "i", code: 3)
        #expect(driver.actions == [.stopSandbox(id: "s-1")])
        driver.apply(.sandbox(Records.sandbox("s-1", isReady: false)), .finished(.stopSandbox(id: "s-1")))
        #expect(driver.machine.lifecycle == .terminated(.completed))
        #expect(driver.status().phase == "Failed")
    }

    @Test func aSidecarRunsBesideTheMainContainerAndEndsAfterIt() {
        var driver = MachineDriver(
            Pods.pod {
                $0.spec.restartPolicy = "Never"
                $0.spec.initContainers = [Pods.container("side") { $0.restartPolicy = "Always" }]
            })
        driver.prepare()
        #expect(driver.starts == ["side"])
        let side = driver.run("side")
        #expect(driver.starts == ["c"])
        let main = driver.run("c")
        #expect(driver.status().phase == "Running")
        driver.end(main, name: "c", code: 0)
        #expect(driver.stops == ["side"])
        driver.end(side, name: "side", code: 143)
        #expect(driver.actions == [.stopSandbox(id: "s-1")])
        driver.apply(.sandbox(Records.sandbox("s-1", isReady: false)), .finished(.stopSandbox(id: "s-1")))
        #expect(driver.status().phase == "Succeeded")
    }

    @Test(arguments: [
        ("Always", Int32(0), true), ("Always", 1, true), ("OnFailure", 0, false), ("OnFailure", 1, true),
        ("Never", 0, false), ("Never", 1, false),
    ])
    func restartPolicyDecidesWhatFollowsAnEnd(policy: String, code: Int32, restarts: Bool) {
        var driver = MachineDriver(Pods.pod { $0.spec.restartPolicy = policy })
        driver.prepare()
        let id = driver.run("c")
        driver.end(id, name: "c", code: code)
        #expect(driver.starts == (restarts ? ["c"] : []))
        #expect(driver.actions.contains(.stopSandbox(id: "s-1")) == !restarts)
    }

    @Test func aCrashingContainerWaitsLongerEachTime() throws {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        var id = driver.run("c")
        var waits: [Duration] = []
        for count in Int32(0)..<8 {
            driver.end(id, name: "c", code: 1, restartCount: count)
            if driver.starts.isEmpty {
                let wait = try #require(driver.wakes.first)
                waits.append(wait)
                let state = try #require(driver.status().containerStatuses.first)
                #expect(state.state?.waiting?.reason == "CrashLoopBackOff")
                #expect(state.lastState?.terminated?.exitCode == 1)
                #expect(driver.status().phase == "Running")
                driver.now = driver.now + wait
                driver.apply(.tick)
            }
            #expect(driver.starts == ["c"])
            id = driver.run("c", restartCount: count + 1)
        }
        #expect(waits == [10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
    }

    @Test func tenMinutesOfCalmResetTheBackOff() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        let first = driver.run("c")
        driver.end(first, name: "c", code: 1)
        #expect(driver.starts == ["c"])
        let second = driver.run("c", restartCount: 1)
        driver.now = driver.now + .seconds(601)
        driver.end(second, name: "c", code: 1, restartCount: 1)
        #expect(driver.starts == ["c"])
    }

    @Test func aFailedStartIsTriedAgainAfterItsDelayAndIsNoCrash() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        driver.apply(
            .failed(.start(container: "c"), reason: "ErrImagePull", message: "no such image", retryAfter: .seconds(2)))
        #expect(driver.starts.isEmpty)
        #expect(driver.wakes == [.seconds(2)])
        #expect(driver.status().containerStatuses.first?.state?.waiting?.reason == "ErrImagePull")
        driver.now = driver.now + .seconds(2)
        driver.apply(.tick)
        #expect(driver.actions == [.start(container: "c", kind: .main, restartCount: 0, sandboxID: "s-1")])
    }

    @Test func deletionStopsContainersThenTheSandboxThenTheObject() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        let id = driver.run("c")
        var deleted = driver.machine.pod
        deleted.metadata.deletionTimestamp = noon
        deleted.metadata.deletionGracePeriodSeconds = 5
        driver.machine.update(deleted)
        driver.step()
        #expect(
            driver.actions == [
                .stop(
                    StopOrder(
                        containerID: id, name: "c", graceSeconds: 5, message: "Stopping container c", runsPreStop: true)
                )
            ])
        driver.end(id, name: "c", code: 0)
        #expect(driver.actions == [.stopSandbox(id: "s-1")])
        driver.apply(.sandbox(Records.sandbox("s-1", isReady: false)), .finished(.stopSandbox(id: "s-1")))
        #expect(driver.actions.isEmpty, "the last status comes before the object goes")
        driver.machine.noteFinalStatusWritten()
        #expect(driver.step() == [.finalize])
        #expect(driver.apply(.finalized) == [.cleanUp])
        driver.apply(.cleanedUp)
        #expect(driver.machine.isGone)
    }

    @Test func aSecondDeletionMayOnlyShortenTheGrace() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        driver.run("c")
        func deletion(grace: Int64) -> [PodAction] {
            var deleted = driver.machine.pod
            deleted.metadata.deletionTimestamp = noon
            deleted.metadata.deletionGracePeriodSeconds = grace
            driver.machine.update(deleted)
            return driver.step()
        }
        #expect(deletion(grace: 30).count == 1)
        #expect(deletion(grace: 60).isEmpty)
        let again = deletion(grace: 1)
        #expect(again.count == 1)
        guard case .stop(let order)? = again.first else { return }
        #expect(order.graceSeconds == 1)
        #expect(order.message == nil)
    }

    @Test func aPodThatVanishedFromTheAPIIsBroughtDownWithoutFinalizing() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        let id = driver.run("c")
        driver.machine.noteGoneFromAPI()
        #expect(driver.step().count == 1)
        driver.end(id, name: "c", code: 137)
        driver.apply(.sandbox(Records.sandbox("s-1", isReady: false)), .finished(.stopSandbox(id: "s-1")))
        #expect(driver.actions == [.cleanUp])
    }

    @Test func aDeadSandboxGivesItsNetworkBackAndIsReplaced() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        let id = driver.run("c")
        #expect(driver.apply(.sandbox(Records.sandbox("s-1", isReady: false))) == [.stopSandbox(id: "s-1")])
        driver.apply(.finished(.stopSandbox(id: "s-1")))
        #expect(driver.stops == ["c"])
        driver.end(id, name: "c", code: 137)
        #expect(driver.actions.contains(.createSandbox(attempt: 1)))
        driver.apply(.sandbox(Records.sandbox("s-2", attempt: 1, createdAt: 2)), .finished(.createSandbox))
        #expect(driver.actions == [.start(container: "c", kind: .main, restartCount: 1, sandboxID: "s-2")])
        driver.apply(.containerGone(id: id))
        #expect(driver.actions == [.removeSandbox(id: "s-1")], "nothing is left in the old one")
        #expect(driver.apply(.sandboxGone(id: "s-1"), .finished(.removeSandbox(id: "s-1"))).isEmpty)
    }

    @Test func thePodIsNotDownBeforeItsNetworkIsGivenBack() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        let id = driver.run("c")
        driver.machine.noteGoneFromAPI()
        driver.step()
        driver.end(id, name: "c", code: 0)
        #expect(driver.actions == [.stopSandbox(id: "s-1")])
        #expect(driver.apply(.sandbox(Records.sandbox("s-1", isReady: false))).isEmpty)
        #expect(driver.apply(.finished(.stopSandbox(id: "s-1"))) == [.cleanUp])
    }

    @Test func aFailedLivenessProbeReplacesTheContainer() {
        var driver = MachineDriver(Pods.pod { $0.spec.containers[0].livenessProbe = Probe() })
        driver.prepare()
        let id = driver.run("c")
        driver.apply(.probe(containerID: id, .failing(kind: .liveness, graceSeconds: 3)))
        guard case .stop(let order)? = driver.actions.first else {
            Issue.record("the container is not stopped")
            return
        }
        #expect(order.message == "Container c failed liveness probe, will be restarted")
        #expect(order.graceSeconds == 3)
        driver.end(id, name: "c", code: 137)
        #expect(driver.starts == ["c"])
    }

    @Test func readinessAndStartupDecideWhatReadyMeans() {
        var driver = MachineDriver(
            Pods.pod {
                $0.spec.containers[0].startupProbe = Probe()
                $0.spec.containers[0].readinessProbe = Probe()
            })
        driver.prepare()
        let id = driver.run("c")
        func isReady() -> Bool { driver.status().conditions.first { $0.type == "Ready" }?.status == "True" }
        #expect(driver.status().containerStatuses.first?.started == false)
        driver.apply(.probe(containerID: id, .started))
        #expect(driver.status().containerStatuses.first?.started == true)
        #expect(!isReady())
        driver.apply(.probe(containerID: id, .ready(true)))
        #expect(isReady())
        driver.apply(.probe(containerID: id, .ready(false)))
        #expect(!isReady())
    }

    @Test func theDeadlineFailsThePod() {
        var driver = MachineDriver(Pods.pod { $0.spec.activeDeadlineSeconds = 60 })
        driver.prepare()
        let id = driver.run("c")
        #expect(driver.wakes == [.seconds(60)])
        driver.now = driver.now + .seconds(60)
        driver.apply(.tick)
        #expect(driver.stops == ["c"])
        driver.end(id, name: "c", code: 0)
        driver.apply(.sandbox(Records.sandbox("s-1", isReady: false)), .finished(.stopSandbox(id: "s-1")))
        #expect(driver.status().phase == "Failed")
        #expect(driver.status().reason == "DeadlineExceeded")
    }

    @Test func aRejectedPodFailsWithoutASandbox() {
        var driver = MachineDriver(Pods.pod())
        driver.machine.reject(reason: "OutOfcpu", message: "Pod was rejected: no CPU")
        driver.step()
        #expect(!driver.actions.contains(.createSandbox(attempt: 0)))
        #expect(driver.status().phase == "Failed")
        #expect(driver.status().reason == "OutOfcpu")
    }

    @Test func aMachineMadeAnewStartsNothingThatRuns() {
        var pod = Pods.pod()
        pod.status.phase = "Running"
        var record = Records.container("id-1", name: "c", restartCount: 2)
        record.specHash = ""
        var driver = MachineDriver(pod, sandboxes: [Records.sandbox("s-1")], containers: [record])
        #expect(driver.step() == [.prepareVolumes])
        #expect(driver.apply(.volumesPrepared).isEmpty)
        #expect(driver.status().containerStatuses.first?.restartCount == 2)
    }

    @Test func aFinishedPodIsNeverStartedAgain() {
        var pod = Pods.pod()
        pod.status.phase = "Succeeded"
        var driver = MachineDriver(pod)
        #expect(driver.step().isEmpty)
        #expect(driver.machine.isDown)
        #expect(driver.status().phase == "Succeeded")
    }

    @Test func oldContainersAreRemovedButTheLastTwoStay() {
        var driver = MachineDriver(Pods.pod())
        driver.prepare()
        var ids: [String] = []
        var removed: [String] = []
        for count in Int32(0)..<4 {
            ids.append(driver.run("c", restartCount: count))
            removed += driver.actions.compactMap { if case .removeContainer(let id, _, _) = $0 { id } else { nil } }
            driver.now = driver.now + .seconds(700)
            driver.end(ids[ids.count - 1], name: "c", code: 1, restartCount: count)
        }
        #expect(removed == [ids[0], ids[1]])
    }
}
