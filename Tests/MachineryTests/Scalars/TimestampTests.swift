import Machinery
import Testing

@Suite("Moments")
struct TimestampTests {
    @Test(
        "RFC 3339 text becomes a moment and canonical text",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2026-11-21T09:30:05Z", 1_795_253_405, "2026-11-21T09:30:05Z"),
            ("2026-11-21T09:30:05.999Z", 1_795_253_405, "2026-11-21T09:30:05Z"),
            ("2026-11-21T11:00:05+01:30", 1_795_253_405, "2026-11-21T09:30:05Z"),
            ("2026-11-20T23:30:05-10:00", 1_795_253_405, "2026-11-21T09:30:05Z"),
            ("2000-02-29T23:59:59Z", 951_868_799, "2000-02-29T23:59:59Z"),
            ("1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"),
            ("9999-12-31T23:59:59Z", 253_402_300_799, "9999-12-31T23:59:59Z"),
            ("0001-01-01T00:00:00Z", -62_135_596_800, "0001-01-01T00:00:00Z"),
        ] as [(String, Int64, String)])
    func valid(text: String, seconds: Int64, canonical: String) throws {
        let moment = try Timestamp(rfc3339: text)
        #expect(moment.seconds == seconds)
        #expect(moment.rfc3339 == canonical)
    }

    @Test(
        "Invalid text is refused in Kubernetes' words",
        arguments: [
            ("", #"parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006""#),
            (
                "yesterday",
                #"parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006""#
            ),
            ("2026-11-21", #"parsing time "2026-11-21" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T""#),
            (
                "2026-11-21 09:30:05Z",
                #"parsing time "2026-11-21 09:30:05Z" as "2006-01-02T15:04:05Z07:00": cannot parse " 09:30:05Z" as "T""#
            ),
            (
                "2026-11-21T09:30:05",
                #"parsing time "2026-11-21T09:30:05" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00""#
            ),
            ("2026-13-21T09:30:05Z", #"parsing time "2026-13-21T09:30:05Z": month out of range"#),
            ("2026-02-29T09:30:05Z", #"parsing time "2026-02-29T09:30:05Z": day out of range"#),
            ("2026-02-28T24:30:05Z", #"parsing time "2026-02-28T24:30:05Z": hour out of range"#),
            ("2026-02-28T23:30:05Zx", #"parsing time "2026-02-28T23:30:05Zx": extra text: "x""#),
        ])
    func invalid(text: String, message: String) {
        #expect { try Timestamp(rfc3339: text) } throws: { "\($0)" == message }
    }

    @Test("Microseconds need their six digits")
    func micro() throws {
        let moment = try Timestamp(rfc3339Micro: "2026-11-21T09:30:05.123456Z")
        #expect(moment.nanoseconds == 123_456_000)
        #expect(moment.rfc3339Micro == "2026-11-21T09:30:05.123456Z")
        #expect(throws: TimestampError.self) { try Timestamp(rfc3339Micro: "2026-11-21T09:30:05Z") }
        #expect(throws: TimestampError.self) { try Timestamp(rfc3339Micro: "2026-11-21T09:30:05.123Z") }
    }

    @Test("Adding and subtracting spans, beyond the ends too")
    func arithmetic() throws {
        let moment = Timestamp(seconds: 100, nanoseconds: 900_000_000)
        #expect(moment + .milliseconds(200) == Timestamp(seconds: 101, nanoseconds: 100_000_000))
        #expect(moment - .seconds(1) - .milliseconds(950) == Timestamp(seconds: 98, nanoseconds: 950_000_000))
        #expect((moment + .milliseconds(1500)) - moment == .milliseconds(1500))
        #expect(
            moment + .seconds(Int64.max) == Timestamp(seconds: .max, nanoseconds: 900_000_000)
                || (moment + .seconds(Int64.max)).seconds == 253_402_300_799)
        #expect(Timestamp(seconds: 1) < moment)
    }

    @Test("Every day comes back from its text", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let moment = Timestamp(
            seconds: Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator),
            nanoseconds: Int32.random(in: 0..<1_000_000, using: &generator) * 1000)
        #expect(try Timestamp(rfc3339Micro: moment.rfc3339Micro) == moment)
        #expect(try Timestamp(rfc3339: moment.rfc3339) == moment.inSeconds)
    }

    @Test("Random text never crashes the reader", arguments: 0..<200)
    func randomText(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes = Array("2026-11-21T09:30:05.123456+01:30".utf8)
        for _ in 0..<3 {
            bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 32..<127, using: &generator)
        }
        let cut = Int.random(in: 0...bytes.count, using: &generator)
        _ = try? Timestamp(rfc3339: String(decoding: bytes[..<cut], as: UTF8.self))
    }

    @Test("A manual clock stands still until it is moved")
    func clock() {
        let clock = ManualWallClock(Timestamp(seconds: 10))
        #expect(clock.now == Timestamp(seconds: 10))
        clock.advance(by: .seconds(5))
        #expect(clock.now == Timestamp(seconds: 15))
        #expect(SystemWallClock().now.seconds > 1_700_000_000)
    }
}
