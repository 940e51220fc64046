import LinuxHost

/// Hands scripts to the kernel, which takes each as one transaction.
package struct NftCommand: RuleApplier {
    package init() {}

    package func apply(_ script: String) async throws(ServiceProxyError) {
        do {
            try await Nft.apply(script)
        } catch {
            throw ServiceProxyError(error.description)
        }
    }

    package func isTablePresent() async -> Bool {
        do {
            try await apply(TableFrame.probe)
            return true
        } catch {
            // Whatever the reason, making the table anew shows whether there is a lasting one.
            return false
        }
    }
}
