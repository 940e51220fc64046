import Glibc
import LinuxHost
import Machinery

/// A conversation with the kernel about interfaces, addresses and routes.
struct RouteSocket {
    private enum Message {
        static let newLink: UInt16 = 16
        static let deleteLink: UInt16 = 17
        static let newAddress: UInt16 = 20
        static let newRoute: UInt16 = 24
    }

    let socket: NetlinkSocket

    init() throws(PodNetworkError) {
        socket = try PodNetworkError.wrapping { () throws(NetlinkError) in try NetlinkSocket(.route) }
    }

    func index(of interface: String) throws(PodNetworkError) -> Int32 {
        let index = if_nametoindex(interface)
        guard index > 0 else { throw PodNetworkError("no interface \(interface)") }
        return Int32(bitPattern: index)
    }

    /// Makes a bridge; one that is there already stays.
    func makeBridge(_ name: String, mtu: Int) throws(PodNetworkError) {
        var message = NetlinkMessage(
            type: Message.newLink, flags: NetlinkMessage.create | NetlinkMessage.exclusive, body: link(index: 0))
        message.attribute(3, name)
        message.attribute(4, UInt32(clamping: mtu))
        message.nested(18) { message in message.attribute(1, "bridge") }
        try send(message, "bridge \(name)", accepting: [EEXIST])
    }

    func bringUp(interface: Int32) throws(PodNetworkError) {
        let message = NetlinkMessage(type: Message.newLink, flags: 0, body: link(index: interface, flags: 1, change: 1))
        try send(message, "interface \(interface)")
    }

    func deleteInterface(_ name: String) throws(PodNetworkError) {
        let index = if_nametoindex(name)
        guard index > 0 else { return }
        let message = NetlinkMessage(type: Message.deleteLink, flags: 0, body: link(index: Int32(index)))
        try send(message, "interface \(name)", accepting: [ENODEV])
    }

    func addAddress(_ address: InternetAddress, prefix: Int, interface: Int32) throws(PodNetworkError) {
        // family, prefix length, flags, scope, index
        var body: [UInt8] = [Self.family(address), UInt8(clamping: prefix), 0, 0]
        withUnsafeBytes(of: interface) { body += $0 }
        var message = NetlinkMessage(
            type: Message.newAddress, flags: NetlinkMessage.create | NetlinkMessage.exclusive, body: body)
        message.attribute(1, address.bytes)
        message.attribute(2, address.bytes)
        if address.is4, let network = CIDR(address, length: prefix) {
            message.attribute(4, (prefix >= 31 ? address : network.last).bytes)
        }
        try send(message, "address \(address)", accepting: [EEXIST])
    }

    /// Sends a range to an interface, without any further hop.
    func addRoute(_ range: CIDR, source: InternetAddress, interface: Int32) throws(PodNetworkError) {
        // family, destination length, source length, tos, table main, protocol static, scope link, unicast, flags
        let body: [UInt8] = [
            Self.family(range.address), UInt8(clamping: range.length), 0, 0, 254, 4, 253, 1, 0, 0, 0, 0,
        ]
        var message = NetlinkMessage(
            type: Message.newRoute, flags: NetlinkMessage.create | NetlinkMessage.replace, body: body)
        message.attribute(1, range.first.bytes)
        message.attribute(4, UInt32(bitPattern: interface))
        message.attribute(7, source.bytes)
        try send(message, "route \(range)")
    }

    static func family(_ address: InternetAddress) -> UInt8 {
        UInt8(address.is4 ? AF_INET : AF_INET6)
    }

    /// family, type, index, flags, which flags change
    private func link(index: Int32, flags: UInt32 = 0, change: UInt32 = 0) -> [UInt8] {
        var body: [UInt8] = [0, 0, 0, 0]
        withUnsafeBytes(of: index) { body += $0 }
        withUnsafeBytes(of: flags) { body += $0 }
        withUnsafeBytes(of: change) { body += $0 }
        return body
    }

    func send(_ message: NetlinkMessage, _ about: String, accepting: [Int32] = []) throws(PodNetworkError) {
        try PodNetworkError.wrapping { () throws(NetlinkError) in
            try socket.change(message, about, accepting: accepting)
        }
    }
}
