import Machinery
import Testing

@Suite("Label selectors")
struct SelectorTests {
    @Test(
        "Text becomes requirements, sorted by key",
        arguments: [
            ("", ""), (" ", ""), ("a=b", "a=b"), ("a==b", "a==b"), ("a!=b", "a!=b"), ("a", "a"), ("!a", "!a"),
            ("a in (b)", "a in (b)"), ("a in (c, b,b)", "a in (b,c)"), ("a notin (b,c)", "a notin (b,c)"),
            ("x>1,y<2", "x>1,y<2"), ("b=1,a=2", "a=2,b=1"), ("a=", "a="), ("a=,b", "a=,b"), ("a in ()", "a in ()"),
            ("a in (,)", "a in ()"), ("a in (b,)", "a in (,b)"), ("in=in", "in=in"), ("notin in (in)", "notin in (in)"),
            ("example.com/a = b , ! c", "!c,example.com/a=b"),
        ])
    func valid(text: String, canonical: String) throws {
        let selector = try Selector(parsing: text)
        #expect(selector.description == canonical)
        #expect(try Selector(parsing: canonical) == selector)
    }

    @Test(
        "Invalid text is refused in Kubernetes' words",
        arguments: [
            (",", "found ',', expected: !, identifier, or 'end of string'"),
            ("=a", "found '=', expected: !, identifier, or 'end of string'"),
            ("a,", "found '', expected: identifier after ','"),
            ("a,,b", "found ',', expected: identifier after ','"),
            ("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"),
            ("a=b c", "found 'c', expected: ',' or 'end of string'"),
            ("!", "unable to parse requirement: found '', expected: identifier"),
            ("!a=b", "found '=', expected: ',' or 'end of string'"),
            ("a=b=c", "found '=', expected: ',' or 'end of string'"),
            ("a in", "unable to parse requirement: found '' expected: '('"),
            ("a in b", "unable to parse requirement: found 'b' expected: '('"),
            ("a in (", "unable to parse requirement: found '', expected: ',', ')' or identifier"),
            ("a in (b", "unable to parse requirement: found '', expected: ',' or ')'"),
            ("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'"),
            ("a in (b,=)", "unable to parse requirement: found '=', expected: ',', or identifier"),
            ("a==(", "unable to parse requirement: found '(', expected: identifier"),
            (
                "x>a",
                "unable to parse requirement: values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer"
            ),
        ])
    func invalid(text: String, message: String) {
        #expect { try Selector(parsing: text) } throws: { "\($0)" == message }
    }

    @Test("Invalid keys and values are named")
    func invalidParts() {
        #expect { try Selector(parsing: "-a=b") } throws: {
            "\($0)".hasPrefix("unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of")
        }
        #expect { try Selector(parsing: "a=b-") } throws: {
            "\($0)".hasPrefix("unable to parse requirement: values[0][a]: Invalid value: \"b-\": a valid label must be")
        }
    }

    @Test(
        "Matching",
        arguments: [
            ("", true), ("app=web", true), ("app=db", false), ("app!=db", true), ("zone!=a", true), ("app", true),
            ("zone", false), ("!zone", true), ("!app", false), ("app in (web,db)", true), ("app notin (web)", false),
            ("zone notin (a)", true), ("zone in (a)", false), ("size>3", true), ("size>5", false), ("size<6", true),
            ("app>1", false), ("zone>1", false), ("app=web,size=5", true), ("app=web,size=6", false), ("zone=", false),
        ])
    func matching(text: String, expected: Bool) throws {
        let labels = ["app": "web", "size": "5", "tier": "front"]
        let selector = try Selector(parsing: text)
        #expect(selector.matches(labels) == expected)
        #expect(selector.matches(pairs: [("app", "web"), ("size", "5"), ("tier", "front")]) == expected)
        #expect(selector.matches(["app": "web", "size": "5", "tier": "front"] as JSONObject) == expected)
    }

    @Test("An absent LabelSelector matches nothing, an empty one everything")
    func absentAndEmpty() throws {
        #expect(try !Selector(labelSelector: nil).matches(["a": "b"]))
        #expect(try Selector(labelSelector: [:]).matches(["a": "b"]))
    }

    @Test("A LabelSelector becomes requirements")
    func labelSelector() throws {
        let object: JSONObject = [
            "matchLabels": ["app": "web"],
            "matchExpressions": [
                ["key": "tier", "operator": "In", "values": ["a", "b"]], ["key": "x", "operator": "DoesNotExist"],
            ],
        ]
        let selector = try Selector(labelSelector: object)
        #expect(selector.description == "app=web,tier in (a,b),!x")
        #expect(selector.requiredValue(of: "app") == "web")
        #expect(selector.requiredValue(of: "tier") == nil)
        #expect(Selector.validate(labelSelector: object, at: "spec") == [])
        #expect { try Selector(labelSelector: ["matchExpressions": [["key": "a", "operator": "Gt"]]]) } throws: {
            "\($0)" == "\"Gt\" is not a valid label selector operator"
        }
    }

    @Test("What is wrong with a LabelSelector is told field by field")
    func validation() {
        let object: JSONObject = [
            "matchLabels": ["a": "b-"],
            "matchExpressions": [
                ["key": "k", "operator": "In"], ["key": "k", "operator": "Exists", "values": ["v"]],
                ["key": "k", "operator": "Is", "values": ["-"]],
            ],
        ]
        let errors = Selector.validate(labelSelector: object, at: FieldPath("spec").child("selector"))
        #expect(
            errors.map { "\($0.field) \($0.kind)" } == [
                "spec.selector.matchLabels invalid", "spec.selector.matchExpressions[0].values required",
                "spec.selector.matchExpressions[1].values forbidden",
                "spec.selector.matchExpressions[2].operator invalid",
                "spec.selector.matchExpressions[2].values[0] invalid",
            ])
    }

    @Test("Random text never crashes the reader", arguments: 0..<300)
    func randomText(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = ["a", "in", "notin", "(", ")", ",", "=", "!", "<", ">", " ", "1", "é", "/"]
        let text = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        if let selector = try? Selector(parsing: text) {
            #expect((try? Selector(parsing: selector.description)) == selector)
        }
    }
}

@Suite("Field selectors")
struct FieldSelectorTests {
    @Test(
        "Text becomes terms",
        arguments: [
            ("", ""), ("a=b", "a=b"), ("a==b", "a=b"), ("a!=b", "a!=b"), ("b=1,,a=2", "a=2,b=1"), ("a=", "a="),
            ("c==b,c=a", "c=a,c=b"),
            (#"a=x\,y\=z\\"#, #"a=x\,y\=z\\"#),
            ("metadata.name=web,status.phase!=Running", "metadata.name=web,status.phase!=Running"),
        ])
    func valid(text: String, canonical: String) throws {
        #expect(try FieldSelector(parsing: text).description == canonical)
    }

    @Test(
        "Invalid text",
        arguments: [
            ("a", "invalid selector: 'a'; can't understand 'a'"),
            ("a=b,c", "invalid selector: 'a=b,c'; can't understand 'c'"),
            (#"a=b\x"#, #"invalid field selector: invalid escape sequence: \x"#),
            (#"a=b\"#, #"invalid field selector: invalid escape sequence: \"#),
            ("a=b=c", "invalid field selector: unescaped character in value: 61"),
        ])
    func invalid(text: String, message: String) {
        #expect { try FieldSelector(parsing: text) } throws: { "\($0)" == message }
    }

    @Test("Matching, with absent fields as empty ones")
    func matching() throws {
        let fields = ["metadata.name": "web", "spec.nodeName": ""]
        func matches(_ text: String) throws -> Bool { try FieldSelector(parsing: text).matches { fields[$0] } }
        #expect(try matches("metadata.name=web,spec.nodeName="))
        #expect(try matches("metadata.name!=db"))
        #expect(try !matches("metadata.name=web,spec.nodeName!="))
        #expect(try matches("absent="))
        #expect(try FieldSelector(parsing: "metadata.name=web").requiredValue(of: "metadata.name") == "web")
        #expect(try FieldSelector(parsing: "metadata.name!=web").requiredValue(of: "metadata.name") == nil)
    }
}
