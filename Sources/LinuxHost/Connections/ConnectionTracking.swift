import Glibc
import Machinery

/// The kernel's table of tracked connections, by ctnetlink. It is the one of the network namespace that the value was
/// made in.
package struct ConnectionTracking: Sendable {
    private enum Message {
        static let new: UInt16 = 0x100
        static let get: UInt16 = 0x101
        static let delete: UInt16 = 0x102
    }

    private enum Attribute {
        static let original: UInt16 = 1
        static let reply: UInt16 = 2
        static let timeout: UInt16 = 7
        static let zone: UInt16 = 18
    }

    private enum Tuple {
        static let addresses: UInt16 = 1
        static let transport: UInt16 = 2
        static let number: UInt16 = 1
        static let sourcePort: UInt16 = 2
        static let destinationPort: UInt16 = 3
    }

    private let socket: NetlinkSocket

    package init() throws(NetlinkError) {
        socket = try NetlinkSocket(.netfilter)
    }

    /// Every tracked connection of a family and transport.
    package func flows(_ family: InternetAddress.Family, transport: UInt8) throws(NetlinkError) -> [TrackedFlow] {
        var flows: [TrackedFlow] = []
        let request = NetlinkMessage(type: Message.get, flags: 0, body: Self.header(family))
        try socket.list(request, "tracked connections") { body in
            // The family's own header comes first.
            if let flow = Self.flow(NetlinkAttributes(body.dropFirst(4))), flow.transport == transport {
                flows.append(flow)
            }
        }
        return flows
    }

    /// Forgets a connection: its next packet meets the rules anew. One that is gone already is no error.
    package func remove(_ flow: TrackedFlow) throws(NetlinkError) {
        var request = NetlinkMessage(type: Message.delete, flags: 0, body: Self.header(flow.original.source.family))
        Self.add(flow.original, Attribute.original, flow.transport, to: &request)
        if flow.zone != 0 { request.attribute(Attribute.zone, bigEndian: flow.zone) }
        try socket.change(request, "forgetting a connection to \(flow.original.destination)", accepting: [ENOENT])
    }

    /// Enters a connection as if its first packet had passed.
    package func add(_ flow: TrackedFlow, seconds: UInt32) throws(NetlinkError) {
        var request = NetlinkMessage(
            type: Message.new, flags: NetlinkMessage.create, body: Self.header(flow.original.source.family))
        Self.add(flow.original, Attribute.original, flow.transport, to: &request)
        Self.add(flow.reply, Attribute.reply, flow.transport, to: &request)
        request.attribute(Attribute.timeout, bigEndian: seconds)
        if flow.zone != 0 { request.attribute(Attribute.zone, bigEndian: flow.zone) }
        try socket.change(request, "tracking a connection to \(flow.original.destination)")
    }

    /// family, version, resource
    private static func header(_ family: InternetAddress.Family) -> [UInt8] {
        [UInt8(family == .v4 ? AF_INET : AF_INET6), 0, 0, 0]
    }

    private static func add(
        _ direction: TrackedFlow.Direction, _ type: UInt16, _ transport: UInt8, to message: inout NetlinkMessage
    ) {
        let first: UInt16 = direction.source.is4 ? 1 : 3
        message.nested(type | NetlinkMessage.nestedFlag) { message in
            message.nested(Tuple.addresses | NetlinkMessage.nestedFlag) { message in
                message.attribute(first, direction.source.bytes)
                message.attribute(first + 1, direction.destination.bytes)
            }
            message.nested(Tuple.transport | NetlinkMessage.nestedFlag) { message in
                message.attribute(Tuple.number, [transport])
                message.attribute(Tuple.sourcePort, bigEndian: direction.sourcePort)
                message.attribute(Tuple.destinationPort, bigEndian: direction.destinationPort)
            }
        }
    }

    private static func flow(_ attributes: NetlinkAttributes) -> TrackedFlow? {
        guard let (transport, original) = direction(attributes.nested(Attribute.original)),
            let (_, reply) = direction(attributes.nested(Attribute.reply))
        else { return nil }
        return TrackedFlow(
            transport: transport, original: original, reply: reply,
            zone: attributes.bigEndian(Attribute.zone, UInt16.self) ?? 0)
    }

    /// `nil` for transports without ports.
    private static func direction(_ tuple: NetlinkAttributes?) -> (UInt8, TrackedFlow.Direction)? {
        guard let addresses = tuple?.nested(Tuple.addresses), let transport = tuple?.nested(Tuple.transport),
            let source = (addresses.bytes(1) ?? addresses.bytes(3)).flatMap({ InternetAddress(bytes: $0) }),
            let destination = (addresses.bytes(2) ?? addresses.bytes(4)).flatMap({ InternetAddress(bytes: $0) }),
            let number = transport.bytes(Tuple.number)?.first,
            let sourcePort = transport.bigEndian(Tuple.sourcePort, UInt16.self),
            let destinationPort = transport.bigEndian(Tuple.destinationPort, UInt16.self)
        else { return nil }
        return (
            number,
            TrackedFlow.Direction(
                source: source, sourcePort: sourcePort, destination: destination, destinationPort: destinationPort)
        )
    }
}
