import LinuxHost

/// The seam to the kernel's connection tracking.
package protocol FlowTable: Sendable {
    /// Forgets the IPv4 datagram flows for which the test is true, and says how many they were.
    func forgetDatagrams(where isStale: @Sendable (TrackedFlow) -> Bool) throws(ServiceProxyError) -> Int
}

/// Connection tracking of this network namespace.
package struct KernelFlowTable: FlowTable {
    private let open: @Sendable () throws(NetlinkError) -> ConnectionTracking

    /// - Parameter open: how the table is reached; each time anew, as nothing is kept between changes.
    package init(open: @escaping @Sendable () throws(NetlinkError) -> ConnectionTracking = Self.here) {
        self.open = open
    }

    package static let here: @Sendable () throws(NetlinkError) -> ConnectionTracking = { () throws(NetlinkError) in
        try ConnectionTracking()
    }

    package func forgetDatagrams(
        where isStale: @Sendable (TrackedFlow) -> Bool
    ) throws(ServiceProxyError) -> Int {
        do throws(NetlinkError) {
            let table = try open()
            let stale = try table.flows(.v4, transport: TrackedFlow.udp).filter(isStale)
            for flow in stale { try table.remove(flow) }
            return stale.count
        } catch {
            throw ServiceProxyError("connection tracking: \(error)")
        }
    }
}
