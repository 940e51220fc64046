import Machinery

/// A connection as the kernel's connection tracking knows it: what was sent where, and where answers come from.
package struct TrackedFlow: Hashable, Sendable {
    /// One direction.
    package struct Direction: Hashable, Sendable {
        package var source: InternetAddress
        package var sourcePort: UInt16
        package var destination: InternetAddress
        package var destinationPort: UInt16

        package init(source: InternetAddress, sourcePort: UInt16, destination: InternetAddress, destinationPort: UInt16)
        {
            self.source = source
            self.sourcePort = sourcePort
            self.destination = destination
            self.destinationPort = destinationPort
        }
    }

    package static let udp: UInt8 = 17

    package var transport: UInt8
    package var original: Direction
    package var reply: Direction
    /// The zone of connection tracking; 0 but where rules set one.
    package var zone: UInt16

    package init(transport: UInt8, original: Direction, reply: Direction, zone: UInt16 = 0) {
        self.transport = transport
        self.original = original
        self.reply = reply
        self.zone = zone
    }
}
