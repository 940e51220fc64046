import APIServer
import Machinery
import Testing

@Suite("Types of Secrets", .timeLimit(.minutes(1)))
struct SecretTypeTests {
    private static let secrets = "/api/v1/namespaces/default/secrets"
    private static let good: [(type: String, data: [String: String])] = [
        ("Opaque", [:]), ("example.com/own", ["x": "{"]), ("kubernetes.io/dockercfg", [".dockercfg": "{}"]),
        ("kubernetes.io/dockerconfigjson", [".dockerconfigjson": #"{"auths":{}}"#]),
        ("kubernetes.io/dockerconfigjson", [".dockerconfigjson": "null"]),
        ("kubernetes.io/basic-auth", ["username": ""]), ("kubernetes.io/basic-auth", ["password": "p"]),
        ("kubernetes.io/ssh-auth", ["ssh-privatekey": "k"]),
        ("kubernetes.io/tls", ["tls.crt": "", "tls.key": ""]),
    ]
    private static let bad: [(type: String, data: [String: String], causes: [String], text: String)] = [
        ("kubernetes.io/dockercfg", [:], ["data[.dockercfg]"], "Required value"),
        (
            "kubernetes.io/dockerconfigjson", [".dockerconfigjson": "hidden"], ["data[.dockerconfigjson]"],
            "invalid character 'h' looking for beginning of value"
        ),
        (
            "kubernetes.io/dockerconfigjson", [".dockerconfigjson": ""], ["data[.dockerconfigjson]"],
            "unexpected end of JSON input"
        ),
        (
            "kubernetes.io/dockercfg", [".dockercfg": #"["hidden"]"#], ["data[.dockercfg]"],
            "json: cannot unmarshal array into Go value of type map[string]interface {}"
        ),
        (
            "kubernetes.io/dockercfg", [".dockercfg": "7"], ["data[.dockercfg]"],
            "json: cannot unmarshal number into Go value of type map[string]interface {}"
        ),
        ("kubernetes.io/basic-auth", ["x": "y"], ["data[username]", "data[password]"], "Required value"),
        ("kubernetes.io/ssh-auth", ["ssh-privatekey": ""], ["data[ssh-privatekey]"], "Required value"),
        ("kubernetes.io/tls", ["tls.crt": "c"], ["data[tls.key]"], "Required value"),
        (
            "kubernetes.io/service-account-token", [:],
            ["metadata.annotations[kubernetes.io/service-account.name]"], "Required value"
        ),
    ]

    private static func body(_ name: String, _ type: String, _ data: [String: String]) -> String {
        let data = data.map { #""\#($0.key)":"\#(base64(Array($0.value.utf8)))""# }.joined(separator: ",")
        return #"{"metadata":{"name":"\#(name)"},"type":"\#(type)","data":{\#(data)}}"#
    }

    @Test("hold what they have to, and what else they like")
    func valid() async throws {
        try await TestCluster.run { cluster in
            for (index, example) in Self.good.enumerated() {
                try await cluster.send("POST", Self.secrets, Self.body("s\(index)", example.type, example.data))
                    .expect(201)
            }
        }
    }

    @Test("without it are refused, and nothing of theirs is told")
    func invalid() async throws {
        try await TestCluster.run { cluster in
            for example in Self.bad {
                let answer = try await cluster.send("POST", Self.secrets, Self.body("s", example.type, example.data))
                answer.expect(422, "Invalid", example.text)
                #expect(answer.causes == example.causes)
                #expect(!answer.text.contains("hidden"))
            }
            let body = Self.body("s", "kubernetes.io/dockercfg", [".dockercfg": "{}"])
            try await cluster.send("POST", Self.secrets, body).expect(201)
            let patch = #"{"stringData":{".dockercfg":"x"}}"#
            try await cluster.send("PATCH", Self.secrets + "/s", patch, type: PatchTests.merge).expect(422, "Invalid")
        }
    }
}
