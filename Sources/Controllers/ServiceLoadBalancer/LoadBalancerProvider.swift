import KubeAPI

/// Whoever has load balancers to give to Services: the seam to a cloud, or to what stands in for one.
///
/// Every call may be repeated, and must come to the same end; none is made for Services of another class.
package protocol LoadBalancerProvider: Sendable {
    /// Makes the balancer of a Service, or brings it up to date.
    ///
    /// - Parameters:
    ///   - nodes: to which it may send.
    ///   - others: the other Services that have or want one.
    /// - Returns: where it is reached.
    /// - Throws: what users read in the Service's event.
    func ensure(_ service: Service, nodes: [Node], others: [Service]) async throws -> LoadBalancerStatus

    /// Takes the balancer of a Service away; without one there is nothing to do.
    func remove(_ service: Service) async throws
}

/// Why a Service can have no load balancer.
package struct LoadBalancerRefusal: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
