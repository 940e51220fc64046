import KubeAPI
import Machinery
import Testing

@Suite("Validation of networking kinds")
struct NetworkingValidationTests {
    private static func ingressText(_ path: String, _ backend: String) -> String {
        #"{"spec":{"rules":[{"host":"a.io","http":{"paths":[{\#(path),"backend":\#(backend)}]}}]}}"#
    }

    private static let service = #"{"service":{"name":"s","port":{"number":80}}}"#
    private static let place = "spec.rules[0].http.paths[0]"
    private static let ingresses: [ValidationExample] = [
        ValidationExample(ingressText(#""path":"/","pathType":"Prefix""#, service)),
        ValidationExample(
            #"{"spec":{}}"#, "spec: Invalid value: null: either `defaultBackend` or `rules` must be specified"),
        ValidationExample(
            ingressText(#""path":"/""#, service), "\(place).pathType: Required value: pathType must be specified"),
        ValidationExample(
            ingressText(#""path":"x/../y","pathType":"Exact""#, service),
            #"\#(place).path: Invalid value: "x/../y": must be an absolute path"#,
            #"\#(place).path: Invalid value: "x/../y": must not contain '/../'"#),
        ValidationExample(
            ingressText(#""pathType":"ImplementationSpecific""#, "{}"),
            #"\#(place).backend: Invalid value: "": resource or service backend is required"#),
        ValidationExample(
            ingressText(#""pathType":"ImplementationSpecific""#, #"{"service":{"name":"s","port":{}}}"#),
            "\(place).backend: Required value: port name or number is required"),
        ValidationExample(
            #"{"spec":{"rules":[{"host":"10.0.0.1"}]}}"#,
            #"spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address"#),
    ]

    @Test("ingresses", arguments: ingresses)
    func checkIngress(_ example: ValidationExample) throws {
        let errors = IngressValidation.validate(try example.object(Ingress.self))
        #expect(errors.map(\.description) == example.errors)
    }

    private static let policies: [ValidationExample] = [
        ValidationExample(#"{"spec":{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8"}}]}]}}"#),
        ValidationExample(
            #"{"spec":{"podSelector":{},"ingress":[{"from":[{}]}]}}"#,
            "spec.ingress[0].from[0]: Required value: must specify a peer"),
        ValidationExample(
            #"{"spec":{"podSelector":{},"egress":[{"to":[{"ipBlock":{"cidr":"10.0.0.0/8","except":["11.0.0.0/16"]},"#
                + #""podSelector":{}}]}]}}"#,
            #"spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`"#,
            "spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer"),
        ValidationExample(
            #"{"spec":{"podSelector":{},"ingress":[{"ports":[{"port":90,"endPort":80,"protocol":"TCP"}]}]}}"#,
            "spec.ingress[0].ports[0].endPort: Invalid value: 90: must be greater than or equal to `port`"),
        ValidationExample(
            #"{"spec":{"podSelector":{},"policyTypes":["Sideways"]}}"#,
            #"spec.policyTypes[0]: Unsupported value: "Sideways": supported values: "Ingress", "Egress""#),
    ]

    @Test("network policies", arguments: policies)
    func policy(_ example: ValidationExample) throws {
        let errors = NetworkPolicyValidation.validate(try example.object(NetworkPolicy.self))
        #expect(errors.map(\.description) == example.errors)
    }

    private static let ranges: [ValidationExample] = [
        ValidationExample(#"{"spec":{"cidrs":["10.0.0.0/16","2001:db8::/64"]}}"#),
        ValidationExample(#"{"spec":{}}"#, "spec.cidrs: Required value: at least one CIDR required"),
        ValidationExample(
            #"{"spec":{"cidrs":["10.0.0.0/16","10.1.0.0/16"]}}"#,
            #"spec.cidrs: Invalid value: ["10.0.0.0/16","10.1.0.0/16"]: may specify no more than one IP for each IP "#
                + "family, i.e 192.168.0.0/24 and 2001:db8::/64"),
        ValidationExample(
            #"{"spec":{"cidrs":["nonsense"]}}"#,
            #"spec.cidrs[0]: Invalid value: "nonsense": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"#
        ),
    ]

    @Test("service ranges", arguments: ranges)
    func range(_ example: ValidationExample) throws {
        let errors = ServiceCIDRValidation.validate(try example.object(ServiceCIDR.self))
        #expect(errors.map(\.description) == example.errors)
    }

    @Test("a range may get a second family, and nothing else")
    func rangeUpdate() throws {
        let old = try ValidationExample(#"{"spec":{"cidrs":["10.0.0.0/16"]}}"#).object(ServiceCIDR.self)
        var new = old
        new.spec.cidrs.append("2001:db8::/64")
        #expect(ServiceCIDRValidation.validateUpdate(new, from: old).isEmpty)
        #expect(ServiceCIDRValidation.validateUpdate(old, from: new).map(\.field) == ["spec.cidrs"])
        new.spec.cidrs[0] = "10.1.0.0/16"
        #expect(ServiceCIDRValidation.validateUpdate(new, from: old).map(\.field) == ["spec.cidrs[0]"])
    }
}
