import Machinery
import Testing

@Suite("JSON text")
struct JSONParserTests {
    @Test(
        "Valid text becomes a value",
        arguments: [
            ("null", .null), ("true", true), (" false ", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.5", 1.5), ("1e3", 1000.0),
            ("-2.5E-1", -0.25),
            ("\"\"", ""), ("\"a\"", "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
            (#""A\u00e9\u20ac""#, "Aé€"), (#""\ud83c\udf88""#, "🎈"), (#""\ud83c""#, "\u{FFFD}"),
            (#""\udf88x""#, "\u{FFFD}x"), (#""\ud83cA""#, "\u{FFFD}A"), (#""\ud83c\ud83c\udf88""#, "\u{FFFD}🎈"),
            ("\"漢字🎈\"", "漢字🎈"), ("[]", []), ("[ 1 , [ ] , { } ]", [1, [], [:]]), ("{}", [:]),
            (#"{ "b" : 1 , "a" : [ null ] }"#, ["a": [.null], "b": 1]),
            ("\t\r\n 1 \n", 1),
        ] as [(String, JSON)])
    func valid(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
    }

    @Test(
        "Invalid text is refused and says why",
        arguments: [
            ("", "unexpected end of JSON input"), (" ", "unexpected end of JSON input"),
            ("{", "unexpected end of JSON input"), ("[1,", "unexpected end of JSON input"),
            (#"{"a""#, "unexpected end of JSON input"), (#"{"a":"#, "unexpected end of JSON input"),
            ("\"abc", "unexpected end of JSON input"), (#""\u12"#, "unexpected end of JSON input"),
            ("nul", "unexpected end of JSON input"), ("nulx", "invalid character 'x' in literal null"),
            ("tru1", "invalid character '1' in literal true"),
            ("x", "invalid character 'x' looking for beginning of value"),
            ("[1,]", "invalid character ']' looking for beginning of value"),
            ("[1 2]", "invalid character '2' after array element"),
            ("{1:2}", "invalid character '1' looking for beginning of object key string"),
            (#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string"),
            (#"{"a" 1}"#, "invalid character '1' after object key"),
            (#"{"a":1 "b":2}"#, "invalid character '\"' after object key:value pair"),
            ("1 2", "invalid character '2' after top-level value"),
            ("01", "invalid character '1' after top-level value"),
            ("-", "invalid number"), ("1.", "invalid number"),
            (".5", "invalid character '.' looking for beginning of value"),
            ("1e", "invalid number"), ("1e+", "invalid number"),
            ("+1", "invalid character '+' looking for beginning of value"),
            ("1e400", "number 1e400 is out of range"), ("NaN", "invalid character 'N' looking for beginning of value"),
            (#""\x""#, "invalid character 'x' in string escape code"),
            (#""\u00zz""#, "invalid character 'z' in \\u hexadecimal character escape"),
            ("\"a\nb\"", "invalid character '\\xa' in string literal"),
            ("{'a':1}", "invalid character ''' looking for beginning of object key string"),
        ])
    func invalid(text: String, message: String) {
        #expect { try JSON(parsing: text) } throws: { ($0 as? JSONError)?.message == message }
    }

    @Test(
        "Bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82]])
    func notUTF8(bytes: [UInt8]) {
        #expect { try JSON(parsing: [0x22] + bytes + [0x22]) } throws: { ($0 as? JSONError)?.code == .notUTF8 }
        #expect(throws: JSONError.self) { try JSON(parsing: [0x7B, 0x22] + bytes + Array("\":1}".utf8)) }
    }

    @Test("Nesting is bounded")
    func depth() throws {
        let limit = JSONParser.maximumDepth
        let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        _ = try JSON(parsing: deepest)
        #expect { try JSON(parsing: "[\(deepest)]") } throws: { ($0 as? JSONError)?.code == .tooDeep }
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        #expect { try JSON(parsing: objects) } throws: { ($0 as? JSONError)?.code == .tooDeep }
    }

    @Test(
        "Of repeated members the last stands, and their paths are told",
        arguments: [
            (#"{"a":1,"a":2}"#, #"{"a":2}"#, ["a"]), (#"{"b":1,"a":0,"b":2,"b":3}"#, #"{"a":0,"b":3}"#, ["b", "b"]),
            (#"{"s":{"c":[{"n":1},{"n":1,"n":2}]}}"#, #"{"s":{"c":[{"n":1},{"n":2}]}}"#, ["s.c[1].n"]),
            (#"{"a":1,"A":2}"#, #"{"A":2,"a":1}"#, []),
        ])
    func duplicates(text: String, canonical: String, paths: [String]) throws {
        let document = try Array(text.utf8).withUnsafeBufferPointer { try JSONParser.parse($0) }
        #expect(document.value.description == canonical)
        #expect(document.duplicates == paths)
    }

    @Test("Long known keys are found in the table, unknown ones are not")
    func keyTable() throws {
        let names = (0..<300).map { "aVeryLongMemberName\($0)" }
        let keys = JSONKeyTable(names + ["short"])
        for name in names + ["short", "anotherVeryLongMemberName", "é with more than fifteen bytes"] {
            let value = try JSON(parsing: Array("{\"\(name)\":1}".utf8), keys: keys)
            #expect(value[name] == 1)
        }
    }

    @Test(
        "Managed fields are passed over at the depth asked for, and nowhere else",
        arguments: [
            // A watch's event.
            (
                3,
                #"{"type":"ADDED","object":{"metadata":{"managedFields":[{"a":"]}\\\"{"},[1]],"name":"n"},"data":{"managedFields":"kept"}}}"#,
                #"{"object":{"data":{"managedFields":"kept"},"metadata":{"name":"n"}},"type":"ADDED"}"#
            ),
            // A list's items, one after the other.
            (
                4,
                #"{"items":[{"metadata":{"managedFields":[]}},{"metadata":{"a":1,"managedFields":{},"z":2}}],"metadata":{}}"#,
                #"{"items":[{"metadata":{}},{"metadata":{"a":1,"z":2}}],"metadata":{}}"#
            ),
            // The metadata of a template lies deeper.
            (
                3,
                #"{"object":{"spec":{"metadata":{"managedFields":[1]}},"x":{"managedFields":[1]}}}"#,
                #"{"object":{"spec":{"metadata":{"managedFields":[1]}},"x":{"managedFields":[1]}}}"#
            ),
            (0, #"{"metadata":{"managedFields":[1]}}"#, #"{"metadata":{"managedFields":[1]}}"#),
        ])
    func managedFields(depth: Int, text: String, expected: String) throws {
        #expect(try JSON(parsing: Array(text.utf8), managedFieldsDepth: depth).description == expected)
    }

    @Test(
        "Text that ends within what is passed over is refused",
        arguments: [#"{"object":{"metadata":{"managedFields":[{"a"#, #"{"object":{"metadata":{"managedFields":"\"#])
    func cutOffManagedFields(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8), managedFieldsDepth: 3) }
    }

    @Test("Members in any order are sorted and of equal ones the last stands", arguments: [2, 3, 24, 25, 100])
    func unordered(count: Int) throws {
        let names = (0..<count).map { "k\($0 * 7919 % count)" }
        let text = "{" + (names + names).enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        let object = try #require(try JSON(parsing: text).objectValue)
        #expect(object.keys == Set(names).sorted())
        for (index, name) in names.enumerated() { #expect(object[name] == .int(Int64(count + index))) }
    }
}
