import KubeAPI
import Machinery
import PKI

/// Issues and verifies the tokens of service accounts: JWTs bound to an account, an audience, a time, and often a pod.
///
/// A token dies with what it is bound to: verification looks at the account's and the pod's uid as they are now.
package struct ServiceAccountTokens: Sendable {
    /// Where bound objects are looked up. Set once the registries exist.
    package struct Lookup: Sendable {
        let find: @Sendable (_ resource: String, _ namespace: String, _ name: String) -> (uid: String, isDeleted: Bool)?
        let secret: @Sendable (_ namespace: String, _ name: String) -> Secret?
        let account: @Sendable (_ namespace: String, _ name: String) -> ServiceAccount?
        /// Told of tokens in Secrets that were used, of each once a day.
        let onUse: @Sendable (_ secret: Secret, _ day: String) -> Void

        package init(
            find:
                @escaping @Sendable (
                    _ resource: String, _ namespace: String, _ name: String
                ) -> (uid: String, isDeleted: Bool)?,
            secret: @escaping @Sendable (_ namespace: String, _ name: String) -> Secret?,
            account: @escaping @Sendable (_ namespace: String, _ name: String) -> ServiceAccount?,
            onUse: @escaping @Sendable (_ secret: Secret, _ day: String) -> Void
        ) {
            self.find = find
            self.secret = secret
            self.account = account
            self.onUse = onUse
        }
    }

    package let issuer: String
    /// Whom tokens are for when nobody says: the API server.
    package let audiences: [String]
    private let signer: JWTSigner
    private let verifier: JWTVerifier
    private let clock: any WallClock

    package init(issuer: String, audiences: [String], key: PrivateKey, clock: any WallClock) {
        self.issuer = issuer
        self.audiences = audiences
        signer = JWTSigner(key)
        verifier = JWTVerifier([key.publicKey])
        self.clock = clock
    }

    /// What a token is bound to besides its account.
    package struct BoundObject: Sendable {
        package let kind: String
        package let name: String
        package let uid: String
    }

    package struct Issued: Sendable {
        package init(token: String, expiration: Timestamp, id: String = "") {
            self.token = token
            self.expiration = expiration
            self.id = id
        }

        package let token: String
        package let expiration: Timestamp
        /// The token's own name (`jti`).
        package let id: String
    }

    /// What pods ask for to get a token that the agent renews each hour, and how long such a token is good all the
    /// same: clients of old did not read it again (KEP-1205). Its use after the hour is noted.
    static let renewedSeconds: Int64 = 3607
    static let extendedSeconds: Int64 = 365 * 86_400

    package func issue(
        account: ServiceAccountName, uid: String, audiences: [String], seconds: Int64, bound: BoundObject?,
        node: (name: String, uid: String)?
    ) throws(StatusError) -> Issued {
        let now = clock.now.seconds
        let isForUs = audiences.allSatisfy(self.audiences.contains)
        let isExtended = bound?.kind == "Pod" && seconds == Self.renewedSeconds && isForUs
        let id = UUIDv4.text()
        var kubernetes: JSONObject = [
            "namespace": .string(account.namespace),
            "serviceaccount": ["name": .string(account.name), "uid": .string(uid)],
        ]
        if let bound {
            kubernetes[bound.kind.lowercased()] = ["name": .string(bound.name), "uid": .string(bound.uid)]
        }
        if let node {
            kubernetes["node"] = ["name": .string(node.name)]
            // A node that is no longer there still has a name.
            if !node.uid.isEmpty { kubernetes["node"]?.setMember("uid", .string(node.uid)) }
        }
        if isExtended { kubernetes["warnafter"] = .int(now + seconds) }
        let audiences = audiences.isEmpty ? self.audiences : audiences
        let claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(account.userName), "aud": .array(audiences.map(JSON.string)),
            "exp": .int(now + (isExtended ? Self.extendedSeconds : seconds)), "iat": .int(now), "nbf": .int(now),
            "jti": .string(id), "kubernetes.io": .object(kubernetes),
        ]
        return Issued(token: try sign(claims), expiration: Timestamp(seconds: now + seconds), id: id)
    }

    /// A token for a person or program that is no service account (`gantry token create --user`).
    package func issue(user: String, groups: [String], seconds: Int64) throws(StatusError) -> Issued {
        let now = clock.now.seconds
        let claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(user), "aud": .array(audiences.map(JSON.string)),
            "exp": .int(now + seconds), "iat": .int(now), "nbf": .int(now), "jti": .string(UUIDv4.text()),
            "gantry.dev": ["groups": .array(groups.map(JSON.string))],
        ]
        return Issued(token: try sign(claims), expiration: Timestamp(seconds: now + seconds))
    }

    /// The token of a Secret of type `kubernetes.io/service-account-token`, good for as long as the Secret has it.
    package func issue(
        account: ServiceAccountName, uid: String, secret: String
    ) throws(StatusError) -> String {
        try sign(LegacyAccountToken(account: account, uid: uid, secret: secret).claims)
    }

    private func sign(_ claims: JSONObject) throws(StatusError) -> String {
        do {
            return try signer.sign(payload: claims.encoded())
        } catch {
            throw StatusError.internalError("signing a token: \(error)")
        }
    }

    package func verifier(_ lookup: Lookup) -> any TokenVerifier {
        Verifier(tokens: self, lookup: lookup)
    }

    private struct Verifier: TokenVerifier {
        let tokens: ServiceAccountTokens
        let lookup: Lookup
        /// Claims of tokens whose signature was found good: checking it costs more than the rest of a small request.
        let known = VerifiedClaims()

        func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
            guard let claims = try claims(of: token) else { return nil }
            if claims.string("iss") == LegacyAccountToken.issuer { return try legacy(claims, token, audiences) }
            let named =
                claims["aud"]?.arrayValue?.compactMap(\.stringValue)
                ?? claims.string("aud").map { [$0] } ?? []
            let meant = named.filter((audiences ?? tokens.audiences).contains)
            let now = tokens.clock.now.seconds
            guard !meant.isEmpty else {
                throw StatusError.unauthorized(
                    "token audiences [\(named.map(GoQuote.quote).joined(separator: " "))] is invalid for the target "
                        + "audiences [\((audiences ?? tokens.audiences).map(GoQuote.quote).joined(separator: " "))]")
            }
            guard let expiry = claims.int64("exp"), now < expiry else {
                throw StatusError.unauthorized("service account token has expired")
            }
            guard now >= (claims.int64("nbf") ?? 0) - 60 else {
                throw StatusError.unauthorized("service account token is not valid yet")
            }
            var found = Authenticated(user: try user(claims), audiences: meant)
            if let limit = claims["kubernetes.io"]?["warnafter"]?.intValue, now > limit {
                found.annotations.append(
                    (
                        "authentication.k8s.io/stale-token",
                        "subject: \(found.user.name), seconds after warning threshold: \(now - limit)"
                    ))
            }
            return found
        }

        /// The claims of a token that we signed; `nil` for another issuer's.
        private func claims(of token: String) throws(StatusError) -> JSONObject? {
            if let claims = known[token] { return claims }
            guard token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 else { return nil }
            do {
                let jwt = try JWT(token)
                guard case .object(let claims) = try JSON(parsing: jwt.payload),
                    [tokens.issuer, LegacyAccountToken.issuer].contains(claims.string("iss"))
                else { return nil }
                try tokens.verifier.verify(jwt)
                known.insert(claims, for: token)
                return claims
            } catch {
                throw StatusError.unauthorized("invalid bearer token")
            }
        }

        /// Tokens of Secrets are for whoever asks, as they always were.
        private func legacy(
            _ claims: JSONObject, _ token: String, _ audiences: [String]?
        ) throws(StatusError) -> Authenticated {
            let meant = (audiences ?? tokens.audiences).filter(tokens.audiences.contains)
            guard let parts = LegacyAccountToken(claims: claims), !meant.isEmpty else {
                throw StatusError.unauthorized("sub claim is invalid")
            }
            var found = try parts.authenticate(token, lookup, day: String(tokens.clock.now.rfc3339.prefix(10)))
            found.audiences = meant
            return found
        }

        private func user(_ claims: JSONObject) throws(StatusError) -> User {
            let subject = claims.string("sub") ?? ""
            let credential = ["JTI=\(claims.string("jti") ?? "")"]
            if let own = claims["gantry.dev"]?.objectValue {
                return User(
                    name: subject, groups: own.strings("groups"),
                    extra: ["authentication.kubernetes.io/credential-id": credential])
            }
            guard let account = ServiceAccountName(userName: subject),
                let bound = claims["kubernetes.io"]?.objectValue,
                bound.string("namespace") == account.namespace,
                let uid = bound["serviceaccount"]?["uid"]?.stringValue
            else { throw StatusError.unauthorized() }
            try check("serviceaccounts", account.namespace, account.name, uid: uid)
            var user = User(name: account.userName, uid: uid, groups: account.groups)
            user.extra["authentication.kubernetes.io/credential-id"] = credential
            for (kind, resource) in [("pod", "pods"), ("secret", "secrets"), ("node", "nodes")] {
                guard let object = bound[kind]?.objectValue, let name = object.string("name") else { continue }
                let uid = object.string("uid") ?? ""
                // A pod's node is told, not proved.
                if kind != "node" || bound["pod"] == nil {
                    try check(resource, kind == "node" ? "" : account.namespace, name, uid: uid)
                }
                guard kind != "secret" else { continue }
                user.extra["authentication.kubernetes.io/\(kind)-name"] = [name]
                if !uid.isEmpty { user.extra["authentication.kubernetes.io/\(kind)-uid"] = [uid] }
            }
            return user
        }

        private func check(
            _ resource: String, _ namespace: String, _ name: String, uid: String
        ) throws(StatusError) {
            guard let found = lookup.find(resource, namespace, name), found.uid == uid, !found.isDeleted else {
                throw StatusError.unauthorized("service account token has been invalidated")
            }
        }
    }
}
