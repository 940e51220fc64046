import Machinery
import Testing

@Suite("Durations, and numbers or texts")
struct SmallScalarTests {
    @Test(
        "Duration text",
        arguments: [
            ("0", "0s"), ("1s", "1s"), ("1h30m", "1h30m0s"), ("90m", "1h30m0s"), ("1.5s", "1.5s"), ("300ms", "300ms"),
            ("1500ms", "1.5s"), ("-1m30s", "-1m30s"), ("1us", "1µs"), ("1µs", "1µs"), ("5ns", "5ns"),
            ("1h0.5s", "1h0m0.5s"),
            ("+5s", "5s"), (".5m", "30s"), ("2562047h47m16.854775807s", "2562047h47m16.854775807s"),
        ])
    func durations(text: String, canonical: String) throws {
        #expect(try GoDuration(parsing: text).description == canonical)
    }

    @Test(
        "Invalid duration text",
        arguments: [
            ("", #"time: invalid duration """#), ("5", #"time: missing unit in duration "5""#),
            ("5x", #"time: unknown unit "x" in duration "5x""#), ("s", #"time: invalid duration "s""#),
            ("-", #"time: invalid duration "-""#), (".s", #"time: invalid duration ".s""#),
            ("99999999999h", #"time: invalid duration "99999999999h""#),
            (
                "99999999999999999999999999999999999999999999s",
                #"time: invalid duration "99999999999999999999999999999999999999999999s""#
            ),
        ])
    func invalidDurations(text: String, message: String) {
        #expect { try GoDuration(parsing: text) } throws: { "\($0)" == message }
    }

    @Test("Percentages scale, numbers stay, other texts are refused")
    func scaled() throws {
        #expect(try IntOrString("25%").scaled(total: 10, roundUp: true) == 3)
        #expect(try IntOrString("25%").scaled(total: 10, roundUp: false) == 2)
        #expect(try IntOrString("0%").scaled(total: 10, roundUp: true) == 0)
        #expect(try IntOrString("150%").scaled(total: .max, roundUp: true) == .max)
        #expect(try IntOrString(7).scaled(total: 10, roundUp: true) == 7)
        #expect { try IntOrString("25").scaled(total: 1, roundUp: true) } throws: {
            "\($0)" == "invalid value for IntOrString: invalid type: string is not a percentage"
        }
        #expect(throws: IntOrStringError.self) { try IntOrString("x%").scaled(total: 1, roundUp: true) }
    }

    @Test("Numbers or texts in JSON")
    func json() {
        #expect(IntOrString(json: 80) == .int(80))
        #expect(IntOrString(json: "http") == .string("http"))
        #expect(IntOrString(json: .int(1 << 40)) == nil)
        #expect(IntOrString(json: 1.5) == nil)
        #expect(IntOrString(json: true) == nil)
        #expect(IntOrString.string("80").intValue == 80)
    }

    @Test("Typed members of an object")
    func accessors() {
        var object: JSONObject = ["cpu": "1500m", "limits": ["cpu": 2, "bad": true], "at": "2026-11-21T09:30:05Z"]
        #expect(object.quantity("cpu")?.milliValue == 1500)
        #expect(object.quantityMap("limits") == ["cpu": 2])
        #expect(object.time("at")?.seconds == 1_795_253_405)
        object.set("cpu", Quantity(2))
        object.setMicroTime("at", Timestamp(seconds: 0))
        object.set("limits", [String: Quantity]())
        object.set("port", IntOrString(80))
        #expect(object == ["cpu": "2", "at": "1970-01-01T00:00:00.000000Z", "port": 80])
    }
}
