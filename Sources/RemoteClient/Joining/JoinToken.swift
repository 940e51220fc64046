/// What a machine joins with: a bootstrap token `ID.SECRET`, as Kubernetes has them, and the pin of the authority that
/// the cluster's servers must have: `ID.SECRET.HASH`.
///
/// The token alone proves the machine to the cluster; the pin proves the cluster to the machine. One text holds both, so
/// that neither is forgotten. Its description leaves the secret out.
package struct JoinToken: Hashable, Sendable, CustomStringConvertible {
    package let id: String
    private let secret: String
    package let pin: AuthorityPin?

    package init(id: String, secret: String, pin: AuthorityPin?) {
        self.id = id
        self.secret = secret
        self.pin = pin
    }

    package init(_ text: some StringProtocol) throws(JoinError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        func isMade(_ part: Substring, _ length: Int) -> Bool {
            part.utf8.count == length
                && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        let pieces = parts.map { Substring($0) }
        guard (2...3).contains(pieces.count), isMade(pieces[0], 6), isMade(pieces[1], 16) else {
            throw JoinError(
                "the token is not of the form ID.SECRET.HASH that gantry token create prints, or ID.SECRET")
        }
        id = String(pieces[0])
        secret = String(pieces[1])
        pin = pieces.count == 3 ? try AuthorityPin(digits: pieces[2]) : nil
    }

    /// What the API server takes as a bearer token.
    package var bearer: String { "\(id).\(secret)" }
    /// The whole token.
    package var text: String { pin.map { "\(bearer).\($0.digits)" } ?? bearer }
    package var description: String { "\(id).***" }
}
