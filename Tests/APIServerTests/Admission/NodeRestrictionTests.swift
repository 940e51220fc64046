import APIServer
import Machinery
import PKI
import Testing

@Suite("What a node may write", .timeLimit(.minutes(1)))
struct NodeRestrictionTests {
    private static func node(_ name: String) -> User { NodeAuthorizerTests.node(name) }

    private static func nodeBody(_ name: String, labels: String = "{}", spec: String = "{}") -> String {
        #"{"apiVersion":"v1","kind":"Node","metadata":{"name":"\#(name)","labels":\#(labels)},"spec":\#(spec)}"#
    }

    @Test("a node registers itself with labels of its own, and no other node")
    func registration() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send(
                "POST", "/api/v1/nodes",
                Self.nodeBody("n1", labels: #"{"kubernetes.io/hostname":"n1","example.com/disk":"ssd"}"#),
                as: Self.node("n1")
            ).expect(201)
            try await cluster.send("POST", "/api/v1/nodes", Self.nodeBody("n2"), as: Self.node("n1")).expect(
                403, "Forbidden", #"node "n1" is not allowed to modify node "n2""#)
        }
    }

    private static let labelCases: [(label: String, isAllowed: Bool)] = [
        ("node-restriction.kubernetes.io/tier", false), ("sub.node-restriction.kubernetes.io/tier", false),
        ("kubernetes.io/role", false), ("node-role.kubernetes.io/control-plane", false), ("foo.k8s.io/x", false),
        ("topology.kubernetes.io/zone", true), ("node.kubernetes.io/anything", true),
        ("kubelet.kubernetes.io/anything", true), ("beta.kubernetes.io/arch", true), ("plain", true),
        ("example.com/x", true), ("notkubernetes.io/x", true),
    ]

    @Test("labels by which pods are steered are not a node's to set", arguments: labelCases)
    func labels(label: String, isAllowed: Bool) async throws {
        try await TestCluster.run { cluster in
            let created = try await cluster.send(
                "POST", "/api/v1/nodes", Self.nodeBody("n1", labels: #"{"\#(label)":"x"}"#), as: Self.node("n1"))
            if isAllowed {
                created.expect(201)
            } else {
                created.expect(403, "Forbidden", "is not allowed to set the following labels: \(label)")
                try await cluster.send("POST", "/api/v1/nodes", Self.nodeBody("n1")).expect(201)
            }
            let changed = try await cluster.send(
                "PATCH", "/api/v1/nodes/n1", #"{"metadata":{"labels":{"\#(label)":"y"}}}"#,
                type: "application/merge-patch+json", as: Self.node("n1"))
            if isAllowed {
                changed.expect(200)
            } else {
                changed.expect(403, "Forbidden", "is not allowed to modify labels: \(label)")
            }
        }
    }

    @Test("a node does not take its own taints away")
    func taints() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send(
                "POST", "/api/v1/nodes", Self.nodeBody("n1", spec: #"{"taints":[{"key":"a","effect":"NoSchedule"}]}"#)
            ).expect(201)
            try await cluster.send(
                "PATCH", "/api/v1/nodes/n1", #"{"spec":{"taints":[]}}"#, type: "application/merge-patch+json",
                as: Self.node("n1")
            ).expect(403, "Forbidden", #"node "n1" is not allowed to modify taints"#)
        }
    }

    private static func mirror(_ metadata: String, spec: String = #","nodeName":"n1""#) -> String {
        Manifest.pod("m", metadata: metadata, spec: spec)
    }

    private static let annotated = #","annotations":{"kubernetes.io/config.mirror":"x"}"#
    private static func owned(_ owner: String) -> String { annotated + #","ownerReferences":[\#(owner)]"# }

    private static let podCases: [(metadata: String, spec: String, words: String)] = [
        ("", #","nodeName":"n1""#, #"pod does not have "kubernetes.io/config.mirror" annotation, node "n1" can only"#),
        (annotated, #","nodeName":"n2""#, #"node "n1" can only create pods with spec.nodeName set to itself"#),
        (
            annotated, #","nodeName":"n1""#,
            #"node "n1" can only create pods with an owner reference set to itself"#
        ),
        (
            owned(#"{"apiVersion":"v1","kind":"Node","name":"n2","uid":"u","controller":true}"#), #","nodeName":"n1""#,
            #"node "n1" can only create pods with an owner reference set to itself"#
        ),
        (
            owned(#"{"apiVersion":"v1","kind":"Node","name":"n1","uid":"u"}"#), #","nodeName":"n1""#,
            #"node "n1" can only create pods with a controller owner reference set to itself"#
        ),
        (
            owned(#"{"apiVersion":"v1","kind":"Node","name":"n1","uid":"u","controller":true}"#), #","nodeName":"n1""#,
            "node n1 UID mismatch: expected u got"
        ),
    ]

    @Test("a node makes pods only as mirrors of its own", arguments: podCases)
    func mirrors(metadata: String, spec: String, words: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", "/api/v1/nodes", Self.nodeBody("n1")).expect(201)
            try await cluster.send("POST", Path.pods, Self.mirror(metadata, spec: spec), as: Self.node("n1")).expect(
                403, "Forbidden", words)
        }
    }

    @Test(
        "a mirror that refers to nothing is made; one that refers to something is not",
        arguments: [
            ("", ""), (#","serviceAccountName":"default""#, "serviceaccounts"),
            (#","volumes":[{"name":"v","secret":{"secretName":"s"}}]"#, "secrets"),
            (#","volumes":[{"name":"v","configMap":{"name":"s"}}]"#, "configmaps"),
            (#","volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"c"}}]"#, "persistentvolumeclaims"),
            (
                #","volumes":[{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}]"#,
                "serviceaccounts (via projected volumes)"
            ), (#","imagePullSecrets":[{"name":"s"}]"#, "secrets"),
        ])
    func mirrorReferences(spec: String, kind: String) async throws {
        try await TestCluster.run { cluster in
            let node = try await cluster.send("POST", "/api/v1/nodes", Self.nodeBody("n1")).expect(201)
            let owner = #"{"apiVersion":"v1","kind":"Node","name":"n1","uid":"\#(node.uid)","controller":true}"#
            let answer = try await cluster.send(
                "POST", Path.pods, Self.mirror(Self.owned(owner), spec: #","nodeName":"n1""# + spec),
                as: Self.node("n1"))
            if kind.isEmpty {
                answer.expect(201)
            } else {
                answer.expect(403, "Forbidden", #"node "n1" can not create pods that reference \#(kind)"#)
            }
        }
    }

    @Test("a node reports, evicts and removes its own pods only")
    func pods() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p", spec: #","nodeName":"n1""#)).expect(201)
            let status = #"{"status":{"phase":"Running"}}"#
            let merge = "application/merge-patch+json"
            let eviction = #"{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}"#
            let foreign = Self.node("n2")
            try await cluster.send("PATCH", Path.pods + "/p/status", status, type: merge, as: foreign).expect(
                403, "Forbidden", #"node "n2" can only update pod status for pods with spec.nodeName set to itself"#)
            try await cluster.send("DELETE", Path.pods + "/p", as: foreign).expect(
                403, "Forbidden", #"node "n2" can only delete pods with spec.nodeName set to itself"#)
            try await cluster.send("POST", Path.pods + "/p/eviction", eviction, as: foreign).expect(
                403, "Forbidden", "node n2 can only evict pods with spec.nodeName set to itself")
            let own = Self.node("n1")
            try await cluster.send("PATCH", Path.pods + "/p/status", status, type: merge, as: own).expect(200)
            try await cluster.send("POST", Path.pods + "/p/eviction", eviction, as: own).expect(201)
        }
    }

    @Test("leases are a node's own in their namespace")
    func leases() async throws {
        try await TestCluster.run { cluster in
            let path = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"
            func lease(_ name: String) -> String {
                #"{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"\#(name)"}}"#
            }
            try await cluster.send("POST", path, lease("n1"), as: Self.node("n1")).expect(201)
            try await cluster.send("POST", path, lease("n2"), as: Self.node("n1")).expect(
                403, "Forbidden", "can only access node lease with the same name as the requesting node")
        }
    }

    @Test("tokens are for pods that run on the node, and for what those ask for")
    func tokens() async throws {
        try await TestCluster.run { cluster in
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("p", spec: #","nodeName":"n1""#)).expect(
                201)
            let other = try await cluster.send("POST", Path.pods, Manifest.pod("q", spec: #","nodeName":"n2""#)).expect(
                201)
            let path = "/api/v1/namespaces/default/serviceaccounts/default/token"
            func request(_ bound: String, audiences: String = "[]") -> String {
                #"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":\#(audiences)"#
                    + (bound.isEmpty ? "" : #","boundObjectRef":\#(bound)"#) + "}}"
            }
            func reference(_ name: String, _ uid: String) -> String {
                #"{"apiVersion":"v1","kind":"Pod","name":"\#(name)","uid":"\#(uid)"}"#
            }
            let user = Self.node("n1")
            try await cluster.send("POST", path, request(reference("p", pod.uid)), as: user).expect(201)
            for (body, words) in [
                (request(""), "node requested token not bound to a pod"),
                (request(reference("p", "")), "node requested token with a pod binding without a uid"),
                (request(reference("p", "wrong")), "does not match the UID in record"),
                (
                    request(reference("q", other.uid)),
                    "node requested token bound to a pod scheduled on a different node"
                ),
                (
                    request(reference("p", pod.uid), audiences: #"["vault"]"#),
                    #"audience "vault" not found in pod spec volume, system:node:n1 is not authorized"#
                ),
            ] {
                try await cluster.send("POST", path, body, as: user).expect(403, "Forbidden", words)
            }
        }
    }

    @Test("a node asks for certificates under its own name only", arguments: [("n1", true), ("n2", false)])
    func certificates(name: String, isAllowed: Bool) async throws {
        let request = try CertificateSigningRequest(
            key: PrivateKey.generate(),
            subject: DistinguishedName(commonName: "system:node:\(name)", organizations: ["system:nodes"]))
        let encoded = PKI.Base64.standard.encode(Array(request.pem().utf8))
        try await TestCluster.run { cluster in
            let answer = try await cluster.send(
                "POST", "/apis/certificates.k8s.io/v1/certificatesigningrequests",
                """
                {"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"c"},
                "spec":{"request":"\(encoded)","signerName":"kubernetes.io/kubelet-serving",
                "usages":["digital signature","server auth"]}}
                """, as: Self.node("n1"))
            if isAllowed {
                answer.expect(201)
            } else {
                answer.expect(403, "Forbidden", "can only create a node CSR with CN=system:node:n1")
            }
        }
    }
}
