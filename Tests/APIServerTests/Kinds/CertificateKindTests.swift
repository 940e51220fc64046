import APIServer
import Machinery
import PKI
import Testing

@Suite("Kinds of certificates", .timeLimit(.minutes(1)))
struct CertificateKindTests {
    private static let requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
    private static let bundles = "/apis/certificates.k8s.io/v1beta1/clustertrustbundles"
    private static let pods = "/apis/certificates.k8s.io/v1beta1/namespaces/default/podcertificaterequests"

    private static func everything() throws -> ServedAPIs {
        try ServedAPIs(runtimeConfig: "api/all=true", gates: FeatureGates(parsing: "AllAlpha=true,AllBeta=true"))
    }

    private static let signing: JSON = [
        "metadata": ["name": "any:name"],
        "spec": [
            "request": .string(SigningRequest.encoded), "signerName": "example.com/own", "usages": ["client auth"],
        ],
    ]

    private static func condition(_ type: String, _ status: String = "True") -> JSON {
        ["type": .string(type), "status": .string(status), "reason": "r", "message": "m"]
    }

    @Test(
        "signing requests that make no sense are refused",
        arguments: [
            ("spec.request", JSON.string(PKI.Base64.standard.encode(Array("x".utf8))), "spec.request: Invalid value"),
            ("spec.usages", [], "spec.usages: Required value"),
            ("spec.usages", ["flying"], "spec.usages[0]: Unsupported value: \"flying\""),
            ("spec.usages", ["any", "any"], "spec.usages[1]: Duplicate value: \"any\""),
            ("spec.signerName", "example.com", "must be a fully qualified domain and path of the form"),
            ("spec.signerName", "com/own", "should be a domain with at least two segments separated by dots"),
            (
                "spec.signerName", "kubernetes.io/legacy-unknown",
                "the legacy signerName is not allowed via this API version"
            ),
            ("spec.expirationSeconds", 60, "may not specify a duration less than 600 seconds (10 minutes)"),
        ] as [(String, JSON, String)])
    func refused(path: String, value: JSON, text: String) async throws {
        try await TestCluster.run { cluster in
            let body = Self.signing.setting(path, value)
            try await cluster.send("POST", Self.requests, body.description).expect(422, "Invalid", text)
        }
    }

    @Test("a request is approved once, by its own subresource, and signed once")
    func approval() async throws {
        try await TestCluster.run { cluster in
            let path = Self.requests + "/any:name"
            let made = try await cluster.send("POST", Self.requests, Self.signing.description).expect(201)
            let approved = made.json.setting("status", ["conditions": [Self.condition("Approved")]])
            try await cluster.send("PUT", path + "/status", approved.description).expect(
                422, "Invalid", "updates may not add a condition of type \"Approved\"")
            let both = made.json.setting(
                "status", ["conditions": [Self.condition("Approved"), Self.condition("Denied")]])
            try await cluster.send("PUT", path + "/approval", both.description).expect(
                422, "Invalid", "Approved and Denied conditions are mutually exclusive")
            let unsure = made.json.setting("status", ["conditions": [Self.condition("Approved", "False")]])
            try await cluster.send("PUT", path + "/approval", unsure.description).expect(
                422, "Invalid", "status.conditions[0].status: Unsupported value: \"False\"")
            let done = try await cluster.send("PUT", path + "/approval", approved.description).expect(200)
            #expect(done.json.at("status.conditions.0.lastUpdateTime").stringValue != nil)
            let undone = done.json.setting("status.conditions", [])
            try await cluster.send("PUT", path + "/approval", undone.description).expect(
                422, "Invalid", "updates may not remove a condition of type \"Approved\"")
            let nonsense = done.json.setting(
                "status.certificate", .string(PKI.Base64.standard.encode(Array("x".utf8))))
            try await cluster.send("PUT", path + "/status", nonsense.description).expect(
                422, "Invalid", "must contain at least one CERTIFICATE PEM block")
            let authority = try Self.authority(cluster.clock.now.seconds)
            let pem = PKI.Base64.standard.encode(Array(authority.certificate.pem().utf8))
            let signed = done.json.setting("status.certificate", .string(pem))
            let issued = try await cluster.send("PUT", path + "/status", signed.description).expect(200)
            let again = issued.json.setting(
                "status.certificate",
                .string(PKI.Base64.standard.encode(Array((authority.certificate.pem() + "\n").utf8))))
            try await cluster.send("PUT", path + "/status", again.description).expect(
                422, "Invalid", "updates may not modify existing certificate content")
        }
    }

    @Test("who approves may note so in the request's metadata, as in a namespace's who finalizes it")
    func metadata() async throws {
        try await TestCluster.run { cluster in
            let path = Self.requests + "/any:name/approval"
            let made = try await cluster.send("POST", Self.requests, Self.signing.description).expect(201)
            let patch = #"""
                {"metadata":{"annotations":{"by":"me"}},"spec":{"request":"eA=="},
                 "status":{"conditions":[{"type":"Note","status":"True"}],"certificate":"eA=="}}
                """#
            let patched = try await cluster.send("PATCH", path, patch, type: "application/merge-patch+json")
                .expect(200)
            #expect(patched.json.at("metadata.annotations.by").stringValue == "me")
            #expect(patched.json.at("status.conditions.0.type").stringValue == "Note")
            #expect(patched.json.at("status.certificate") == .null)
            #expect(patched.json.at("spec.request") == made.json.at("spec.request"))
            let updated = patched.json.setting("metadata.labels", ["seen": "yes"])
            let answer = try await cluster.send("PUT", path, updated.description).expect(200)
            #expect(answer.json.at("metadata.labels.seen").stringValue == "yes")
            #expect(answer.json.at("metadata.uid") == made.json.at("metadata.uid"))
            try await cluster.send("PUT", path, updated.setting("metadata.name", "other").description).expect(
                400, "BadRequest", "does not match the name on the URL")

            try await cluster.send("POST", Path.namespaces, Manifest.namespace("n")).expect(201)
            let finalize = #"{"metadata":{"name":"n","labels":{"a":"b"}},"spec":{"finalizers":["kubernetes","x/y"]}}"#
            let namespace = try await cluster.send("PUT", Path.namespaces + "/n/finalize", finalize).expect(200)
            #expect(namespace.json.at("metadata.labels.a").stringValue == "b")
            #expect(namespace.json.at("spec.finalizers.1").stringValue == "x/y")
            #expect(namespace.json.at("status.phase").stringValue == "Active")
        }
    }

    private static func authority(_ now: Int64) throws -> CertificateAuthority {
        try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "ca"), validity: Validity(now: now, lifetime: .seconds(100_000)))
    }

    @Test("trust bundles hold authorities, and are named after their signer")
    func bundles() async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let pem = try Self.authority(cluster.clock.now.seconds).certificate.pem()
            func bundle(_ name: String, _ text: String, signer: JSON? = nil) -> String {
                JSON.object(["metadata": ["name": .string(name)], "spec": ["trustBundle": .string(text)]])
                    .setting("spec.signerName", signer).description
            }
            try await cluster.send("POST", Self.bundles, bundle("a", "nothing")).expect(
                422, "Invalid", "at least one trust anchor must be provided")
            try await cluster.send("POST", Self.bundles, bundle("a", pem + pem)).expect(
                422, "Invalid", "duplicate trust anchor (indices [0 1])")
            try await cluster.send("POST", Self.bundles, bundle("a:b", pem)).expect(
                422, "Invalid", "ClusterTrustBundle without signer name must not have \":\" in its name")
            try await cluster.send("POST", Self.bundles, bundle("a", pem, signer: "example.com/own")).expect(
                422, "Invalid", "must be named with prefix example.com:own:")
            let made = try await cluster.send(
                "POST", Self.bundles, bundle("example.com:own:x", pem, signer: "example.com/own")
            ).expect(201)
            let old = "/apis/certificates.k8s.io/v1alpha1/clustertrustbundles?fieldSelector=spec.signerName%3D"
            #expect(try await cluster.send("GET", old + "example.com/own").expect(200).itemNames == [made.name])
            #expect(try await cluster.send("GET", old + "other").expect(200).itemNames == [])
            let moved = made.json.setting("spec.signerName", nil)
            try await cluster.send("PUT", Self.bundles + "/" + made.name, moved.description).expect(
                422, "Invalid", "spec.signerName: Invalid value: \"\": field is immutable")
        }
    }

    @Test("a pod's certificate has the key, and the time, that were asked for")
    func podCertificates() async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let now = SystemWallClock().now.seconds
            let key = try PrivateKey.generate()
            let stub = try CertificateSigningRequest(key: key, subject: DistinguishedName(commonName: "p"))
            let request: JSON = [
                "metadata": ["name": "r"],
                "spec": [
                    "signerName": "example.com/own", "podName": "p", "podUID": "1", "nodeName": "n", "nodeUID": "2",
                    "serviceAccountName": "default", "serviceAccountUID": "3",
                    "stubPKCS10Request": .string(PKI.Base64.standard.encode(stub.der)),
                ],
            ]
            for (path, value, text) in [
                ("spec.podUID", "", "spec.podUID: Invalid value: \"\": must not be empty"),
                ("spec.maxExpirationSeconds", 60, "must be in the range [3600, 7862400]"),
                ("spec.stubPKCS10Request", "AAAA", "must be a valid PKCS#10 CSR"),
                ("spec.stubPKCS10Request", nil, "exactly one of (stubPKCS10Request) or (pkixPublicKey"),
            ] as [(String, JSON?, String)] {
                try await cluster.send("POST", Self.pods, request.setting(path, value).description)
                    .expect(422, "Invalid", text)
            }
            let made = try await cluster.send("POST", Self.pods, request.description).expect(201)
            #expect(made.json.at("spec.maxExpirationSeconds") == 86400)
            let authority = try Self.authority(now)
            func issued(_ key: PublicKey, refresh: Int64) throws -> JSON {
                let validity = try Validity(notBefore: now, notAfter: now + 7200)
                let certificate = try authority.issue(
                    subject: DistinguishedName(commonName: "p"), usages: .client, validity: validity, publicKey: key)
                return made.json.setting(
                    "status",
                    [
                        "certificateChain": .string(certificate.pem()),
                        "notBefore": Timestamp(seconds: now).json, "notAfter": Timestamp(seconds: now + 7200).json,
                        "beginRefreshAt": Timestamp(seconds: now + refresh).json,
                        "conditions": [
                            Self.condition("Issued").setting("lastTransitionTime", Timestamp(seconds: now).json)
                        ],
                    ])
            }
            let status = Self.pods + "/r/status"
            let other = try issued(PrivateKey.generate().publicKey, refresh: 3600)
            try await cluster.send("PUT", status, other.description).expect(
                422, "Invalid", "leaf certificate was not issued to the requested public key")
            try await cluster.send("PUT", status, try issued(key.publicKey, refresh: 60).description).expect(
                422, "Invalid", "must be at least 10 minutes after status.notBefore")
            let good = try issued(key.publicKey, refresh: 3600)
            let done = try await cluster.send("PUT", status, good.description).expect(200)
            let later = done.json.setting("status.beginRefreshAt", Timestamp(seconds: now + 3700).json)
            try await cluster.send("PUT", status, later.description).expect(
                422, "Invalid", "immutable after PodCertificateRequest is issued, denied, or failed")
        }
    }
}
