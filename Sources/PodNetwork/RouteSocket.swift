import Glibc

/// A conversation with the kernel about interfaces, addresses and routes.
final class RouteSocket {
    private enum Message {
        static let newLink: UInt16 = 16
        static let deleteLink: UInt16 = 17
        static let newAddress: UInt16 = 20
        static let newRoute: UInt16 = 24
        static let error: UInt16 = 2
    }

    private let descriptor: Int32

    init() throws(PodNetworkError) {
        // AF_NETLINK, NETLINK_ROUTE; unbound sockets get an address of their own.
        descriptor = socket(16, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw PodNetworkError("netlink socket: \(String(cString: strerror(errno)))") }
    }

    deinit {
        close(descriptor)
    }

    func index(of interface: String) throws(PodNetworkError) -> Int32 {
        let index = if_nametoindex(interface)
        guard index > 0 else { throw PodNetworkError("no interface \(interface)") }
        return Int32(bitPattern: index)
    }

    /// Makes a bridge; one that is there already stays.
    func makeBridge(_ name: String, mtu: Int) throws(PodNetworkError) {
        var message = RouteMessage(
            type: Message.newLink, flags: RouteMessage.create | RouteMessage.exclusive, body: link(index: 0))
        message.attribute(3, name)
        message.attribute(4, UInt32(clamping: mtu))
        message.nested(18) { message in message.attribute(1, "bridge") }
        try send(message, "bridge \(name)", accepting: [EEXIST])
    }

    func bringUp(interface: Int32) throws(PodNetworkError) {
        let message = RouteMessage(type: Message.newLink, flags: 0, body: link(index: interface, flags: 1, change: 1))
        try send(message, "interface \(interface)")
    }

    func deleteInterface(_ name: String) throws(PodNetworkError) {
        guard if_nametoindex(name) > 0 else { return }
        let message = RouteMessage(type: Message.deleteLink, flags: 0, body: link(index: try index(of: name)))
        try send(message, "interface \(name)", accepting: [ENODEV])
    }

    func addAddress(_ address: UInt32, prefix: Int, interface: Int32) throws(PodNetworkError) {
        // family, prefix length, flags, scope, index
        var body: [UInt8] = [2, UInt8(clamping: prefix), 0, 0]
        withUnsafeBytes(of: interface) { body += $0 }
        var message = RouteMessage(
            type: Message.newAddress, flags: RouteMessage.create | RouteMessage.exclusive, body: body)
        message.attribute(1, RouteMessage.address(address))
        message.attribute(2, RouteMessage.address(address))
        let broadcast = prefix >= 31 ? address : address | (UInt32.max >> UInt32(prefix))
        message.attribute(4, RouteMessage.address(broadcast))
        try send(message, "address \(IPv4Network.text(address))", accepting: [EEXIST])
    }

    /// Sends a range to an interface, without any further hop.
    func addRoute(_ range: IPv4Network, source: UInt32, interface: Int32) throws(PodNetworkError) {
        // family, destination length, source length, tos, table main, protocol static, scope link, unicast, flags
        let body: [UInt8] = [2, UInt8(clamping: range.length), 0, 0, 254, 4, 253, 1, 0, 0, 0, 0]
        var message = RouteMessage(
            type: Message.newRoute, flags: RouteMessage.create | RouteMessage.replace, body: body)
        message.attribute(1, RouteMessage.address(range.address))
        message.attribute(4, UInt32(bitPattern: interface))
        message.attribute(7, RouteMessage.address(source))
        try send(message, "route \(range)")
    }

    /// family, type, index, flags, which flags change
    private func link(index: Int32, flags: UInt32 = 0, change: UInt32 = 0) -> [UInt8] {
        var body: [UInt8] = [0, 0, 0, 0]
        withUnsafeBytes(of: index) { body += $0 }
        withUnsafeBytes(of: flags) { body += $0 }
        withUnsafeBytes(of: change) { body += $0 }
        return body
    }

    private func send(_ message: RouteMessage, _ about: String, accepting: [Int32] = []) throws(PodNetworkError) {
        let bytes = message.finished
        guard bytes.withUnsafeBytes({ Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }) == bytes.count else {
            throw PodNetworkError("\(about): \(String(cString: strerror(errno)))")
        }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        // A header of 16 bytes, then the negative errno, 0 for an acknowledgement.
        guard count >= 20 else { throw PodNetworkError("\(about): the kernel gave no answer") }
        let (type, code) = buffer.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: Int32.self)
            )
        }
        guard type == Message.error else { throw PodNetworkError("\(about): the kernel answered with message \(type)") }
        guard code == 0 || accepting.contains(-code) else {
            throw PodNetworkError("\(about): \(String(cString: strerror(-code)))")
        }
    }
}
