import KubeAPI
import Machinery
import Testing

@Suite("Validation of what pods may say in detail")
struct PodDetailValidationTests {
    private static let container =
        #""name":"c","image":"i","imagePullPolicy":"Always","terminationMessagePolicy":"File""#

    private static func pod(_ more: String = "", container extra: String = "") -> String {
        #"{"spec":{"restartPolicy":"Always","dnsPolicy":"ClusterFirst","containers":[{\#(container)\#(extra)}]\#(more)}}"#
    }

    private static let anti = "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]"
    private static let placing = [
        ValidationExample(
            pod(
                #","affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":["#
                    + #"{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"a":"b"}},"#
                    + #""matchLabelKeys":["x"]}]}}"#)),
        ValidationExample(
            pod(
                #","affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":["#
                    + #"{"topologyKey":"zone","matchLabelKeys":["x"],"mismatchLabelKeys":["x"]}]}}"#),
            "\(anti).matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
            "\(anti).mismatchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
            #"\#(anti).matchLabelKeys[0]: Invalid value: "x": exists in both matchLabelKeys and mismatchLabelKeys"#),
        ValidationExample(
            pod(
                #","affinity":{"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":["#
                    + #"{"weight":0,"podAffinityTerm":{"topologyKey":"zone"}}]}}"#),
            "spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: "
                + "must be in the range 1-100"),
        ValidationExample(
            pod(
                #","topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"ScheduleAnyway","#
                    + #""minDomains":2,"nodeTaintsPolicy":"Sometimes","labelSelector":{}}]"#),
            "spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if "
                + "whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway",
            #"spec.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "Sometimes": supported values: "#
                + #""Honor", "Ignore""#),
    ]

    private static let security = [
        ValidationExample(
            pod(
                #","securityContext":{"sysctls":[{"name":"net.core/x","value":"1"}],"seccompProfile":"#
                    + #"{"type":"Localhost","localhostProfile":"p.json"},"appArmorProfile":{"type":"Unconfined"}}"#)),
        ValidationExample(
            pod(#","hostNetwork":true,"securityContext":{"sysctls":[{"name":"net.a","value":"1"},{"name":"A"}]}"#),
            #"spec.securityContext.sysctls[0].name: Invalid value: "net.a": may not be specified when 'hostNetwork' is "#
                + "true",
            #"spec.securityContext.sysctls[1].name: Invalid value: "A": must have at most 253 characters and match "#
                + #"regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"#),
        ValidationExample(
            pod(#","securityContext":{"seccompProfile":{"type":"Localhost"},"appArmorProfile":{}}"#),
            "spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is "
                + "Localhost",
            "spec.securityContext.appArmorProfile.type: Required value: type is required when appArmorProfile is set"),
        ValidationExample(
            pod(#","hostUsers":false,"hostPID":true"#), "spec.HostPID: Forbidden: when `hostUsers` is false"),
        ValidationExample(
            pod(container: #","securityContext":{"procMount":"Unmasked"}"#),
            #"spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to "#
                + "use `Unmasked`"),
        ValidationExample(
            pod(#","os":{"name":"linux"},"securityContext":{"windowsOptions":{"runAsUserName":"a\\b\\c"}}"#),
            #"spec.securityContext.windowsOptions.runAsUserName: Invalid value: "a\\b\\c": runAsUserName cannot contain "#
                + "more than one backslash",
            "spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod"),
        ValidationExample(
            pod(#","os":{"name":"windows"},"hostPID":true,"securityContext":{"fsGroup":1}"#),
            "spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod",
            "spec.hostPID: Forbidden: cannot be set for a windows pod"),
    ]

    private static let parts = [
        ValidationExample(
            pod(
                #","resourceClaims":[{"name":"g","resourceClaimName":"x"}]"#,
                container: #","resources":{"claims":[{"name":"g","request":"r"}]}"#)),
        ValidationExample(
            pod(#","resourceClaims":[{"name":"g"}]"#, container: #","resources":{"claims":[{"name":"h"}]}"#),
            #"spec.resourceClaims[0]: Invalid value: {"name":"g"}: must specify one of: `resourceClaimName`, "#
                + "`resourceClaimTemplateName`",
            #"spec.containers[0].resources.claims[0]: Not found: "h": must be one of the names in "#
                + "pod.spec.resourceClaims: g"),
        ValidationExample(
            pod(
                #","resources":{"requests":{"cpu":"1"}}"#,
                container: #","resources":{"requests":{"cpu":"2"}}"#),
            #"spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container "#
                + "requests of 2"),
        ValidationExample(
            pod(#","ephemeralContainers":[{\#(container),"targetContainerName":"x","ports":[{"containerPort":1}]}]"#),
            #"spec.ephemeralContainers[0].ports[0].protocol: Required value"#,
            #"spec.ephemeralContainers[0].name: Duplicate value: "c""#,
            #"spec.ephemeralContainers[0].targetContainerName: Not found: "x""#,
            "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container"),
        ValidationExample(
            pod(container: #","resizePolicy":[{"resourceName":"disk","restartPolicy":"NotRequired"}]"#),
            #"spec.containers[0].resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory""#),
        ValidationExample(
            pod(
                #","terminationGracePeriodSeconds":5"#,
                container: #","lifecycle":{"preStop":{"sleep":{"seconds":9}},"stopSignal":"SIGUSR1"}"#),
            "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 9: must be non-negative and less than "
                + "terminationGracePeriodSeconds (5)",
            "spec.containers[0].lifecycle.stopSignal: Forbidden: may not be set for containers with empty "
                + "`spec.os.name`"),
        ValidationExample(
            pod(container: #","restartPolicyRules":[{"action":"Jump"}]"#),
            "spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used",
            #"spec.containers[0].restartPolicyRules[0].action: Unsupported value: "Jump": supported values: "Restart", "#
                + #""RestartAllContainers""#,
            "spec.containers[0].restartPolicyRules[0].exitCodes: Required value: must be specified"),
        ValidationExample(
            pod(#","hostAliases":[{"ip":"x","hostnames":["a"]}],"dnsConfig":{"nameservers":["1.1.1.1","a"]}"#),
            #"spec.dnsConfig.nameservers[1]: Invalid value: "a": must be a valid IP address, (e.g. 10.9.8.7 or "#
                + "2001:db8::ffff)",
            #"spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"#
        ),
    ]

    @Test("where it may run, who it runs as, what it consists of", arguments: placing + security + parts)
    func pods(_ example: ValidationExample) throws {
        let errors = PodValidation.validate(try example.object(Pod.self))
        #expect(errors.map(\.description) == example.errors)
    }
}
