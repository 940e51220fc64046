import APIServer
import Machinery
import Testing

@Suite("Admission", .timeLimit(.minutes(1)))
struct AdmissionTests {
    @Test("nothing is created in a namespace that is not there, whatever it is")
    func missingNamespace() async throws {
        try await TestCluster.run { cluster in
            for (path, body) in [
                ("/api/v1/namespaces/none/configmaps", Manifest.configMap("a")),
                ("/api/v1/namespaces/none/pods", Manifest.pod("p")),
            ] {
                try await cluster.send("POST", path, body).expect(404, "NotFound", #"namespaces "none" not found"#)
            }
        }
    }

    @Test("nothing is created in a namespace that is going")
    func terminating() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.namespaces, Manifest.namespace("n")).expect(201)
            try await cluster.send("DELETE", Path.namespaces + "/n").expect(200)
            let answer = try await cluster.send("POST", "/api/v1/namespaces/n/configmaps", Manifest.configMap("a"))
            answer.expect(
                403, "Forbidden",
                #"configmaps "a" is forbidden: unable to create new content in namespace n because it is "#
                    + #"being terminated"#
            )
            #expect(answer.json.at("details.causes.0.reason").stringValue == "NamespaceTerminating")
        }
    }

    @Test("the namespaces everything needs stay", arguments: ["default", "kube-system", "kube-public"])
    func immortal(name: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("DELETE", Path.namespaces + "/\(name)").expect(
                403, "Forbidden", "this namespace may not be deleted")
        }
    }

    @Test("pods get an account, its token, and tolerations")
    func pods() async throws {
        try await TestCluster.run { cluster in
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            #expect(pod.json.at("spec.serviceAccountName").stringValue == "default")
            let volume = try #require(pod.json.at("spec.volumes.0.name").stringValue)
            #expect(volume.hasPrefix("kube-api-access-"))
            #expect(pod.json.at("spec.containers.0.volumeMounts.0.name").stringValue == volume)
            #expect(pod.json.at("spec.tolerations").arrayValue?.count == 2)
            #expect(pod.json.at("spec.priority").intValue == 0)
            try await cluster.send("POST", Path.pods, Manifest.pod("q", spec: #","serviceAccountName":"none""#)).expect(
                403, "Forbidden", #"error looking up service account default/none: serviceaccount "none" not found"#)
            let bare = try await cluster.send(
                "POST", Path.pods, Manifest.pod("r", spec: #","automountServiceAccountToken":false"#))
            #expect(bare.expect(201).json.at("spec.volumes") == .null)
        }
    }

    @Test("a signing request says who asked, whatever the client says")
    func requester() async throws {
        try await TestCluster.run { cluster in
            let path = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
            let user = User(name: "jane", groups: ["system:bootstrappers"])
            try await eventually { try await cluster.send("GET", path, as: user).status == 200 }
            let answer = try await cluster.send(
                "POST", path,
                #"{"metadata":{"name":"c"},"spec":{"request":"\#(Self.request)","signerName":"example.com/own","#
                    + #""usages":["client auth"],"username":"root","groups":["system:masters"]},"#
                    + #""status":{"conditions":[{"type":"Approved","status":"True"}]}}"#, as: user)
            answer.expect(201)
            #expect(answer.json.at("spec.username").stringValue == "jane")
            #expect(answer.json.at("spec.groups").arrayValue == ["system:bootstrappers", "system:authenticated"])
            #expect(answer.json.at("status.conditions") == .null)
        }
    }

    @Test("approving needs the right to, for that signer")
    func approval() async throws {
        try await TestCluster.run { cluster in
            let path = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
            let body =
                #"{"metadata":{"name":"c"},"spec":{"request":"\#(Self.request)","#
                + #""signerName":"example.com/own","usages":["client auth"]}}"#
            try await cluster.send("POST", path, body).expect(201)
            try await AccessTests.grant(
                cluster, #"[{"verbs":["update","get"],"apiGroups":["certificates.k8s.io"],"resources":["*"]}]"#,
                everywhere: true)
            try await eventually { try await cluster.send("GET", path + "/c", as: AccessTests.jane).status == 200 }
            let approved =
                #"{"metadata":{"name":"c"},"spec":{"request":"\#(Self.request)","#
                + #""signerName":"example.com/own","usages":["client auth"]},"#
                + #""status":{"conditions":[{"type":"Approved","status":"True","reason":"r","message":"m"}]}}"#
            try await cluster.send("PUT", path + "/c/approval", approved, as: AccessTests.jane).expect(
                403, "Forbidden", #"user not permitted to approve requests with signerName "example.com/own""#)
            let done = try await cluster.send("PUT", path + "/c/approval", approved).expect(200)
            #expect(done.json.at("status.conditions.0.type").stringValue == "Approved")
        }
    }

    /// A PKCS #10 request for CN=test, in PEM, in base64.
    static let request = SigningRequest.encoded
}
