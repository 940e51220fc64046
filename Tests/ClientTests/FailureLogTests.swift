import Client
import Machinery
import Testing

@Suite("The log of failures")
struct FailureLogTests {
    @Test("lines are text, or JSON with the keys of Kubernetes' structured logs")
    func formats() throws {
        let now = Timestamp(seconds: 1_700_000_000, nanoseconds: 250_000_000)
        let text = FailureLog.line("deployment", "a \"quoted\"\nmessage", .text, now: now)
        #expect(String(decoding: text, as: UTF8.self) == "deployment: a \"quoted\"\nmessage\n")
        let json = FailureLog.line("deployment", "a \"quoted\"\nmessage", .json, now: now)
        #expect(json.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        let object = try JSON(parsing: json)
        #expect(object["msg"] == "a \"quoted\"\nmessage")
        #expect(object["logger"] == "deployment")
        #expect(object["ts"]?.doubleValue == 1_700_000_000_250)
    }
}
