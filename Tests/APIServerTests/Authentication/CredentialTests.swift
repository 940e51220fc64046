import APIServer
import HTTPCore
import KubeAPI
import Machinery
import PKI
import Synchronization
import Testing

@Suite("Other credentials", .timeLimit(.minutes(1)))
struct CredentialTests {
    @Test("static tokens name the users of their file")
    func tokenFile() async throws {
        let file = "secret-1,ann,7,\"dev, ops\"\nsecret-2,bob,8\r\n\n"
        let tokens = try StaticTokenVerifier(parsing: file)
        try await TestCluster.run(.socket, adjust: { $0.authentication.staticTokens = tokens }) { cluster in
            let ann = try await cluster.whoami(token: "secret-1").expect(201)
            #expect(ann.userName == "ann")
            #expect(ann.groups == ["dev", "ops", "system:authenticated"])
            #expect(ann.json.at("status.userInfo.uid") == "7")
            #expect(try await cluster.whoami(token: "secret-2").expect(201).userName == "bob")
            try await cluster.whoami(token: "secret-3").expect(401, "Unauthorized")
        }
        for bad in ["token,user", ",user,uid"] {
            #expect(throws: ConfigurationDocument.Failure.self) { try StaticTokenVerifier(parsing: bad) }
        }
    }

    @Test("tokens are for the audiences that were chosen")
    func audiences() async throws {
        try await TestCluster.run(.socket, adjust: { $0.audiences = ["first", "second"] }) { cluster in
            let account = "/api/v1/namespaces/default/serviceaccounts/default/token"
            func token(_ audiences: String) async throws -> String {
                let answer = try await cluster.send("POST", account, #"{"spec":{"audiences":[\#(audiences)]}}"#)
                return answer.expect(201).json.at("status.token").stringValue ?? ""
            }
            for good in ["", #""first""#, #""second","else""#] {
                try await cluster.whoami(token: token(good)).expect(201)
            }
            for bad in [#""else""#, #""https://kubernetes.default.svc.cluster.local""#] {
                try await cluster.whoami(token: token(bad)).expect(401, "Unauthorized")
            }
            let review = #"{"spec":{"token":"\#(try await token(""))"}}"#
            let reviewed = try await cluster.send("POST", "/apis/authentication.k8s.io/v1/tokenreviews", review)
            #expect(reviewed.json.at("status.audiences") == ["first", "second"])
        }
    }

    @Test("the anonymous may be kept out, or kept to some paths")
    func anonymous() async throws {
        try await TestCluster.run(.socket, adjust: { $0.authentication.allowsAnonymous = false }) { cluster in
            try await cluster.raw("GET", "/readyz").expect(401, "Unauthorized")
            try await cluster.send("GET", "/readyz").expect(200)
        }
        let text = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthenticationConfiguration
            anonymous: {enabled: true, conditions: [{path: /livez}]}
            """
        let paths = try AuthenticationConfiguration(parsing: Array(text.utf8))
        try await TestCluster.run(.socket, adjust: { $0.authentication.configuration = paths }) { cluster in
            try await cluster.raw("GET", "/livez").expect(200)
            try await cluster.raw("GET", "/readyz").expect(401, "Unauthorized")
        }
    }

    @Test("a proxy names users in headers, if it proves itself")
    func proxies() async throws {
        let now = SystemWallClock().now.seconds
        let authority = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "proxies"), validity: Validity(now: now, lifetime: .seconds(3600)))
        func certificate(_ name: String) throws -> (certificate: String, key: String) {
            let key = try PrivateKey.generate()
            let made = try authority.issue(
                subject: DistinguishedName(commonName: name), usages: .client,
                validity: Validity(now: now, lifetime: .seconds(600)), publicKey: key.publicKey)
            return (made.pem(), try key.pem())
        }
        let (good, bad) = (try certificate("front"), try certificate("other"))
        let settings = RequestHeaderSettings(authorities: authority.certificate.pem(), allowedNames: ["front"])
        try await TestCluster.run(.socket, adjust: { $0.authentication.requestHeaders = settings }) { cluster in
            let headers: HTTPHeaders = [
                "x-remote-user": "ann", "x-remote-group": "dev", "x-remote-uid": "7",
                "x-remote-extra-example.org%2fscope": "read",
            ]
            let ann = try await cluster.whoami(headers, certificate: good).expect(201)
            #expect(ann.userName == "ann")
            #expect(ann.groups == ["dev", "system:authenticated"])
            #expect(ann.json.at("status.userInfo.uid") == "7")
            #expect(ann.extra["example.org/scope"] == ["read"])
            try await cluster.whoami(headers, certificate: bad).expect(401, "Unauthorized")
            // A proxy's certificate names nobody, and a user's is no proxy's.
            try await cluster.whoami([:], certificate: good).expect(401, "Unauthorized")
            let user = try cluster.certificate(user: "bob", groups: [])
            #expect(try await cluster.whoami(headers, certificate: user).expect(201).userName == "bob")
            try await cluster.raw("GET", Path.pods, headers: headers).expect(403, "Forbidden", "system:anonymous")
        }
    }

    @Test(
        "a service is asked about tokens that nobody else knows, and its answers are remembered",
        arguments: ["v1", "v1beta1"])
    func webhook(version: String) async throws {
        try await TestService.run({ call in
            let token = call.body.at("spec.token").stringValue ?? ""
            var status: JSONObject = ["authenticated": .bool(token.hasPrefix("good"))]
            if token == "bad" { status["error"] = "revoked" }
            if token == "good-elsewhere" { status["audiences"] = ["elsewhere"] }
            status["user"] = ["username": "ann", "uid": "7", "groups": ["dev"], "extra": ["example.org/a": ["b"]]]
            return TestService.json(["apiVersion": call.body.at("apiVersion"), "status": .object(status)])
        }) { service in
            var configured = WebhookTokenVerifier.Configuration(try service.kubeconfig())
            configured.version = version
            let webhook = configured
            try await TestCluster.run(.socket, adjust: { $0.authentication.webhook = webhook }) { cluster in
                let ann = try await cluster.whoami(token: "good").expect(201)
                #expect(ann.userName == "ann")
                #expect(ann.groups == ["dev", "system:authenticated"])
                #expect(ann.extra["example.org/a"] == ["b"])
                try await cluster.whoami(token: "good").expect(201)
                #expect(service.calls.count == 1)
                #expect(service.calls[0].body.at("apiVersion").stringValue == "authentication.k8s.io/\(version)")
                #expect(service.calls[0].headers["authorization"] == "Bearer secret")
                cluster.clock.advance(by: .seconds(121))
                try await cluster.whoami(token: "good").expect(201)
                #expect(service.calls.count == 2)
                try await cluster.whoami(token: "bad").expect(401, "Unauthorized")
                try await cluster.whoami(token: "good-elsewhere").expect(401, "Unauthorized")
            }
        }
    }
}

@Suite("Tokens of service accounts in Secrets and in pods", .timeLimit(.minutes(1)))
struct AccountTokenTests {
    private static let secrets = "/api/v1/namespaces/default/secrets"

    @Test("a Secret's token is good as long as the Secret has it, and its use is noted")
    func secret() async throws {
        try await TestCluster.run(.socket) { cluster in
            let client = cluster.client()
            let account = try await client.get(
                ServiceAccount.self, ObjectKey(namespace: "default", name: "default"))
            let token = try cluster.plane.tokens.issue(
                account: ServiceAccountName(namespace: "default", name: "default"), uid: account.uid, secret: "old")
            try await cluster.whoami(token: token).expect(401, "Unauthorized")
            let secret =
                #"{"metadata":{"name":"old","annotations":{"kubernetes.io/service-account.name":"default"}},"#
                + #""type":"kubernetes.io/service-account-token","data":{"token":"\#(base64(Array(token.utf8)))"}}"#
            try await cluster.send("POST", Self.secrets, secret).expect(201)
            let answer = try await cluster.whoami(token: token).expect(201)
            #expect(answer.userName == "system:serviceaccount:default:default")
            let today = String(cluster.clock.now.rfc3339.prefix(10))
            try await eventually {
                let found = try await cluster.send("GET", Self.secrets + "/old")
                return found.json.at("metadata.labels").objectValue?["kubernetes.io/legacy-token-last-used"]
                    == .string(today)
            }
            let mark = #"{"metadata":{"labels":{"kubernetes.io/legacy-token-invalid-since":"2026-01-01"}}}"#
            try await cluster.send("PATCH", Self.secrets + "/old", mark, type: "application/merge-patch+json").expect(
                200)
            try await cluster.whoami(token: token).expect(401, "Unauthorized")
            try await cluster.send("DELETE", Self.secrets + "/old").expect(200)
            try await cluster.whoami(token: token).expect(401, "Unauthorized")
        }
    }

    private static func claims(_ token: String) throws -> JSON { try JSON(parsing: JWT(token).payload) }

    private func token(_ cluster: TestCluster, _ spec: String, _ metadata: String = "{}") async throws -> Answer {
        try await cluster.send(
            "POST", "/api/v1/namespaces/default/serviceaccounts/default/token",
            #"{"metadata":\#(metadata),"spec":\#(spec)}"#)
    }

    @Test("a pod's hourly token outlives its hour, and its late use is noted")
    func extended() async throws {
        try await AuditTrail.run(#"{"level":"Metadata"}"#) { cluster, trail in
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let bound = #""boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}"#
            let issued = try await token(cluster, "{\"expirationSeconds\":3607,\(bound)}").expect(201)
            let text = try #require(issued.json.at("status.token").stringValue)
            let claims = try Self.claims(text)
            let begin = try #require(claims.at("iat").intValue)
            #expect(claims.at("exp").intValue == begin + 365 * 86_400)
            #expect(claims["kubernetes.io"]?["warnafter"]?.intValue == begin + 3607)
            let issue = try trail.event("/api/v1/namespaces/default/serviceaccounts/default/token")
            #expect(
                issue.at("annotations").objectValue?["authentication.kubernetes.io/issued-credential-id"]
                    == .string("JTI=\(claims.at("jti").stringValue ?? "")"))
            let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
            let stale = "authentication.k8s.io/stale-token"
            try await cluster.whoami(token: text).expect(201)
            #expect(try trail.event(path).at("annotations").objectValue?[stale] == nil)
            cluster.clock.advance(by: .seconds(3700))
            try await cluster.whoami(token: text).expect(201)
            #expect(
                try trail.event(path).at("annotations").objectValue?[stale]
                    == "subject: system:serviceaccount:default:default, seconds after warning threshold: 93")
            let other = try await token(cluster, "{\"expirationSeconds\":3600,\(bound)}").expect(201)
            #expect(
                try Self.claims(other.json.at("status.token").stringValue ?? "")["kubernetes.io"]?["warnafter"] == nil)
        }
    }

    @Test("a request for a token may say which account it means")
    func metadata() async throws {
        try await TestCluster.run { cluster in
            let whole = try await token(cluster, "{}", #"{"name":"default","namespace":"default"}"#).expect(201)
            #expect(!whole.uid.isEmpty)
            try await token(cluster, "{}", #"{"name":"x"}"#).expect(
                422, "Invalid", "must match the service account name")
            try await token(cluster, "{}", #"{"namespace":"x"}"#).expect(422, "Invalid", "account namespace")
            try await token(cluster, "{}", #"{"uid":"x"}"#).expect(
                409, "Conflict", "does not match the UID of the service")
        }
    }

    @Test("a token may be bound to a node, and dies with it")
    func node() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.send("POST", "/api/v1/nodes", #"{"metadata":{"name":"n1"}}"#).expect(201)
            let spec = #"{"boundObjectRef":{"kind":"Node","apiVersion":"v1","name":"n1"}}"#
            let text = try #require(try await token(cluster, spec).expect(201).json.at("status.token").stringValue)
            let answer = try await cluster.whoami(token: text).expect(201)
            #expect(answer.extra["authentication.kubernetes.io/node-name"] == ["n1"])
            try await cluster.send("DELETE", "/api/v1/nodes/n1").expect(200)
            try await cluster.whoami(token: text).expect(401, "Unauthorized")
        }
    }

    @Test("others find the keys that verify tokens, without being somebody in the cluster")
    func discovery() async throws {
        try await TestCluster.run(.socket) { cluster in
            let issued = try await token(cluster, #"{"audiences":["oidc-discovery-test"]}"#).expect(201)
            let claims = try Self.claims(issued.json.at("status.token").stringValue ?? "")
            let own = try await token(cluster, "{}").expect(201).json.at("status.token").stringValue ?? ""
            let headers: HTTPHeaders = ["authorization": "Bearer \(own)"]
            let found = try await cluster.raw("GET", "/.well-known/openid-configuration", headers: headers).expect(200)
            #expect(found.json.at("issuer") == claims.at("iss"))
            #expect(found.json.at("jwks_uri").stringValue?.hasSuffix("/openid/v1/jwks") == true)
            let keys = try await cluster.raw("GET", "/openid/v1/jwks", headers: headers).expect(200)
            #expect(keys.headers["content-type"] == "application/jwk-set+json")
            #expect(keys.json.at("keys.0.kty") == "EC")
            try await cluster.raw("GET", "/openid/v1/jwks").expect(403, "Forbidden")
        }
    }
}
