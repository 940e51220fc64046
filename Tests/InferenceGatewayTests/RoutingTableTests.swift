import HTTPCore
import InferenceGateway
import KubeAPI
import Machinery
import Testing

@Suite("Routes to pools")
struct RoutingTableTests {
    private func route(_ name: String, _ spec: JSONObject, created: String = "2026-01-01T00:00:00Z") -> HTTPRoute {
        var route = HTTPRoute(name: name, namespace: "models")
        route.json["spec"] = .object(spec)
        route.metadata.creationTimestamp = Timestamp(json: .string(created))
        return route
    }

    private func pools(_ names: [(String, Int)]) -> JSON {
        .array(
            names.map { name, weight in
                [
                    "group": "inference.networking.k8s.io", "kind": "InferencePool", "name": .string(name),
                    "weight": .int(Int64(weight)),
                ]
            })
    }

    private func rule(_ pool: String, _ match: JSONObject?) -> JSON {
        var rule: JSONObject = ["backendRefs": pools([(pool, 1)])]
        if let match { rule["matches"] = .array([.object(match)]) }
        return .object(rule)
    }

    private func model(_ name: String) -> JSONObject {
        ["headers": [["name": "x-gateway-model-name", "value": .string(name)]]]
    }

    @Test("Rules are chosen by Gateway API's precedence")
    func precedence() {
        let table = RoutingTable([
            route("any", ["rules": [rule("any", nil)]]),
            route("prefix", ["rules": [rule("prefix", ["path": ["type": "PathPrefix", "value": "/v1/chat"]])]]),
            route("exact", ["rules": [rule("exact", ["path": ["type": "Exact", "value": "/v1/chat/completions"]])]]),
            route("model", ["rules": [rule("model", model("m"))]]),
            route(
                "header",
                [
                    "rules": [
                        rule(
                            "header",
                            [
                                "headers": [
                                    ["name": "x-gateway-model-name", "value": "m"], ["name": "X-Beta", "value": "1"],
                                ]
                            ])
                    ]
                ]),
            route("host", ["hostnames": ["ai.example.com"], "rules": [rule("host", nil)]]),
            route("wildcard", ["hostnames": ["*.example.com"], "rules": [rule("wildcard", nil)]]),
        ])
        func chosen(_ path: String, model: String = "x", host: String = "", _ headers: HTTPHeaders = [:]) -> String? {
            let request = RouteRequest(host: host, path: path, headers: headers, model: model)
            return table.rule(for: request)?.nextPool()?.name
        }
        #expect(chosen("/v1/completions") == "any")
        #expect(chosen("/v1/chat/other") == "prefix")
        #expect(chosen("/v1/chatter") == "any")
        #expect(chosen("/v1/chat/completions", model: "m") == "exact")
        #expect(chosen("/v1/completions", model: "m") == "model")
        #expect(chosen("/v1/completions", model: "m", ["x-beta": "1"]) == "header")
        #expect(chosen("/v1/completions", host: "ai.example.com:8443") == "host")
        #expect(chosen("/v1/completions", host: "B.Example.com") == "wildcard")
        #expect(chosen("/v1/completions", host: "example.com") == "any")
    }

    @Test("Of equal rules the older route's goes first, then the first by name")
    func ties() {
        let table = RoutingTable([
            route("b", ["rules": [rule("young", model("m"))]], created: "2026-02-01T00:00:00Z"),
            route("z", ["rules": [rule("old", model("m"))]]), route("y", ["rules": [rule("named", model("m"))]]),
        ])
        #expect(table.rule(for: RouteRequest(path: "/", model: "m"))?.nextPool()?.name == "named")
        #expect(table.models.models.map(\.name) == ["m"])
    }

    @Test("Weights are kept to within a request or two, at any time")
    func weights() throws {
        let rule: JSON = ["backendRefs": pools([("old", 99), ("new", 1), ("none", 0)])]
        let table = RoutingTable([route("r", ["rules": [rule]])])
        let found = try #require(table.rule(for: RouteRequest(path: "/", model: "m")))
        var counts: [String: Int] = [:]
        for number in 1...10_000 {
            counts[found.nextPool()?.name ?? "", default: 0] += 1
            if number % 100 == 0 { #expect(abs((counts["new"] ?? 0) - number / 100) <= 2, "after \(number)") }
        }
        #expect(counts["none"] == nil)
        #expect(abs((counts["new"] ?? 0) - 100) <= 2)
    }

    @Test("References that lead nowhere get their share of errors; routes to other things are nobody's here")
    func references() {
        let elsewhere: JSON = [
            "backendRefs": [
                [
                    "group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "p", "namespace": "other",
                ]
            ]
        ]
        let service: JSON = ["backendRefs": [["name": "web", "port": 80]]]
        let table = RoutingTable([route("a", ["rules": [elsewhere]]), route("b", ["rules": [service]])])
        let rule = table.rule(for: RouteRequest(path: "/", model: "m"))
        #expect(rule?.route.name == "a")
        #expect(rule?.nextPool() == nil)
        #expect(RoutingTable([route("b", ["rules": [service]])]).rule(for: RouteRequest(path: "/")) == nil)
    }

    @Test(
        "A rule that asks for what is not done is left out and told of",
        arguments: [
            ["matches": [["path": ["type": "RegularExpression", "value": "/.*"]]]],
            ["matches": [["headers": [["type": "RegularExpression", "name": "a", "value": "b"]]]]],
            ["filters": [["type": "RequestHeaderModifier"]]],
        ] as [JSONObject])
    func unsupported(extra: JSONObject) {
        var rule = extra
        rule["backendRefs"] = pools([("p", 1)])
        let table = RoutingTable([route("r", ["rules": [.object(rule)]])])
        #expect(table.rule(for: RouteRequest(path: "/a")) == nil)
        #expect(table.omissions[ObjectKey(namespace: "models", name: "r")] != nil)
    }
}
