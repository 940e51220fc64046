import Scheduler
import Testing

@Suite("KubeSchedulerConfiguration")
struct ConfigurationTests {
    private static let head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"

    @Test("names profiles, plugins, weights and arguments")
    func read() throws {
        let configuration = try SchedulerConfiguration(
            text: Self.head + """
                podInitialBackoffSeconds: 2
                percentageOfNodesToScore: 40
                profiles:
                - schedulerName: packing
                  plugins:
                    score:
                      disabled:
                      - name: ImageLocality
                      enabled:
                      - name: NodeResourcesFit
                        weight: 5
                    multiPoint:
                      disabled:
                      - name: InterPodAffinity
                  pluginConfig:
                  - name: NodeResourcesFit
                    args:
                      scoringStrategy:
                        type: MostAllocated
                        resources: [{name: cpu, weight: 1}]
                - schedulerName: plain
                  percentageOfNodesToScore: 100
                """)
        #expect(configuration.initialBackoff == .seconds(2))
        #expect(configuration.profiles.map(\.schedulerName) == ["packing", "plain"])
        #expect(configuration.profiles.map(\.percentageOfNodesToScore) == [40, 100])
        let packing = configuration.profiles[0]
        #expect(packing.score.first { $0.plugin.name == .nodeResourcesFit }?.weight == 5)
        #expect(packing.score.first { $0.plugin.name == .taintToleration }?.weight == 3)
        #expect(!packing.score.contains { $0.plugin.name == .imageLocality })
        #expect(!packing.filter.contains { $0.name == .interPodAffinity })
        #expect(configuration.profiles[1].filter.contains { $0.name == .interPodAffinity })
        var core = Make.core([Make.node("empty"), Make.node("used")], configuration)
        core.podChanged(.added(Make.placed(Make.pod("there", cpu: "2"), on: "used")), now: Make.start)
        let pod = Make.pod("new", cpu: "1") { $0.spec.schedulerName = "packing" }
        core.podChanged(.added(pod), now: Make.start)
        #expect(core.next(now: Make.start)?.map(\.text) == ["new to used"])
        // A pod of a scheduler that is not here is not touched.
        core.podChanged(.added(Make.pod("other") { $0.spec.schedulerName = "else" }), now: Make.start)
        #expect(core.next(now: Make.start)?.count == nil)
    }

    @Test(
        "is refused with the place of the mistake",
        arguments: [
            ("profiles:\n- {}\n- {}", "profiles[0].schedulerName: Required value"),
            (
                "profiles:\n- schedulerName: a\n- schedulerName: a",
                "profiles[1].schedulerName: Duplicate value: \"a\""
            ),
            (
                "profiles:\n- plugins: {filter: {enabled: [{name: Nonsense}]}}",
                "profiles[0].plugins.filter.enabled[0].name: Invalid value: \"Nonsense\": there is no such plugin"
            ),
            (
                "profiles:\n- plugins: {bind: {disabled: [{name: '*'}]}}",
                "profiles[0].plugins.bind: Required value: at least one bind plugin is needed"
            ),
            (
                "percentageOfNodesToScore: 101",
                "percentageOfNodesToScore: Invalid value: 101: not in valid range [0-100]"
            ),
            (
                "leaderElection: {resourceLock: endpoints}",
                "leaderElection.resourceLock: Invalid value: \"endpoints\": resourceLock value must be \"leases\""
            ),
            (
                "leaderElection: {leaseDuration: 5s}",
                "leaderElection.leaseDuration: Invalid value: LeaseDuration must be greater than RenewDeadline"
            ),
            (
                "profiles:\n- pluginConfig: [{name: InterPodAffinity, args: {hardPodAffinityWeight: 101}}]",
                "profiles[0].pluginConfig[0].args.hardPodAffinityWeight: Invalid value: 101: not in valid range [0-100]"
            ),
        ])
    func mistakes(text: String, message: String) {
        #expect(throws: SchedulerConfigurationError.self) { try SchedulerConfiguration(text: Self.head + text) }
        do {
            _ = try SchedulerConfiguration(text: Self.head + text)
        } catch {
            #expect(error.description == message)
        }
    }

    @Test("tells a scheduler that runs alone how to reach the server and which Lease to hold")
    func process() throws {
        let text = """
            clientConnection: {kubeconfig: /etc/scheduler.conf}
            leaderElection: {leaseDuration: 30s, renewDeadline: 20s, resourceName: mine, resourceNamespace: other}
            """
        let configuration = try SchedulerConfiguration(text: Self.head + text)
        #expect(configuration.kubeconfig == "/etc/scheduler.conf")
        #expect(configuration.leaderElection.isOn)
        #expect(configuration.leaderElection.lease.description == "other/mine")
        #expect(configuration.leaderElection.timing.leaseDuration == .seconds(30))
        #expect(configuration.leaderElection.timing.renewDeadline == .seconds(20))
        #expect(SchedulerConfiguration().leaderElection.lease.description == "kube-system/kube-scheduler")
    }

    @Test(
        "decides how many nodes are looked at",
        arguments: [(50, 50), (100, 100), (1000, 420), (5000, 500), (9000, 450)])
    func adaptive(nodes: Int, expected: Int) {
        #expect(Profile.standard.feasibleNodesToFind(of: nodes) == expected)
    }
}
