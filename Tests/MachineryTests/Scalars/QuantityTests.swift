import Machinery
import Testing

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "Text becomes the canonical text",
        arguments: [
            ("0", "0"), ("0Mi", "0"), ("-0", "0"), ("1", "1"), ("100m", "100m"), ("0.1", "100m"), ("1000m", "1"),
            ("1500m", "1500m"), ("1.5", "1500m"), ("0.5", "500m"), (".5", "500m"), ("5.", "5"), ("+5", "5"),
            ("-1500m", "-1500m"), ("1000", "1k"), ("1500", "1500"), ("12000000", "12M"), ("1e3", "1e3"), ("1E3", "1e3"),
            ("12e6", "12e6"), ("1e-3", "1e-3"), ("100e-3", "100e-3"), ("5e0", "5"), ("1E", "1E"), ("1u", "1u"),
            ("1n", "1n"),
            ("1000n", "1u"), ("0.1n", "1n"), ("1.0000000001", "1000000001n"), ("-0.1n", "-1n"),
            ("128Mi", "128Mi"), ("1024Mi", "1Gi"), ("1536Mi", "1536Mi"), ("1024Ki", "1Mi"), ("1000Ki", "1000Ki"),
            ("1Ei", "1Ei"),
            ("0.5Gi", "512Mi"), ("1.5Ki", "1536"), ("0.5Ki", "512"), ("1023", "1023"), ("0.1Ki", "102400m"),
            ("1.1Mi", "1153433600m"), ("100Ei", "9223372036854775807"), ("1.500", "1500m"), ("005", "5"), (" 1 ", "1"),
            ("9223372036854775807", "9223372036854775807"), ("1000E", "1000E"),
        ])
    func canonical(text: String, canonical: String) throws {
        let quantity = try Quantity(parsing: text)
        #expect(quantity.description == canonical)
        #expect(try Quantity(parsing: canonical).description == canonical)
    }

    @Test(
        "Invalid text is refused",
        arguments: [
            ("", QuantityError.format), (" ", .format), (".", .format), ("-", .format), ("Mi", .format),
            ("abc", .format),
            ("1.1.1", .format), ("1 Gi", .format), ("1i", .suffix), ("1Xi", .format), ("1mm", .suffix),
            ("1mi", .suffix),
            ("1e", .suffix), ("1e+", .suffix), ("1e1.5", .format), ("--1", .format), ("1K", .suffix), ("1ki", .suffix),
            ("0x10", .format), ("1_000", .format), ("１", .format),
        ] as [(String, QuantityError)])
    func invalid(text: String, error: QuantityError) {
        #expect(throws: error) { try Quantity(parsing: text) }
    }

    @Test("Units, thousandths and billionths are rounded away from zero")
    func values() throws {
        let table: [(String, Int64, Int64)] = [
            ("100m", 1, 100), ("1", 1, 1000), ("1001m", 2, 1001), ("-100m", -1, -100), ("1u", 1, 1),
            ("2Ki", 2048, 2_048_000),
            ("1500u", 1, 2), ("100Ei", .max, .max), ("-1000E", .min, .min), ("0", 0, 0),
        ]
        for (text, value, milli) in table {
            let quantity = try Quantity(parsing: text)
            #expect(quantity.value == value, "\(text)")
            #expect(quantity.milliValue == milli, "\(text)")
        }
        #expect(try Quantity(parsing: "1").nanoValue == 1_000_000_000)
    }

    @Test("Far exponents and endless digits neither trap nor take long")
    func extremes() throws {
        #expect(try Quantity(parsing: "1e999999999999999999999").value == .max)
        #expect(try Quantity(parsing: "1e-999999999999999999999").description == "1e-9")
        #expect(try Quantity(parsing: String(repeating: "9", count: 10_000)).value == .max)
        #expect(try Quantity(parsing: "0." + String(repeating: "0", count: 10_000) + "1").description == "1n")
        let huge = try Quantity(parsing: "1e29")
        #expect((huge + huge).nanos == huge.nanos)
        #expect((huge * .max).nanos == huge.nanos)
        #expect((huge * -2).nanos == -huge.nanos)
        #expect((-huge - huge).nanos == -huge.nanos)
    }

    @Test("Arithmetic is exact, and the sum is printed like its first part")
    func arithmetic() throws {
        #expect(try (Quantity(parsing: "1.5") + Quantity(parsing: "500m")).description == "2")
        #expect(try (Quantity(parsing: "1Gi") + Quantity(parsing: "1")).description == "1073741825")
        #expect(try (Quantity.zero + Quantity(parsing: "1Gi")).description == "1Gi")
        #expect(try (Quantity(parsing: "1Gi") - Quantity(parsing: "1Gi")).description == "0")
        #expect(try Quantity(parsing: "1Ki") == Quantity(parsing: "1024"))
        #expect(try Quantity(parsing: "999m") < Quantity(parsing: "1"))
        #expect(Quantity(milli: 250).description == "250m")
    }

    @Test("A quantity in JSON is a text or a bare number")
    func json() {
        #expect(Quantity(json: "2Gi")?.json == "2Gi")
        #expect(Quantity(json: 3)?.json == "3")
        #expect(Quantity(json: 0.5)?.json == "500m")
        #expect(Quantity(json: true) == nil)
        #expect(Quantity(json: "x") == nil)
    }

    @Test("Every amount comes back from its text", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let raw = Int64(truncatingIfNeeded: generator.next()) >> Int64.random(in: 0..<63, using: &generator)
        let formats: [Quantity.Format] = [.decimalSI, .binarySI, .decimalExponent]
        for format in formats {
            for nanos in [Int128(raw), Int128(raw) * 1_000_000_000, Int128(raw) * 1024 * 1_000_000_000] {
                let quantity = Quantity(nanos: nanos, format: format)
                let limit = Int128(Int64.max) * 1_000_000_000
                guard format != .binarySI || (nanos > -limit && nanos < limit) else { continue }
                #expect(try Quantity(parsing: quantity.description) == quantity)
            }
        }
    }
}
