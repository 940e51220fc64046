/// Why a machine could not join a cluster, and what to do about it.
package struct JoinError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
