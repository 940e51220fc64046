import Machinery
import Testing

@Suite("Names")
struct NamesTests {
    private static let labelProblem =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
        + "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    private static let subdomainProblem =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
        + "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

    @Test("Valid labels", arguments: ["a", "0", "a-b", "a--b", "web-1", String(repeating: "a", count: 63)])
    func labels(name: String) {
        #expect(Names.dns1123Label(name) == [])
    }

    @Test("Invalid labels", arguments: ["", "-", "-a", "a-", "A", "a_b", "ä", "a b"])
    func invalidLabels(name: String) {
        #expect(Names.dns1123Label(name) == [Self.labelProblem])
    }

    @Test("Labels with dots, and long ones, have words of their own")
    func specialLabels() {
        #expect(Names.dns1123Label("a.b") == ["must not contain dots"])
        #expect(Names.dns1123Label(String(repeating: "a", count: 64)) == ["must be no more than 63 characters"])
    }

    @Test("Valid subdomains", arguments: ["a", "a.b", "0.1-2.c", "xn--a.b", String(repeating: "a", count: 253)])
    func subdomains(name: String) {
        #expect(Names.dns1123Subdomain(name) == [])
    }

    @Test("Invalid subdomains", arguments: ["", ".", "a.", ".a", "a..b", "a-.b", "a.-b", "A.b", "a_b", "-"])
    func invalidSubdomains(name: String) {
        #expect(Names.dns1123Subdomain(name) == [Self.subdomainProblem])
    }

    @Test("Service names start with a letter")
    func dns1035() {
        #expect(Names.dns1035Label("web-1") == [])
        for name in ["1web", "", "-a", "a-", "a.b", "Web"] {
            #expect(Names.dns1035Label(name).count == 1, "\(name)")
        }
        #expect(Names.dns1035Label("1a").first?.hasPrefix("a DNS-1035 label must consist of") == true)
    }

    @Test("Wildcard host names")
    func wildcards() {
        #expect(Names.wildcardDNS1123Subdomain("*.example.com") == [])
        for name in ["example.com", "*", "*.", "*.*.a", "a.*"] {
            #expect(Names.wildcardDNS1123Subdomain(name).count == 1, "\(name)")
        }
    }

    @Test("Label keys", arguments: ["a", "A_b.c-1", "example.com/Name", "a/b", "x.y.z/0"])
    func labelKeys(key: String) {
        #expect(Names.qualifiedName(key) == [])
    }

    @Test("Invalid label keys are described part by part")
    func invalidLabelKeys() {
        let name =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
            + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
            + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
        #expect(Names.qualifiedName("") == ["name part must be non-empty", name])
        #expect(Names.qualifiedName("-a") == [name])
        #expect(Names.qualifiedName("a b") == [name])
        #expect(Names.qualifiedName("/a") == ["prefix part must be non-empty"])
        #expect(Names.qualifiedName("A/a") == ["prefix part \(Self.subdomainProblem)"])
        #expect(Names.qualifiedName("a/b/c").first?.hasPrefix("a valid label key must consist of") == true)
        #expect(Names.qualifiedName(String(repeating: "a", count: 64)) == ["name part must be no more than 63 bytes"])
    }

    @Test("Label values")
    func labelValues() {
        for value in ["", "a", "A.b_c-1", String(repeating: "x", count: 63)] { #expect(Names.labelValue(value) == []) }
        #expect(Names.labelValue("a b").first?.hasPrefix("a valid label must be an empty string or consist of") == true)
        for value in ["-", "a-", ".", "é", "a/b"] { #expect(Names.labelValue(value).count == 1, "\(value)") }
        #expect(Names.labelValue(String(repeating: "x", count: 64)) == ["must be no more than 63 bytes"])
    }

    @Test("Labels and annotations of an object")
    func maps() {
        let path: FieldPath = "metadata"
        let errors = Names.validateLabels(["ok": "ok", "a b": "c"], at: path.child("labels"))
        #expect(errors.count == 1)
        #expect(errors.first?.field == "metadata.labels")
        #expect(Names.validateAnnotations(["Example.COM/Key": "any text\n"], at: path) == [])
        let big = Names.validateAnnotations(
            ["k": String(repeating: "x", count: 262_144)], at: path.child("annotations"))
        #expect(big.map(\.description) == ["metadata.annotations: Too long: may not be more than 262144 bytes"])
    }

    @Test("Path segments")
    func pathSegments() {
        #expect(Names.pathSegment("a:b") == [])
        #expect(Names.pathSegment(".") == ["may not be '.'"])
        #expect(Names.pathSegment("..") == ["may not be '..'"])
        #expect(Names.pathSegment("a/b%c") == ["may not contain '/'", "may not contain '%'"])
    }

    @Test("Environment variables, keys of ConfigMaps, C identifiers, headers, percentages")
    func programs() {
        for name in ["PATH", "my.var-1", "_a"] { #expect(Names.environmentVariable(name) == [], "\(name)") }
        for name in ["", "1a", "a=b", "a b", "é"] { #expect(Names.environmentVariable(name).count == 1, "\(name)") }
        #expect(Names.environmentVariable("..a") == ["must not start with '..'"])
        #expect(Names.relaxedEnvironmentVariable("1 a!") == [])
        #expect(Names.relaxedEnvironmentVariable("a=b").count == 1)
        for key in ["a.b", "A_b", "-"] { #expect(Names.configMapKey(key) == [], "\(key)") }
        for key in ["", "a/b", "a b"] { #expect(Names.configMapKey(key).count == 1, "\(key)") }
        #expect(Names.configMapKey("..") == ["must not be '..'"])
        #expect(
            Names.cIdentifier("_a1") == [] && Names.cIdentifier("1a").count == 1 && Names.cIdentifier("").count == 1)
        #expect(Names.httpHeader("X-A") == [] && Names.httpHeader("X A").count == 1)
        #expect(Names.percent("10%") == [] && Names.percent("%").count == 1 && Names.percent("-1%").count == 1)
    }

    @Test("Port names and numbers")
    func ports() {
        for name in ["http", "a1", "x-y"] { #expect(Names.portName(name) == [], "\(name)") }
        #expect(Names.portName("80") == ["must contain at least one letter (a-z)"])
        #expect(Names.portName("a--b") == ["must not contain consecutive hyphens"])
        #expect(Names.portName("-a") == ["must not begin or end with a hyphen"])
        #expect(Names.portName("abcdefghijklmnop") == ["must be no more than 15 characters"])
        #expect(Names.portName("A1").count == 2)
        #expect(Names.portNumber(80) == [])
        #expect(Names.portNumber(0) == ["must be between 1 and 65535, inclusive"])
        #expect(Names.portNumber(65536).count == 1)
    }

    @Test("Generated names keep their prefix, within the length of a label", arguments: 0..<20)
    func generated(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let name = GeneratedName.make(prefix: "web-", using: &generator)
        #expect(name.hasPrefix("web-") && name.count == 9)
        #expect(Names.dns1123Label(name) == [])
        #expect(name.dropFirst(4).allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
        #expect(GeneratedName.make(prefix: String(repeating: "a", count: 100)).utf8.count == 63)
    }
}
