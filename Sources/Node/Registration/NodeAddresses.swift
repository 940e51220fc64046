import Glibc

/// The addresses of this machine.
package enum NodeAddresses {
    /// The address that packets to the outside carry, or any that is not loopback's; `nil` on a machine without one.
    package static func preferred() -> String? {
        routed() ?? interfaces().first { !$0.isLocal }?.address
    }

    /// Asks the kernel which address it would use towards the outside; nothing is sent.
    private static func routed() -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(53).bigEndian
        // An address for documentation (RFC 5737): only its route matters.
        inet_pton(AF_INET, "192.0.2.1", &target.sin_addr)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
        guard isConnected else { return nil }
        var own = sockaddr_in()
        var ownSize = size
        let isKnown = withUnsafeMutablePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &ownSize) == 0 }
        }
        guard isKnown else { return nil }
        let address = text(own.sin_addr)
        return address.hasPrefix("127.") || address == "0.0.0.0" ? nil : address
    }

    /// IPv4 addresses by interface. Local are loopback's and those of the pod network.
    static func interfaces() -> [(name: String, address: String, isLocal: Bool)] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [(name: String, address: String, isLocal: Bool)] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let address = entry.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET) else { continue }
            let name = String(cString: entry.ifa_name)
            let text = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { self.text($0.pointee.sin_addr) }
            found.append((name, text, text.hasPrefix("127.") || name.hasPrefix("gantry")))
        }
        return found
    }

    private static func text(_ address: in_addr) -> String {
        let bytes = withUnsafeBytes(of: address.s_addr) { Array($0) }
        return bytes.map(String.init).joined(separator: ".")
    }
}
