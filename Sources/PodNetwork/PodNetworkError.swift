/// What of the pod network could not be set up, and why.
package struct PodNetworkError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
