import Glibc
import LinuxHost
import Machinery

/// The VXLAN device and what it has to know of its peers.
extension RouteSocket {
    private enum Message {
        static let newLink: UInt16 = 16
        static let newNeighbour: UInt16 = 28
        static let deleteNeighbour: UInt16 = 29
    }

    private static let networkIdentifier: UInt32 = 1
    /// IANA's port for VXLAN.
    private static let port: UInt16 = 4789
    private static let permanent: UInt16 = 0x80
    private static let noResolution: UInt16 = 0x40
    private static let bridgeFamily: UInt8 = 7
    /// The entry is the device's own, not its master's.
    private static let onDevice: UInt8 = 2

    /// Makes the device; one that is there already stays.
    func makeTunnel(_ name: String, local: InternetAddress, hardware: [UInt8], mtu: Int) throws(PodNetworkError) {
        var message = NetlinkMessage(
            type: Message.newLink, flags: NetlinkMessage.create | NetlinkMessage.exclusive,
            body: [UInt8](repeating: 0, count: 16))
        message.attribute(1, hardware)
        message.attribute(3, name)
        message.attribute(4, UInt32(clamping: mtu))
        message.nested(18) { link in
            link.attribute(1, "vxlan")
            link.nested(2) { data in
                data.attribute(1, Self.networkIdentifier)
                data.attribute(4, local.bytes)
                // Neighbours are set, not learned.
                data.attribute(7, [0])
                data.attribute(15, bigEndian: Self.port)
            }
        }
        try send(message, "tunnel \(name)", accepting: [EEXIST])
    }

    /// Which hardware address has a tunnel address.
    func setNeighbour(_ address: InternetAddress, hardware: [UInt8], interface: Int32) throws(PodNetworkError) {
        try send(Self.neighbour(Message.newNeighbour, address, hardware, interface), "neighbour \(address)")
    }

    /// Behind which node a hardware address is.
    func setForwarding(_ hardware: [UInt8], to node: InternetAddress, interface: Int32) throws(PodNetworkError) {
        try send(Self.forwarding(Message.newNeighbour, hardware, node, interface), "tunnel to \(node)")
    }

    /// Takes back both. Entries that are not there are fine, and those that stay do no harm without a route.
    func forgetNeighbour(_ address: InternetAddress, hardware: [UInt8], at node: InternetAddress, interface: Int32) {
        for message in [
            Self.neighbour(Message.deleteNeighbour, address, hardware, interface),
            Self.forwarding(Message.deleteNeighbour, hardware, node, interface),
        ] {
            try? send(message, "neighbour \(address)")
        }
    }

    private static func neighbour(
        _ type: UInt16, _ address: InternetAddress, _ hardware: [UInt8], _ interface: Int32
    ) -> NetlinkMessage {
        entry(type, family(address), address, hardware, interface, state: permanent, flags: 0)
    }

    private static func forwarding(
        _ type: UInt16, _ hardware: [UInt8], _ node: InternetAddress, _ interface: Int32
    ) -> NetlinkMessage {
        entry(type, bridgeFamily, node, hardware, interface, state: permanent | noResolution, flags: onDevice)
    }

    private static func entry(
        _ type: UInt16, _ family: UInt8, _ address: InternetAddress, _ hardware: [UInt8], _ interface: Int32,
        state: UInt16,
        flags: UInt8
    ) -> NetlinkMessage {
        // family, padding, interface, state, flags, type
        var body: [UInt8] = [family, 0, 0, 0]
        withUnsafeBytes(of: interface) { body += $0 }
        withUnsafeBytes(of: state) { body += $0 }
        body += [flags, 0]
        let isNew = type == Message.newNeighbour
        var message = NetlinkMessage(
            type: type, flags: isNew ? NetlinkMessage.create | NetlinkMessage.replace : 0, body: body)
        message.attribute(1, address.bytes)
        message.attribute(2, hardware)
        return message
    }
}
