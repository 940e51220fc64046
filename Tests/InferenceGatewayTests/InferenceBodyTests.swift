import InferenceGateway
import NIOCore
import Testing

@Suite("What is read of bodies")
struct InferenceBodyTests {
    private func read(_ text: String) throws -> InferenceBody { try InferenceBody(reading: ByteBuffer(string: text)) }

    @Test("The few members that matter are read, whatever else there is")
    func members() throws {
        let body = try read(
            #"""
             {"temperature": -1.5e3, "messages": [{"role": "user", "content": "a \"quoted\" \\ word, ü, \u00e9"}],
             "model": "tiny", "tools": [{"a": [[], {}, [1, 2, null]]}], "stream": true, "max_tokens": 42,
             "stream_options": {"include_usage": true}, "user": ""}
            """#)
        #expect(body.model == "tiny")
        #expect(body.maximumTokens == 42)
        #expect(body.promptBytes > 50)
    }

    @Test("A model's name is what a JSON parser makes of it, and so are the keys")
    func escapes() throws {
        #expect(try read(#"{"mod\u0065l": "a\/b\u0020\ud83d\ude00"}"#).model == "a/b 😀")
        #expect(try read(#"{"model": "x\ud83d"}"#).model == "x\u{FFFD}")
    }

    @Test(
        "What is no JSON object is refused",
        arguments: [
            "", " ", "[]", "null", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{\"a\":1}}",
            "{\"a\":tru}",
            "{\"a\":\"b}", "{\"a\":\"\\", "{\"a\":\"\u{01}\"}", "{'a':1}", "{\"a\":[1,]}", "{\"a\":[1", "{a:1}",
            "{\"model\":\"a\",\"model\":\"b\"}", "{\"model\":\"a\",\"mod\\u0065l\":\"b\"}",
        ])
    func refused(text: String) {
        #expect(throws: InferenceBody.Flaw.self) { try read(text) }
    }

    @Test("Nesting without end is refused rather than followed")
    func depth() {
        let text = "{\"a\":" + String(repeating: "[", count: 100_000)
        #expect(throws: InferenceBody.Flaw.self) { try read(text) }
    }

    @Test("Members of other types than expected count as not given")
    func types() throws {
        let body = try read(#"{"model": 7, "max_tokens": "many", "stream": "yes", "max_completion_tokens": 3.5}"#)
        #expect(body.model == nil)
        #expect(body.maximumTokens == nil)
    }

    @Test("Every cut of a body is refused and never read beyond")
    func cuts() throws {
        let whole = #"{"model":"tiny","messages":[{"content":"h\u00e9llo"}],"n":-1.5,"x":[true,false,null]}"#
        #expect(try read(whole).model == "tiny")
        for count in 0..<whole.utf8.count {
            let cut = String(decoding: whole.utf8.prefix(count), as: UTF8.self)
            #expect(throws: InferenceBody.Flaw.self, "cut at \(count)") { try read(cut) }
        }
    }

    @Test("Prompts that begin alike have the same first blocks")
    func prefixes() throws {
        func body(_ text: String, model: String = "m") throws -> InferenceBody {
            try read("{\"model\":\"\(model)\",\"prompt\":\"\(text)\"}")
        }
        let long = String(repeating: "once upon a time ", count: 100)
        let (first, second) = (try body(long + "a"), try body(long + "b"))
        #expect(first.prefix == second.prefix)
        let (other, renamed) = (try body("x" + long), try body(long, model: "n"))
        #expect(first.prefix != other.prefix)
        #expect(first.prefix != renamed.prefix)
        let (short, shorter) = (try body("short"), try body("other"))
        #expect(short.prefix == shorter.prefix)
    }
}
