import APIServer
import HTTPCore
import HTTPTestSupport
import Machinery
import PKI
import Testing

@Suite("Tokens of other issuers", .timeLimit(.minutes(1)))
struct OpenIDTests {
    private static func run(
        _ configuration: @escaping @Sendable (TestIssuer) throws -> AuthenticationConfiguration = {
            try $0.configuration()
        }, _ body: @escaping @Sendable (TestCluster, TestIssuer) async throws -> Void
    ) async throws {
        try await TestIssuer.run { issuer in
            let configured = try configuration(issuer)
            try await TestCluster.run(.socket, adjust: { $0.authentication.configuration = configured }) { cluster in
                try await body(cluster, issuer)
            }
        }
    }

    @Test("name users by their claims")
    func claims() async throws {
        let mappings: JSONObject = [
            "claimMappings": [
                "username": ["claim": "email", "prefix": "oidc:"], "groups": ["claim": "roles", "prefix": "r:"],
                "uid": ["claim": "sub"],
            ]
        ]
        try await Self.run({ try $0.configuration(mappings) }) { cluster, issuer in
            let now = cluster.clock.now.seconds
            let good: JSONObject = ["email": "a@b", "email_verified": true, "roles": ["x", "y"], "jti": "7"]
            let answer = try await cluster.whoami(token: issuer.token(good, now: now)).expect(201)
            #expect(answer.userName == "oidc:a@b")
            #expect(answer.groups == ["r:x", "r:y", "system:authenticated"])
            #expect(answer.json.at("status.userInfo.uid") == "me")
            #expect(answer.extra["authentication.kubernetes.io/credential-id"] == ["JTI=7"])
            let one = try await cluster.whoami(token: issuer.token(["email": "c", "roles": "single"], now: now))
            #expect(one.expect(201).groups == ["r:single", "system:authenticated"])
            for bad: JSONObject in [
                ["email": "a@b", "email_verified": false], ["roles": ["x"]], ["email": 7],
                ["email": "a", "roles": [7]],
            ] {
                try await cluster.whoami(token: issuer.token(bad, now: now)).expect(401, "Unauthorized")
            }
            #expect(issuer.fetches == 1)
        }
    }

    @Test("are good for their audience and their time only")
    func limits() async throws {
        try await Self.run { cluster, issuer in
            let now = cluster.clock.now.seconds
            try await cluster.whoami(token: issuer.token([:], now: now)).expect(201)
            for token in [
                try issuer.token([:], audience: "others", now: now), try issuer.token(["exp": .int(now - 1)], now: now),
                try issuer.token(["exp": .null], now: now), try issuer.token(["nbf": .int(now + 3600)], now: now),
                try issuer.token(["iss": "https://example.com"], now: now),
            ] {
                try await cluster.whoami(token: token).expect(401, "Unauthorized")
            }
            let parts = try issuer.token([:], now: now).split(separator: ".").map(String.init)
            let forged = "\(parts[0]).\(PKI.Base64.url.encode(Array(#"{"iss":"\#(issuer.url)"}"#.utf8))).\(parts[2])"
            try await cluster.whoami(token: forged).expect(401, "Unauthorized")
            let review = #"{"spec":{"token":"\#(try issuer.token(["exp": .int(now - 1)], now: now))"}}"#
            let reviewed = try await cluster.send("POST", "/apis/authentication.k8s.io/v1/tokenreviews", review)
            #expect(
                reviewed.json.at("status.error").stringValue?.contains("oidc: verify token: oidc: token is expired")
                    == true)
        }
    }

    @Test("are believed again after the issuer changed its key, and the old key no longer")
    func rotation() async throws {
        try await Self.run { cluster, issuer in
            let now = cluster.clock.now.seconds
            let old = try issuer.token(["sub": "old"], now: now)
            try await cluster.whoami(token: old).expect(201)
            try issuer.changeKey()
            try await cluster.whoami(token: issuer.token(["sub": "new"], now: now)).expect(201)
            #expect(issuer.fetches == 2)
            cluster.clock.advance(by: .seconds(60))
            try await cluster.whoami(token: old).expect(401, "Unauthorized")
        }
    }

    @Test("become users by expressions, if their rules hold")
    func expressions() async throws {
        let members: JSONObject = [
            "claimMappings": [
                "username": ["expression": "claims.name + '@' + claims.org.id"],
                "groups": ["expression": "claims.?teams.orValue([]).map(t, 'team:' + t)"],
                "uid": ["expression": "claims.sub"],
                "extra": [["key": "example.org/scopes", "valueExpression": "claims.scope.split(' ')"]],
            ],
            "claimValidationRules": [
                ["claim": "hd", "requiredValue": "corp"],
                ["expression": "claims.exp - claims.iat <= 3600", "message": "lives too long"],
            ],
            "userValidationRules": [
                ["expression": "!user.username.startsWith('system:')", "message": "reserved prefix"]
            ],
        ]
        try await Self.run({ try $0.configuration(members) }) { cluster, issuer in
            let now = cluster.clock.now.seconds
            let good: JSONObject = [
                "name": "ann", "org": ["id": "acme"], "teams": ["a", "b"], "scope": "read write", "hd": "corp",
            ]
            let answer = try await cluster.whoami(token: issuer.token(good, now: now)).expect(201)
            #expect(answer.userName == "ann@acme")
            #expect(answer.groups == ["team:a", "team:b", "system:authenticated"])
            #expect(answer.extra["example.org/scopes"] == ["read", "write"])
            func refused(_ change: (inout JSONObject) -> Void, _ part: String) async throws {
                var claims = good
                change(&claims)
                let review = #"{"spec":{"token":"\#(try issuer.token(claims, now: now))"}}"#
                let answer = try await cluster.send("POST", "/apis/authentication.k8s.io/v1/tokenreviews", review)
                #expect(
                    answer.expect(201).json.at("status.error").stringValue?.contains(part) == true, "\(answer.text)")
            }
            try await refused({ $0["hd"] = "else" }, "required claim hd value does not match. Got = else, want = corp")
            try await refused({ $0["hd"] = nil }, "required claim hd not present in ID token")
            try await refused({ $0["exp"] = .int(now + 7200) }, "failed: lives too long")
            try await refused({ $0["name"] = "system:x" }, "failed: reserved prefix")
            try await refused({ $0["org"] = nil }, "error evaluating username claim expression")
        }
    }

    @Test("may leave their groups to an endpoint that they name")
    func distributed() async throws {
        let mappings: JSONObject = [
            "claimMappings": [
                "username": ["claim": "sub", "prefix": ""], "groups": ["claim": "groups", "prefix": "r:"],
            ]
        ]
        try await Self.run({ try $0.configuration(mappings) }) { cluster, issuer in
            let now = cluster.clock.now.seconds
            func token(_ source: JSON, names: JSON = ["groups": "s"], id: String = UUIDv4.text()) throws -> String {
                try issuer.token(["_claim_names": names, "_claim_sources": source, "jti": .string(id)], now: now)
            }
            let there: JSON = ["s": ["endpoint": .string("\(issuer.url)/claims"), "access_token": "f005ba11"]]
            issuer.setClaims(try issuer.token(["groups": ["a", "b"]], now: now))
            let answer = try await cluster.whoami(token: token(there)).expect(201)
            #expect(answer.groups == ["r:a", "r:b", "system:authenticated"])
            // What the token says itself is heard first; a claim of another name, or inside the token, is not looked for.
            let own = try issuer.token(["groups": "own", "_claim_names": ["groups": "s"]], now: now)
            #expect(try await cluster.whoami(token: own).expect(201).groups == ["r:own", "system:authenticated"])
            let others = [try token(there, names: ["roles": "s"]), try token(["s": ["JWT": "x"]])]
            for token in others {
                #expect(try await cluster.whoami(token: token).expect(201).groups == ["system:authenticated"])
            }
            func refused(_ source: JSON, _ part: String) async throws {
                let review = #"{"spec":{"token":"\#(try token(source))"}}"#
                let answer = try await cluster.send("POST", "/apis/authentication.k8s.io/v1/tokenreviews", review)
                let text = answer.expect(201).json.at("status.error").stringValue ?? ""
                #expect(text.contains("oidc: could not expand distributed claims: "), "\(text)")
                #expect(text.contains(part), "\(text)")
            }
            try await refused(.null, "could not parse claim sources")
            try await refused([:], "id token _claim_names contained a source s missing in _claims_sources")
            try await refused(
                ["s": ["endpoint": .string("\(issuer.url)/claims")]],
                "while getting distributed claim \"groups\": error while getting distributed claim JWT: 403")
            issuer.setClaims(try issuer.token([:], now: now))
            try await refused(there, "did not contain claim: groups")
            issuer.setClaims(try issuer.token(["groups": "a"], audience: "others", now: now))
            try await refused(there, "verify distributed claim token: oidc: expected audience")
            issuer.setClaims("no token")
            try await refused(there, "getting untrusted issuer from endpoint")
        }
    }

    @Test("come from issuers that may be found elsewhere, and changed while the server runs")
    func reload() async throws {
        try await TestIssuer.run { issuer in
            let discovery: JSONObject = ["discoveryURL": .string("\(issuer.url)/discovery")]
            let believed = try issuer.configuration(issuer: discovery, anonymous: ["enabled": false])
            try await TestCluster.run(.socket) { cluster in
                let token = try issuer.token([:], now: cluster.clock.now.seconds)
                try await cluster.whoami(token: token).expect(401)
                try await cluster.raw("GET", "/readyz").expect(200)
                try cluster.plane.identity.replace(believed)
                #expect(try await cluster.whoami(token: token).expect(201).userName == "oidc:me")
                try await cluster.raw("GET", "/readyz").expect(401)
                try cluster.plane.identity.replace(AuthenticationConfiguration())
                try await cluster.whoami(token: token).expect(401)
                try await cluster.raw("GET", "/readyz").expect(200)
            }
        }
    }

    @Test("are configured by flags as well")
    func flags() async throws {
        try await TestIssuer.run { issuer in
            var flags = AuthenticationConfiguration.OpenIDFlags()
            flags.issuerURL = issuer.url
            #expect(throws: ConfigurationDocument.Failure.self) { try AuthenticationConfiguration(flags) }
            flags.clientID = "kubernetes"
            flags.algorithms = ["ES256"]
            flags.groupsClaim = "groups"
            flags.requiredClaims = ["hd": "corp"]
            flags.authorities = TestCertificates.ca
            let configured = try AuthenticationConfiguration(flags)
            try await TestCluster.run(.socket, adjust: { $0.authentication.configuration = configured }) { cluster in
                let now = cluster.clock.now.seconds
                let token = try issuer.token(["hd": "corp", "groups": ["g"]], now: now)
                let answer = try await cluster.whoami(token: token).expect(201)
                #expect(answer.userName == "\(issuer.url)#me")
                #expect(answer.groups == ["g", "system:authenticated"])
                try await cluster.whoami(token: issuer.token([:], now: now)).expect(401)
            }
            flags.algorithms = ["HS256"]
            #expect(throws: ConfigurationDocument.Failure.self) { try AuthenticationConfiguration(flags) }
        }
    }
}
