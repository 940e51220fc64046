import APIServer
import AdmissionRules
import Machinery
import Testing

@Suite("Pod Security admission", .timeLimit(.minutes(1)))
struct PodSecurityAdmissionTests {
    private static func label(_ labels: String, _ cluster: TestCluster) async throws -> Answer {
        try await cluster.send(
            "PATCH", "/api/v1/namespaces/default", #"{"metadata":{"labels":{\#(labels)}}}"#,
            type: "application/merge-patch+json")
    }

    private static func deployment(_ name: String) -> String {
        #"{"metadata":{"name":"\#(name)"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":"#
            + #"{"labels":{"a":"b"}},"spec":{"hostNetwork":true,"containers":[{"name":"c","image":"i"}]}}}}"#
    }

    @Test("pods that break what their namespace enforces are refused, in Kubernetes' words")
    func enforcing() async throws {
        try await TestCluster.run { cluster in
            try await Self.label(#""pod-security.kubernetes.io/enforce":"baseline""#, cluster).expect(200)
            try await cluster.send("POST", Path.pods, Manifest.pod("a", spec: #","hostPID":true"#)).expect(
                403, "Forbidden",
                #"pods "a" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)"#)
            try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(201)
        }
    }

    @Test("workloads whose pods would be refused are stored with a warning")
    func warning() async throws {
        try await TestCluster.run { cluster in
            try await Self.label(#""pod-security.kubernetes.io/enforce":"baseline""#, cluster).expect(200)
            let answer = try await cluster.send(
                "POST", "/apis/apps/v1/namespaces/default/deployments", Self.deployment("d")
            ).expect(201)
            #expect(
                answer.warnings.contains {
                    $0.contains(#"would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)"#)
                })
        }
    }

    @Test("labels are checked, and tell of the pods that break them")
    func labelling() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("old", spec: #","hostPID":true"#)).expect(201)
            try await Self.label(#""pod-security.kubernetes.io/enforce":"loose""#, cluster).expect(422, "Invalid")
            let answer = try await Self.label(#""pod-security.kubernetes.io/enforce":"baseline""#, cluster).expect(200)
            #expect(answer.warnings.count == 2)
            #expect(answer.warnings.contains { $0.contains("old: host namespaces") })
        }
    }

    @Test("users and namespaces may be exempt, and others get the defaults")
    func configured() async throws {
        var settings = AdmissionSettings()
        settings.podSecurity.defaults.enforce = PodSecurityStandard(.baseline)
        settings.podSecurity.exemptNamespaces = ["kube-system"]
        try await TestCluster.run(admission: settings) { cluster in
            let pod = Manifest.pod("a", spec: #","hostPID":true"#)
            try await cluster.send("POST", Path.pods, pod).expect(403, "Forbidden", "violates PodSecurity")
            try await cluster.send(
                "POST", "/api/v1/namespaces/kube-system/serviceaccounts",
                #"{"metadata":{"name":"default"}}"#
            ).expect(201)
            try await cluster.send("POST", "/api/v1/namespaces/kube-system/pods", pod).expect(201)
        }
    }
}
