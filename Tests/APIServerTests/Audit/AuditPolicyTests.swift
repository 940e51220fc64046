import APIServer
import Machinery
import Testing

@Suite("An audit policy")
struct AuditPolicyTests {
    private static let tim = User(name: "tim", groups: ["humans", "developers"])

    private func level(_ rules: String, _ method: String, _ path: String, user: User? = tim) throws -> AuditLevel {
        let policy = try AuditPolicy(parsing: Array(AuditTrail.policy(rules).utf8))
        let info = try #require(RequestInfo(method: method, path: path, query: QueryParameters()))
        return policy.verdict(info, user: user).level
    }

    private static let pod = "/api/v1/namespaces/default/pods/busybox"
    private static let log = "/api/v1/namespaces/default/pods/busybox/log"
    private static let role = "/apis/rbac.authorization.k8s.io/v1/clusterroles/edit"

    @Test(
        "rules match by every part that is given",
        arguments: [
            (#""users":["tim"]"#, pod, true), (#""users":["tom"]"#, pod, false),
            (#""userGroups":["humans"]"#, pod, true),
            (#""userGroups":["robots"]"#, pod, false), (#""verbs":["get","list"]"#, pod, true),
            (#""verbs":["create"]"#, pod, false), (#""namespaces":["default"]"#, pod, true),
            (#""namespaces":[""]"#, pod, false), (#""namespaces":[""]"#, role, true),
            (#""namespaces":["default"]"#, "/healthz", false),
            (#""resources":[{"resources":["pods"]}]"#, pod, true),
            (#""resources":[{"resources":["pods"]}]"#, log, false),
            (#""resources":[{"resources":["pods/log"]}]"#, log, true),
            (#""resources":[{"resources":["pods/*"]}]"#, log, true),
            (#""resources":[{"resources":["pods/*"]}]"#, pod, true),
            (#""resources":[{"resources":["*/log"]}]"#, log, true), (#""resources":[{"resources":["*"]}]"#, log, true),
            (#""resources":[{"group":"apps"}]"#, pod, false), (#""resources":[{"group":"*"}]"#, role, true),
            (#""resources":[{"group":"rbac.authorization.k8s.io"}]"#, role, true),
            (#""resources":[{"resources":["pods"],"resourceNames":["busybox"]}]"#, pod, true),
            (#""resources":[{"resources":["pods"],"resourceNames":["other"]}]"#, pod, false),
            (#""nonResourceURLs":["/healthz*"]"#, "/healthz/etcd", true),
            (#""nonResourceURLs":["/metrics"]"#, "/healthz", false), (#""nonResourceURLs":["*"]"#, pod, false),
        ])
    func matches(rule: String, path: String, isMatched: Bool) throws {
        let found = try level(#"{"level":"Request",\#(rule)}"#, "GET", path)
        #expect(found == (isMatched ? .request : .none))
    }

    @Test("the first rule that matches decides; nothing is written down by default")
    func order() throws {
        let rules = #"{"level":"None","users":["tim"]},{"level":"Metadata"}"#
        #expect(try level(rules, "GET", Self.pod) == .none)
        #expect(try level(rules, "GET", Self.pod, user: User(name: "tom")) == .metadata)
        #expect(try level(rules, "GET", Self.pod, user: nil) == .metadata)
        #expect(try level(#"{"level":"Request","verbs":["create"]}"#, "GET", Self.pod) == .none)
    }

    @Test("stages are left out by the policy and by the rule; managed fields by the rule before the policy")
    func stages() throws {
        let text = AuditTrail.policy(
            #"{"level":"Metadata","verbs":["get"],"omitStages":["Panic"],"omitManagedFields":false},"#
                + #"{"level":"Request"}"#,
            more: #","omitStages":["RequestReceived"],"omitManagedFields":true"#)
        let policy = try AuditPolicy(parsing: Array(text.utf8))
        func verdict(_ method: String) throws -> AuditPolicy.Verdict {
            let info = try #require(RequestInfo(method: method, path: Self.pod, query: QueryParameters()))
            return policy.verdict(info, user: nil)
        }
        #expect(try verdict("GET").omittedStages == [.panic, .requestReceived])
        #expect(try !verdict("GET").omitsManagedFields)
        #expect(try verdict("DELETE").omittedStages == [.requestReceived])
        #expect(try verdict("DELETE").omitsManagedFields)
    }

    @Test(
        "mistakes are told with their place",
        arguments: [
            (#"{}"#, "rules[0].level: Required value"),
            (#"{"level":"All"}"#, #"rules[0].level: Unsupported value: "All": supported values: "None", "Metadata""#),
            (#"{"level":"None","omitStages":["End"]}"#, "allowed stages are RequestReceived,ResponseStarted"),
            (#"{"level":"None","nonResourceURLs":["healthz"]}"#, "must begin with a '/' character"),
            (#"{"level":"None","nonResourceURLs":["/a*b"]}"#, "must be the final character"),
            (#"{"level":"None","resources":[{"group":"apps/v1"}]}"#, "rules[0].resources.group: Invalid value"),
            (#"{"level":"None","resources":[{"resourceNames":["x"]}]}"#, "using resourceNames requires at least one"),
            (
                #"{"level":"None","namespaces":["x"],"nonResourceURLs":["/x"]}"#,
                "cannot apply to both regular resources"
            ),
            (#"{"level":"None","user":["x"]}"#, #"unknown field "rules[0].user""#),
        ])
    func mistakes(rule: String, part: String) throws {
        let failure = #expect(throws: ConfigurationDocument.Failure.self) {
            try AuditPolicy(parsing: Array(AuditTrail.policy(rule).utf8))
        }
        #expect(failure?.description.contains(part) == true, "\(failure?.description ?? "")")
    }

    @Test("a policy without rules, or of another kind, is none")
    func others() {
        for text in [
            AuditTrail.policy(""), #"{"apiVersion":"audit.k8s.io/v2","kind":"Policy","rules":[{"level":"None"}]}"#,
            "- a",
        ] {
            #expect(throws: ConfigurationDocument.Failure.self) { try AuditPolicy(parsing: Array(text.utf8)) }
        }
    }
}
