/// The seam to the kernel's packet filter.
package protocol RuleApplier: Sendable {
    /// Has a whole script, in the language of `nft`, take effect, or none of it.
    func apply(_ script: String) async throws(ServiceProxyError)

    /// Whether the table is still there.
    func isTablePresent() async -> Bool
}

/// A failure of the service proxy to make the kernel do its part.
package struct ServiceProxyError: Error, CustomStringConvertible, Sendable {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
