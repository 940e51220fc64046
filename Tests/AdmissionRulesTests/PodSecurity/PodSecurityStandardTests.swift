import AdmissionRules
import KubeAPI
import Machinery
import Testing

@Suite("Pod Security Standards")
struct PodSecurityStandardTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let standard: PodSecurityStandard
        let spec: JSONObject
        var annotations: [String: String] = [:]
        /// Empty when the pod is welcome.
        let text: String
        var testDescription: String { "\(standard): \(text)" }
    }

    private static func container(_ context: JSONObject = [:], _ more: JSONObject = [:]) -> JSON {
        var object = more
        object["name"] = "c"
        object["image"] = "i"
        object["securityContext"] = .object(context)
        return .object(object)
    }

    private static func pod(_ context: JSONObject, pod: JSONObject = [:]) -> JSONObject {
        ["containers": [container(context)], "securityContext": .object(pod)]
    }

    private static let tight: JSONObject = [
        "allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"]], "runAsNonRoot": true,
        "seccompProfile": ["type": "RuntimeDefault"],
    ]

    private static func baseline(_ minor: Int? = nil) -> PodSecurityStandard {
        PodSecurityStandard(.baseline, minor.map { .minor($0) } ?? .latest)
    }

    private static func restricted(_ minor: Int? = nil) -> PodSecurityStandard {
        PodSecurityStandard(.restricted, minor.map { .minor($0) } ?? .latest)
    }

    private static func tight(with changes: JSONObject) -> JSONObject {
        var context = tight
        for member in changes.members { context[member.key] = member.value }
        return pod(context)
    }

    static let baselineCases: [Case] = [
        Case(standard: PodSecurityStandard(.privileged), spec: ["hostNetwork": true], text: ""),
        Case(standard: baseline(), spec: pod([:]), text: ""),
        Case(
            standard: baseline(), spec: ["hostNetwork": true, "hostPID": true, "hostIPC": true],
            text: "host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)"),
        Case(
            standard: baseline(), spec: pod(["privileged": true]),
            text: "privileged (container \"c\" must not set securityContext.privileged=true)"),
        Case(
            standard: baseline(), spec: pod(["capabilities": ["add": ["NET_RAW", "CHOWN"]]]),
            text: "non-default capabilities (container \"c\" must not include \"NET_RAW\" in "
                + "securityContext.capabilities.add)"),
        Case(
            standard: baseline(),
            spec: ["volumes": [["name": "a", "hostPath": [:]], ["name": "b", "hostPath": [:]]]],
            text: "hostPath volumes (volumes \"a\", \"b\")"),
        Case(
            standard: baseline(),
            spec: ["containers": [container([:], ["ports": [["hostPort": 80], ["hostPort": 8080], ["hostPort": 0]]])]],
            text: "hostPort (container \"c\" uses hostPorts 80, 8080)"),
        Case(
            standard: baseline(),
            spec: ["containers": [container([:], ["livenessProbe": ["httpGet": ["host": "10.0.0.1"]]])]],
            text: "probe or lifecycle host (container \"c\" uses probe or lifecycle host \"10.0.0.1\")"),
        Case(
            standard: baseline(33),
            spec: ["containers": [container([:], ["livenessProbe": ["httpGet": ["host": "10.0.0.1"]]])]], text: ""),
        Case(
            standard: baseline(), spec: pod(["procMount": "Unmasked"]),
            text: "procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")"),
        Case(
            standard: baseline(),
            spec: ["containers": [container(["procMount": "Unmasked"])], "hostUsers": false], text: ""),
        Case(
            standard: baseline(34),
            spec: ["containers": [container(["procMount": "Unmasked"])], "hostUsers": false],
            text: "procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")"),
        Case(
            standard: baseline(),
            spec: pod(["seLinuxOptions": ["type": "other_t", "user": "u"]], pod: ["seLinuxOptions": ["role": "r"]]),
            text: "seLinuxOptions (pod and container \"c\" set forbidden securityContext.seLinuxOptions: "
                + "type \"other_t\"; user may not be set; role may not be set)"),
        Case(standard: baseline(), spec: pod(["seLinuxOptions": ["type": "container_engine_t"]]), text: ""),
        Case(
            standard: baseline(30), spec: pod(["seLinuxOptions": ["type": "container_engine_t"]]),
            text: "seLinuxOptions (container \"c\" set forbidden securityContext.seLinuxOptions: "
                + "type \"container_engine_t\")"),
        Case(
            standard: baseline(), spec: pod([:], pod: ["seccompProfile": ["type": "Unconfined"]]),
            text: "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")"),
        Case(standard: baseline(18), spec: pod([:], pod: ["seccompProfile": ["type": "Unconfined"]]), text: ""),
        Case(
            standard: baseline(18), spec: pod([:]),
            annotations: ["seccomp.security.alpha.kubernetes.io/pod": "unconfined"],
            text: "seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod=\"unconfined\")"),
        Case(
            standard: baseline(), spec: pod([:], pod: ["sysctls": [["name": "net.ipv4.tcp_rmem"], ["name": "vm.x"]]]),
            text: "forbidden sysctls (vm.x)"),
        Case(
            standard: baseline(31), spec: pod([:], pod: ["sysctls": [["name": "net.ipv4.tcp_rmem"]]]),
            text: "forbidden sysctls (net.ipv4.tcp_rmem)"),
        Case(
            standard: baseline(), spec: pod(["windowsOptions": ["hostProcess": true]]),
            text: "hostProcess (container \"c\" must not set securityContext.windowsOptions.hostProcess=true)"),
        Case(
            standard: baseline(), spec: pod([:], pod: ["appArmorProfile": ["type": "Unconfined"]]),
            annotations: ["container.apparmor.security.beta.kubernetes.io/c": "unconfined"],
            text: "forbidden AppArmor profiles (pod and annotation must not set AppArmor profile type to "
                + "\"Unconfined\", \"container.apparmor.security.beta.kubernetes.io/c=\"unconfined\"\")"),
    ]

    static let restrictedCases: [Case] = [
        Case(standard: restricted(), spec: pod(tight), text: ""),
        Case(
            standard: restricted(), spec: ["containers": [["name": "c"], ["name": "d"]]],
            text: "allowPrivilegeEscalation != false (containers \"c\", \"d\" must set "
                + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (containers \"c\", \"d\" "
                + "must set securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or containers "
                + "\"c\", \"d\" must set securityContext.runAsNonRoot=true), seccompProfile (pod or containers \"c\", "
                + "\"d\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"),
        Case(standard: restricted(7), spec: pod(["runAsNonRoot": true]), text: ""),
        Case(
            standard: restricted(),
            spec: tight(with: ["capabilities": ["drop": ["ALL"], "add": ["NET_BIND_SERVICE", "CHOWN"]]]),
            text: "unrestricted capabilities (container \"c\" must not include \"CHOWN\" in "
                + "securityContext.capabilities.add)"),
        Case(
            standard: restricted(), spec: tight(with: ["runAsUser": 0]),
            text: "runAsUser=0 (container \"c\" must not set runAsUser=0)"),
        Case(standard: restricted(22), spec: tight(with: ["runAsUser": 0]), text: ""),
        Case(
            standard: restricted(), spec: tight(with: ["runAsNonRoot": false]),
            text: "runAsNonRoot != true (container \"c\" must not set securityContext.runAsNonRoot=false)"),
        Case(
            standard: restricted(),
            spec: [
                "containers": [container(tight)],
                "volumes": [
                    ["name": "ok", "emptyDir": [:]], ["name": "h", "hostPath": [:]], ["name": "n", "nfs": [:]],
                ],
            ],
            text: "restricted volume types (volumes \"h\", \"n\" use restricted volume types \"hostPath\", \"nfs\")"),
        Case(
            standard: restricted(),
            spec: [
                "os": ["name": "windows"], "containers": [["name": "c"]], "securityContext": ["runAsNonRoot": true],
            ], text: ""),
        Case(
            standard: restricted(),
            spec: ["hostUsers": false, "containers": [container(["runAsUser": 0, "procMount": "Unmasked"])]],
            text: "allowPrivilegeEscalation != false (container \"c\" must set "
                + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\" must "
                + "set securityContext.capabilities.drop=[\"ALL\"]), procMount (container \"c\" must not set "
                + "securityContext.procMount to \"Unmasked\"), seccompProfile (pod or container \"c\" must set "
                + "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"),
    ]

    @Test(
        "A pod is told what of a standard it breaks, by the rules of the standard's version",
        arguments: baselineCases + restrictedCases)
    func violations(_ example: Case) {
        let subject = PodSecuritySubject(annotations: example.annotations, spec: PodSpec(json: example.spec))
        let violations = PodSecurityEvaluator.violations(of: example.standard, by: subject)
        #expect(PodSecurityEvaluator.text(violations) == example.text)
    }

    @Test("Init and ephemeral containers are judged, and named, too")
    func allContainers() {
        let bad: JSONObject = ["privileged": true]
        let spec: JSONObject = [
            "initContainers": [["name": "a", "securityContext": .object(bad)]],
            "containers": [["name": "b"]],
            "ephemeralContainers": [["name": "d", "securityContext": .object(bad)]],
        ]
        let violations = PodSecurityEvaluator.violations(
            of: Self.baseline(), by: PodSecuritySubject(annotations: [:], spec: PodSpec(json: spec)))
        #expect(violations.map(\.detail) == ["containers \"a\", \"d\" must not set securityContext.privileged=true"])
    }

    @Test("Versions are latest or v1.x", arguments: [("latest", "latest"), ("v1.0", "v1.0"), ("v1.36", "v1.36")])
    func versions(_ text: String, _ shown: String) {
        #expect(PodSecurityVersion(text)?.description == shown)
    }

    @Test("Other texts are no versions", arguments: ["", "1.30", "v1", "v1.", "v1.01", "v2.0", "v1.-1", "Latest"])
    func invalidVersions(_ text: String) {
        #expect(PodSecurityVersion(text) == nil)
    }
}
