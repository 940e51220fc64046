import Machinery
import Testing

@Suite struct CIDRTests {
    @Test(arguments: [
        ("10.244.0.0/24", "10.244.0.0/24", "10.244.0.255"), ("10.244.3.7/24", "10.244.3.0/24", "10.244.3.255"),
        ("0.0.0.0/0", "0.0.0.0/0", "255.255.255.255"), ("192.0.2.1/32", "192.0.2.1/32", "192.0.2.1"),
        ("2001:db8::5/64", "2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff"),
        ("::/0", "::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), ("::1/128", "::1/128", "::1"),
    ])
    func rangesAreRead(text: String, masked: String, last: String) throws {
        let range = try #require(CIDR(text))
        #expect(range.masked.description == masked)
        #expect(range.isMasked == (text == masked))
        #expect(range.last.description == last)
        #expect(range.contains(range.last) && range.contains(range.first))
    }

    @Test(arguments: [
        "", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.256/8", "a.b.c.d/8", "10.0.0.0/-1", "10.0.0.0/8/8",
        "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/+8", "010.0.0.0/8", "::/129", "::/0x1", "fe80::1%eth0/64",
    ])
    func whatIsNoRangeIsRefused(text: String) {
        #expect(CIDR(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.0.0/16", true, true), ("10.1.0.0/16", "10.0.0.0/8", false, true),
        ("10.0.0.0/9", "10.128.0.0/9", false, false), ("10.1.2.3/16", "10.1.9.0/24", true, true),
        ("0.0.0.0/0", "::/0", false, false), ("::/0", "2001:db8::/32", true, true),
    ])
    func rangesContainAndOverlap(outer: String, inner: String, contains: Bool, overlaps: Bool) throws {
        let (outer, inner) = (try #require(CIDR(outer)), try #require(CIDR(inner)))
        #expect(outer.contains(inner) == contains)
        #expect(outer.overlaps(inner) == overlaps)
        #expect(inner.overlaps(outer) == overlaps)
    }

    @Test func placesInARangeAreCounted() throws {
        let range = try #require(CIDR("10.96.0.9/29"))
        #expect(range.lastOffset == 7)
        #expect(range.address(at: 1)?.description == "10.96.0.9")
        #expect(range.address(at: 8) == nil)
        #expect(range.offset(of: InternetAddress(v4: 0x0A60_000F)) == 7)
        #expect(range.offset(of: InternetAddress(v4: 0x0A60_0010)) == nil)
        #expect(CIDR(InternetAddress(v4: 0), length: 33) == nil)
        #expect(CIDR(only: InternetAddress(v6: 1)).description == "::1/128")
    }
}
