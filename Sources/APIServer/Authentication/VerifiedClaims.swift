import Machinery
import Synchronization

/// The claims of tokens whose signatures were verified, so that each is verified once.
///
/// Only the signature is remembered, which never changes: times, audiences and what a token is bound to are looked at
/// anew by every request. Tokens that failed are not kept, so that nobody fills the memory with them.
final class VerifiedClaims: Sendable {
    private static let capacity = 4096
    private let claims = Mutex<[String: JSONObject]>([:])

    subscript(token: String) -> JSONObject? { claims.withLock { $0[token] } }

    func insert(_ object: JSONObject, for token: String) {
        claims.withLock { claims in
            if claims.count >= Self.capacity { claims.removeAll(keepingCapacity: true) }
            claims[token] = object
        }
    }
}
