import Machinery

/// The way to the pods of another node.
package struct NodeRoute: Hashable, Sendable {
    /// The other node's part of the pod network.
    package let range: CIDR
    /// The other node's own address.
    package let node: InternetAddress

    package init(range: CIDR, node: InternetAddress) {
        self.range = range
        self.node = node
    }
}

/// Where routes to other nodes' pods are kept: the kernel, or a fake.
package protocol NodeRouteTable: Sendable {
    /// Makes these the only routes to other nodes.
    ///
    /// - Returns: what went wrong, per route; the others stand.
    /// - Throws: when nothing could be done at all.
    func replace(with routes: [NodeRoute]) throws(PodNetworkError) -> [PodNetworkError]
}
