import Machinery
import Testing

/// CBOR as KEP-4222 profiles it.
struct CBORTests {
    @Test(
        "Values have the bytes of RFC 8949's examples, text as byte strings",
        arguments: [
            (JSON.int(0), [0x00]), (.int(23), [0x17]), (.int(24), [0x18, 24]), (.int(1000), [0x19, 0x03, 0xE8]),
            (.int(1_000_000), [0x1A, 0x00, 0x0F, 0x42, 0x40]), (.int(-1), [0x20]), (.int(-1000), [0x39, 0x03, 0xE7]),
            (.int(.min), [0x3B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), (.bool(true), [0xF5]),
            (.null, [0xF6]),
            (.double(1.5), [0xF9, 0x3E, 0x00]), (.double(100_000.5), [0xFA, 0x47, 0xC3, 0x50, 0x40]),
            (.double(1.1), [0xFB, 0x3F, 0xF1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A]), (.string("a"), [0x41, 0x61]),
            (.array([1, 2]), [0x82, 0x01, 0x02]), (.object(["a": 1]), [0xA1, 0x41, 0x61, 0x01]),
        ] as [(JSON, [UInt8])])
    func examples(_ value: JSON, _ bytes: [UInt8]) throws {
        var writer = CBORWriter()
        writer.write(value)
        #expect(writer.bytes == bytes)
        #expect(try CBORReader.parse(bytes) == value)
        #expect(try CBORReader.parse(CBORWriter.document(value)) == value)
    }

    @Test(
        "What others write is read: text strings, times, bytes that are base64 in JSON",
        arguments: [
            ([0x61, 0x61], "a"), ([0xD6, 0x42, 0x00, 0xFF], "AP8="), ([0xC0, 0x41, 0x31], "1"),
        ] as [([UInt8], JSON)])
    func others(_ bytes: [UInt8], _ value: JSON) throws {
        #expect(try CBORReader.parse(bytes) == value)
    }

    @Test(
        "What the API does not take is refused",
        arguments: [
            ([], "unexpected end of input"), ([0x18], "unexpected end of input"),
            ([0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "integer is out of the range"),
            ([0x9F, 0xFF], "indefinite-length"),
            ([0x5B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "unexpected end"),
            ([0x9A, 0xFF, 0xFF, 0xFF, 0xFF], "unexpected end"), ([0xA1, 0x01, 0x01], "not a string"),
            ([0xA2, 0x41, 0x61, 0x01, 0x61, 0x61, 0x02], "duplicate map key \"a\""), ([0xF9, 0x7E, 0x00], "NaN"),
            ([0xF7], "unrecognized simple value"), ([0xD8, 0x40, 0x41, 0x00], "unrecognized tag 64"),
            ([0x41, 0xFF], "not valid UTF-8"), ([0x00, 0x00], "extraneous data"),
            ([0x1C], "invalid additional information"),
            ([UInt8](repeating: 0x81, count: 100_000), "exceeded max nested level"),
        ] as [([UInt8], String)])
    func refused(_ bytes: [UInt8], _ reason: String) {
        let error = #expect(throws: CBORError.self) { try CBORReader.parse(bytes) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }
}
