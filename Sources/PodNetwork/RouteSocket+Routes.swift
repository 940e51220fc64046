import Glibc
import LinuxHost
import Machinery

/// Routes over other nodes.
extension RouteSocket {
    private enum Message {
        static let newRoute: UInt16 = 24
        static let deleteRoute: UInt16 = 25
        static let getRoute: UInt16 = 26
    }

    private enum Attribute {
        static let destination: UInt16 = 1
        static let interface: UInt16 = 4
        static let gateway: UInt16 = 5
        static let source: UInt16 = 7
    }

    /// family, destination length, source length, tos, table, protocol, scope, type, and flags in 4 bytes
    private static let fixedLength = 12
    private static let mainTable: UInt8 = 254
    private static let unicast: UInt8 = 1
    private static let local: UInt8 = 2
    private static let onLink: UInt8 = 4

    /// Where the kernel would send a packet for an address.
    struct Hop: Hashable, Sendable {
        let interface: Int32
        /// The address is on a network of this machine.
        let isDirect: Bool
        /// The address is this machine's own.
        let isLocal: Bool
    }

    func hop(to address: InternetAddress) throws(PodNetworkError) -> Hop {
        let about = "the way to \(address)"
        var message = NetlinkMessage(type: Message.getRoute, flags: 0, body: Self.body(CIDR(only: address)))
        message.attribute(Attribute.destination, address.bytes)
        let answer = try PodNetworkError.wrapping { () throws(NetlinkError) in try socket.ask(message, about) }
        guard answer.count >= Self.fixedLength else { throw PodNetworkError("\(about): the kernel gave no answer") }
        let attributes = NetlinkAttributes(answer.dropFirst(Self.fixedLength))
        guard let interface = Self.number(attributes.bytes(Attribute.interface)) else {
            throw PodNetworkError("\(about): there is none")
        }
        return Hop(
            interface: interface, isDirect: attributes.bytes(Attribute.gateway) == nil,
            isLocal: answer[answer.startIndex + 7] == Self.local)
    }

    /// The routes of the main table that some program marked as its own.
    func routes(protocol number: UInt8) throws(PodNetworkError) -> [KernelRoute] {
        // family: any
        let message = NetlinkMessage(
            type: Message.getRoute, flags: 0, body: [UInt8](repeating: 0, count: Self.fixedLength))
        var found: [KernelRoute] = []
        try PodNetworkError.wrapping { () throws(NetlinkError) in
            try socket.list(message, "reading routes") { body in
                if let route = Self.route(body, protocol: number) { found.append(route) }
            }
        }
        return found
    }

    private static func route(_ body: ArraySlice<UInt8>, protocol number: UInt8) -> KernelRoute? {
        let head = Array(body.prefix(fixedLength))
        guard head.count == fixedLength, head[4] == mainTable, head[5] == number else { return nil }
        let attributes = NetlinkAttributes(body.dropFirst(fixedLength))
        func address(_ type: UInt16) -> InternetAddress? {
            attributes.bytes(type).flatMap { InternetAddress(bytes: $0) }
        }
        guard let destination = address(Attribute.destination), let range = CIDR(destination, length: Int(head[1])),
            let gateway = address(Attribute.gateway), let interface = Self.number(attributes.bytes(Attribute.interface))
        else { return nil }
        return KernelRoute(
            range: range, gateway: gateway, interface: interface, source: address(Attribute.source),
            isOnLink: head[8] & onLink != 0)
    }

    /// Adds a route, in place of any other to the same range.
    func setRoute(_ route: KernelRoute, protocol number: UInt8) throws(PodNetworkError) {
        var message = NetlinkMessage(
            type: Message.newRoute, flags: NetlinkMessage.create | NetlinkMessage.replace,
            body: Self.body(
                route.range, protocol: number, type: Self.unicast, flags: route.isOnLink ? Self.onLink : 0))
        message.attribute(Attribute.destination, route.range.first.bytes)
        message.attribute(Attribute.gateway, route.gateway.bytes)
        message.attribute(Attribute.interface, UInt32(bitPattern: route.interface))
        if let source = route.source { message.attribute(Attribute.source, source.bytes) }
        try send(message, "route to \(route.range) over \(route.gateway)")
    }

    func deleteRoute(_ route: KernelRoute) throws(PodNetworkError) {
        var message = NetlinkMessage(type: Message.deleteRoute, flags: 0, body: Self.body(route.range))
        message.attribute(Attribute.destination, route.range.first.bytes)
        message.attribute(Attribute.interface, UInt32(bitPattern: route.interface))
        try send(message, "route to \(route.range)", accepting: [ESRCH])
    }

    private static func body(_ range: CIDR, protocol number: UInt8 = 0, type: UInt8 = 0, flags: UInt8 = 0) -> [UInt8] {
        [family(range.address), UInt8(clamping: range.length), 0, 0, mainTable, number, 0, type, flags, 0, 0, 0]
    }

    /// A number in the machine's own order.
    private static func number(_ bytes: [UInt8]?) -> Int32? {
        guard let bytes, bytes.count == 4 else { return nil }
        return bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
    }
}
