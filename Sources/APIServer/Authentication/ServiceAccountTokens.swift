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

        package init(
            _ find:
                @escaping @Sendable (
                    _ resource: String, _ namespace: String, _ name: String
                ) -> (uid: String, isDeleted: Bool)?
        ) {
            self.find = find
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
        package init(token: String, expiration: Timestamp) {
            self.token = token
            self.expiration = expiration
        }

        package let token: String
        package let expiration: Timestamp
    }

    package func issue(
        account: ServiceAccountName, uid: String, audiences: [String], seconds: Int64, bound: BoundObject?,
        node: (name: String, uid: String)?
    ) throws(StatusError) -> Issued {
        let now = clock.now.seconds
        var kubernetes: JSONObject = [
            "namespace": .string(account.namespace),
            "serviceaccount": ["name": .string(account.name), "uid": .string(uid)],
        ]
        if let bound {
            kubernetes[bound.kind.lowercased()] = ["name": .string(bound.name), "uid": .string(bound.uid)]
        }
        if let node { kubernetes["node"] = ["name": .string(node.name), "uid": .string(node.uid)] }
        let audiences = audiences.isEmpty ? self.audiences : audiences
        let claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(account.userName), "aud": .array(audiences.map(JSON.string)),
            "exp": .int(now + seconds), "iat": .int(now), "nbf": .int(now), "jti": .string(UUIDv4.text()),
            "kubernetes.io": .object(kubernetes),
        ]
        return Issued(token: try sign(claims), expiration: Timestamp(seconds: now + seconds))
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

        func verify(_ token: String, audiences: [String]?) throws(StatusError) -> VerifiedToken? {
            guard let claims = try claims(of: token) else { return nil }
            let named =
                claims["aud"]?.arrayValue?.compactMap(\.stringValue)
                ?? claims.string("aud").map { [$0] } ?? []
            let meant = named.filter((audiences ?? tokens.audiences).contains)
            let now = tokens.clock.now.seconds
            guard !meant.isEmpty, let expiry = claims.int64("exp"), now < expiry,
                now >= (claims.int64("nbf") ?? 0) - 60
            else { throw StatusError.unauthorized() }
            return VerifiedToken(user: try user(claims), audiences: meant)
        }

        /// The claims of a token that we signed; `nil` for another issuer's.
        private func claims(of token: String) throws(StatusError) -> JSONObject? {
            if let claims = known[token] { return claims }
            guard token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 else { return nil }
            do {
                let jwt = try JWT(token)
                guard case .object(let claims) = try JSON(parsing: jwt.payload),
                    claims.string("iss") == tokens.issuer
                else { return nil }
                try tokens.verifier.verify(jwt)
                known.insert(claims, for: token)
                return claims
            } catch {
                throw StatusError.unauthorized()
            }
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
                guard let object = bound[kind]?.objectValue, let name = object.string("name"),
                    let uid = object.string("uid")
                else { continue }
                if kind != "node" || bound["pod"] == nil {
                    try check(resource, kind == "node" ? "" : account.namespace, name, uid: uid)
                }
                user.extra["authentication.kubernetes.io/\(kind)-name"] = [name]
                user.extra["authentication.kubernetes.io/\(kind)-uid"] = [uid]
            }
            return user
        }

        private func check(
            _ resource: String, _ namespace: String, _ name: String, uid: String
        ) throws(StatusError) {
            guard let found = lookup.find(resource, namespace, name), found.uid == uid, !found.isDeleted else {
                throw StatusError.unauthorized()
            }
        }
    }
}
