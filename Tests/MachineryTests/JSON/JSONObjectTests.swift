import Machinery
import Testing

@Suite("JSON objects")
struct JSONObjectTests {
    @Test("Members are sorted by the bytes of their keys, whatever the order they come in")
    func sorted() {
        var object = JSONObject()
        for key in ["b", "é", "a", "B", "", "aa"] { object[key] = .string(key) }
        #expect(object.keys == ["", "B", "a", "aa", "b", "é"])
        #expect(object == JSONObject([("é", "é"), ("aa", "aa"), ("a", "a"), ("", ""), ("B", "B"), ("b", "b")]))
    }

    @Test("Reading, setting, removing and changing in place")
    func access() {
        var object: JSONObject = ["a": 1]
        object["b"] = 2
        object["a"] = nil
        #expect(object.keys == ["b"])
        #expect(object["a"] == nil)
        #expect(object.removeValue(forKey: "b") == 2)
        #expect(object.removeValue(forKey: "b") == nil)
        #expect(object.isEmpty)
    }

    @Test("Texts that only look alike are different")
    func canonicalEquivalence() {
        let composed: JSON = "\u{E9}"
        let decomposed: JSON = "e\u{301}"
        #expect(composed != decomposed)
        let object: JSONObject = ["\u{E9}": 1, "e\u{301}": 2]
        #expect(object.count == 2)
        #expect(JSON.object(["\u{E9}": 1]) != JSON.object(["e\u{301}": 1]))
    }

    @Test("It behaves like a dictionary under random changes", arguments: 0..<50)
    func model(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var object = JSONObject()
        var model: [String: JSON] = [:]
        for step in 0..<200 {
            let key = String(UInt8.random(in: 0..<40, using: &generator), radix: 16)
            if Bool.random(using: &generator) {
                object[key] = .int(Int64(step))
                model[key] = .int(Int64(step))
            } else {
                #expect(object.removeValue(forKey: key) == model.removeValue(forKey: key))
            }
        }
        #expect(object.count == model.count)
        for (key, value) in model { #expect(object[key] == value) }
        #expect(object.keys == model.keys.sorted())
    }
}
