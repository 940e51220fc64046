import AdmissionRules
import KubeAPI
import Machinery
import Testing

@Suite("Pod Security of namespaces")
struct PodSecurityPolicyTests {
    private static let prefix = "pod-security.kubernetes.io/"

    private func parse(_ labels: [String: String]) -> (policy: PodSecurityPolicy, errors: [FieldError]) {
        PodSecurityPolicy.parse(
            labels: Dictionary(uniqueKeysWithValues: labels.map { (Self.prefix + $0.key, $0.value) }),
            defaults: PodSecurityPolicy())
    }

    private func text(_ policy: PodSecurityPolicy) -> String { "\(policy.enforce) \(policy.audit) \(policy.warn)" }

    @Test("Labels choose the standards, and what is enforced is warned of unless said otherwise")
    func labels() {
        #expect(text(parse([:]).policy) == "privileged:latest privileged:latest privileged:latest")
        #expect(
            text(parse(["enforce": "baseline", "enforce-version": "v1.30"]).policy)
                == "baseline:v1.30 privileged:latest baseline:v1.30")
        #expect(
            text(parse(["enforce": "restricted", "warn": "privileged", "audit": "baseline"]).policy)
                == "restricted:latest baseline:latest privileged:latest")
    }

    @Test("Levels that cannot be read are strict where enforced, and none where told")
    func unreadable() {
        let (policy, errors) = parse(["enforce": "x", "audit": "y", "warn-version": "z"])
        #expect(text(policy) == "restricted:latest privileged:latest privileged:latest")
        #expect(
            errors.map(\.description) == [
                "metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"x\": must be one of "
                    + "privileged, baseline, restricted",
                "metadata.labels[pod-security.kubernetes.io/audit]: Invalid value: \"y\": must be one of "
                    + "privileged, baseline, restricted",
                "metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"z\": must be \"latest\" or "
                    + "\"v1.x\"",
            ])
    }

    @Test("Pods are checked when what is enforced becomes stricter, or another version")
    func mustCheck() {
        func check(_ new: PodSecurityStandard, _ old: PodSecurityStandard) -> Bool {
            PodSecurityReview.mustCheckPods(new, from: old)
        }
        #expect(check(PodSecurityStandard(.baseline), PodSecurityStandard(.privileged)))
        #expect(check(PodSecurityStandard(.baseline, .minor(30)), PodSecurityStandard(.baseline)))
        #expect(!check(PodSecurityStandard(.baseline), PodSecurityStandard(.restricted)))
        #expect(!check(PodSecurityStandard(.privileged), PodSecurityStandard(.restricted)))
        #expect(!check(PodSecurityStandard(.restricted), PodSecurityStandard(.restricted)))
    }

    private func pod(_ name: String, hostNetwork: Bool, owner: String? = nil) -> Pod {
        var pod = Pod(name: name, namespace: "n")
        pod.spec.hostNetwork = hostNetwork
        if let owner {
            var reference = OwnerReference()
            reference.uid = owner
            reference.controller = true
            pod.metadata.ownerReferences = [reference]
        }
        return pod
    }

    @Test("Pods there already that break new labels are told together, with the first one's name")
    func existingPods() {
        let pods = [pod("z", hostNetwork: true), pod("b", hostNetwork: true), pod("ok", hostNetwork: false)]
        let review = PodSecurityReview(PodSecurityConfiguration())
        #expect(
            review.warnings(pods: pods, namespace: "n", enforce: PodSecurityStandard(.baseline)) == [
                "existing pods in namespace \"n\" violate the new PodSecurity enforce level \"baseline:latest\"",
                "b (and 1 other pod): host namespaces",
            ])
        #expect(review.warnings(pods: [pods[2]], namespace: "n", enforce: PodSecurityStandard(.baseline)).isEmpty)
    }

    @Test("A verdict refuses, warns and notes, each by its own standard")
    func verdict() {
        let review = PodSecurityReview(PodSecurityConfiguration())
        let subject = PodSecuritySubject(annotations: [:], spec: PodSpec(json: ["hostPID": true]))
        let baseline = PodSecurityStandard(.baseline)
        let refused = review.verdict(
            subject, PodSecurityPolicy(enforce: baseline, warn: baseline), errors: [], enforces: true)
        #expect(refused.refusal == "violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true)")
        #expect(refused.warning == nil)
        #expect(refused.notes == ["enforce-policy": "baseline:latest"])
        let told = review.verdict(
            subject, PodSecurityPolicy(enforce: baseline, audit: baseline, warn: baseline), errors: [], enforces: false)
        let text = "would violate PodSecurity \"baseline:latest\": host namespaces (hostPID=true)"
        #expect(told == PodSecurityReview.Verdict(refusal: nil, warning: text, notes: ["audit-violations": text]))
    }

    @Test("Runtime classes may be exempt")
    func exemptRuntimeClass() {
        var configuration = PodSecurityConfiguration()
        configuration.exemptRuntimeClasses = ["vm"]
        let subject = PodSecuritySubject(
            annotations: [:], spec: PodSpec(json: ["hostPID": true, "runtimeClassName": "vm"]))
        let verdict = PodSecurityReview(configuration).verdict(
            subject, PodSecurityPolicy(enforce: PodSecurityStandard(.baseline)), errors: [], enforces: true)
        #expect(verdict == PodSecurityReview.Verdict(notes: ["exempt": "runtimeClass"]))
    }

    @Test("Only new images and containers make an update worth judging")
    func significance() {
        let old = Pod(json: ["spec": ["containers": [["name": "a", "image": "1"]]]])
        var relabelled = old
        relabelled.metadata.labels = ["a": "b"]
        #expect(!PodSecurityReview.isSignificant(relabelled, from: old))
        #expect(
            PodSecurityReview.isSignificant(
                Pod(json: ["spec": ["containers": [["name": "a", "image": "2"]]]]), from: old))
        var debugged = old
        debugged.spec.ephemeralContainers = [EphemeralContainer(json: ["name": "d", "image": "x"])]
        #expect(PodSecurityReview.isSignificant(debugged, from: old))
    }

    @Test("An exempt namespace is told that its labels do nothing")
    func exemption() {
        let labels = [Self.prefix + "enforce": "baseline"]
        let policy = PodSecurityPolicy.parse(labels: labels, defaults: PodSecurityPolicy()).policy
        #expect(
            policy.exemptionWarning(namespace: "n", labels: labels, defaults: PodSecurityPolicy())
                == "namespace \"n\" is exempt from Pod Security, and the policy (enforce=baseline:latest) will be "
                + "ignored")
    }
}
