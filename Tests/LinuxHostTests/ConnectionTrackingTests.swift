import Glibc
import HostTestSupport
import LinuxHost
import Machinery
import Testing

@Suite("Connection tracking", .enabled(if: getuid() == 0))
struct ConnectionTrackingTests {
    private static func flow(_ service: UInt32, port: UInt16, from: UInt16, to pod: UInt32) -> TrackedFlow {
        let client = InternetAddress(v4: 0x0AF4_0009)
        return TrackedFlow(
            transport: TrackedFlow.udp,
            original: .init(
                source: client, sourcePort: from, destination: InternetAddress(v4: service), destinationPort: port),
            reply: .init(source: InternetAddress(v4: pod), sourcePort: 5353, destination: client, destinationPort: from)
        )
    }

    @Test("connections are listed with both directions, and forgotten one by one")
    func listsAndForgets() async throws {
        let table = try await PrivateNetwork.make { try ConnectionTracking() }
        let first = Self.flow(0x0A60_0014, port: 53, from: 40001, to: 0x0AF4_0002)
        let second = Self.flow(0x0A60_0014, port: 53, from: 40002, to: 0x0AF4_0003)
        try table.add(first, seconds: 100)
        try table.add(second, seconds: 100)
        #expect(Set(try table.flows(.v4, transport: TrackedFlow.udp)) == [first, second])
        #expect(try table.flows(.v4, transport: 6).isEmpty)
        #expect(try table.flows(.v6, transport: TrackedFlow.udp).isEmpty)
        try table.remove(first)
        try table.remove(first)
        #expect(try table.flows(.v4, transport: TrackedFlow.udp) == [second])
    }

    @Test("IPv6 connections are told from IPv4 ones")
    func knowsBothFamilies() async throws {
        let table = try await PrivateNetwork.make { try ConnectionTracking() }
        let client = InternetAddress(v6: 0xfd00 << 112 | 9)
        let service = InternetAddress(v6: 0xfd00 << 112 | 20)
        let flow = TrackedFlow(
            transport: TrackedFlow.udp,
            original: .init(source: client, sourcePort: 40001, destination: service, destinationPort: 53),
            reply: .init(source: service, sourcePort: 53, destination: client, destinationPort: 40001))
        try table.add(flow, seconds: 100)
        #expect(try table.flows(.v6, transport: TrackedFlow.udp) == [flow])
        try table.remove(flow)
        #expect(try table.flows(.v6, transport: TrackedFlow.udp).isEmpty)
    }

    @Test("a message cut short has the attributes before the cut")
    func readsDamagedMessages() {
        let whole: [UInt8] = [5, 0, 1, 0, 7, 0, 0, 0, 6, 0, 2, 0x80, 1, 2]
        let attributes = NetlinkAttributes(whole[...])
        #expect(attributes.bytes(1) == [7])
        #expect(attributes.bigEndian(2, UInt16.self) == 0x102)
        #expect(attributes.bigEndian(2, UInt32.self) == nil)
        #expect(NetlinkAttributes(whole.dropLast()).bytes(2) == nil)
        #expect(NetlinkAttributes([3, 0, 1, 0]).bytes(1) == nil)
    }
}
