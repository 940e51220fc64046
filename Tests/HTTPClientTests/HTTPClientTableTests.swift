import HTTPClient
import Testing

@Suite("Clients by what they may share")
struct HTTPClientTableTests {
    private struct Refusal: Error {}

    private static func make() -> HTTPClient { HTTPClient(HTTPClientConfiguration()) }

    @Test("are made once for each, and the one unused for longest makes room")
    func bounded() {
        let table = HTTPClientTable<Int>(capacity: 3)
        let first = (0..<3).map { table.client(for: $0, make: Self.make) }
        #expect(table.client(for: 0, make: Self.make) === first[0])
        _ = table.client(for: 3, make: Self.make)
        #expect(table.count == 3)
        #expect(table.client(for: 0, make: Self.make) === first[0])
        #expect(table.client(for: 2, make: Self.make) === first[2])
        #expect(table.client(for: 1, make: Self.make) !== first[1])
    }

    @Test("that cannot be made leave nothing behind")
    func refused() {
        let table = HTTPClientTable<Int>(capacity: 1)
        let known = table.client(for: 0, make: Self.make)
        #expect(throws: Refusal.self) { try table.client(for: 1) { () throws(Refusal) in throw Refusal() } }
        #expect(table.client(for: 0, make: Self.make) === known)
    }
}
