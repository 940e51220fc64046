import Machinery

extension Identity {
    /// The namespace of the service account whose token it is; nil for a token that is not good, or somebody else's.
    package func accountNamespace(ofToken token: String) async -> String? {
        do throws(StatusError) {
            guard let user = try await bearer.verify(token, audiences: nil)?.user.name else { return nil }
            return ServiceAccountName(userName: user)?.namespace
        } catch {
            // Why a token is bad is nothing to tell whoever shows it.
            return nil
        }
    }
}
