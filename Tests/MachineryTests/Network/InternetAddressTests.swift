import Machinery
import Testing

@Suite struct InternetAddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("192.0.2.1", "192.0.2.1"), ("255.255.255.255", "255.255.255.255"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:db8::1", "2001:db8::1"),
        ("2001:0DB8:0:0:0:0:0:0001", "2001:db8::1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("::ffff:c000:201", "::ffff:192.0.2.1"),
        ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"), ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("FE80::A", "fe80::a"),
    ])
    func addressesAreReadAndWrittenCanonically(text: String, canonical: String) throws {
        let address = try #require(InternetAddress(text))
        #expect(address.description == canonical)
        #expect(InternetAddress(canonical) == address)
        #expect(InternetAddress(bytes: address.bytes) == address)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.", ".1.2.3", "1..2.3", "+1.2.3.4",
        "1.2.3.4 ", "a.b.c.d", "1.2.3.4/8", "1.2.3.-4", "0x1.2.3.4", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "fe80::1%eth0", "::1.2.3", "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4", "::01.2.3.4", ":1::2", "1::2:", "[::1]", "localhost", "１.2.3.4",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(InternetAddress(text) == nil)
    }

    @Test func mappedAddressesDifferFromWhatTheyMap() throws {
        let mapped = try #require(InternetAddress("::ffff:192.0.2.1"))
        let plain = try #require(InternetAddress("192.0.2.1"))
        #expect(mapped != plain)
        #expect(mapped.isMapped && !plain.isMapped)
        #expect(mapped.unmapped == plain)
        #expect(plain < mapped)
    }

    @Test(arguments: [
        ("127.0.0.1", "loopback"), ("::1", "loopback"), ("224.0.0.1", "multicast"), ("ff02::1", "multicast"),
        ("169.254.1.1", "link-local"), ("fe80::1", "link-local"), ("febf::1", "link-local"), ("0.0.0.0", "none"),
        ("::", "none"), ("10.0.0.1", "global"), ("2001:db8::1", "global"), ("fec0::1", "global"),
        ("255.255.255.255", "broadcast"),
    ])
    func classesAreTold(text: String, kind: String) throws {
        let address = try #require(InternetAddress(text))
        #expect(address.isLoopback == (kind == "loopback"))
        #expect(address.isMulticast == (kind == "multicast"))
        #expect(address.isLinkLocalMulticast == (kind == "multicast"))
        #expect(address.isLinkLocalUnicast == (kind == "link-local"))
        #expect(address.isUnspecified == (kind == "none"))
        #expect(address.isGlobalUnicast == (kind == "global"))
    }

    @Test(arguments: [
        ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.9.9", true), ("8.8.8.8", false),
        ("fd00::1", true), ("fc00::1", true), ("2001:db8::1", false),
    ])
    func privateRangesAreTold(text: String, isPrivate: Bool) throws {
        #expect(try #require(InternetAddress(text)).isPrivate == isPrivate)
    }

    @Test func countingEndsWhereTheFamilyEnds() throws {
        let last = try #require(InternetAddress("255.255.255.254"))
        #expect(last.advanced(by: 1)?.description == "255.255.255.255")
        #expect(last.advanced(by: 2) == nil)
        #expect(InternetAddress(v6: .max).advanced(by: 1) == nil)
        #expect(InternetAddress(bytes: [1, 2, 3]) == nil)
        #expect(InternetAddress(.v4, bits: 1 << 32) == nil)
    }
}
