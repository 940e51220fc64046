import HTTPClient
import HTTPCore
import Inference
import InferenceGateway
import KubeAPI
import Machinery
import Testing

@Suite("Who may ask the gateway, and for what", .timeLimit(.minutes(2)))
struct GatewayAccessTests {
    private func error(_ response: HTTPClientResponse) async throws -> JSON? {
        try JSON(parsing: Array(try await response.body.text().utf8))["error"]
    }

    @Test(
        "Without a good credential there is no answer, not even about paths",
        arguments: [nil, "", "sk-wrong-0123456789abcdef", "a.b.c", "\(GatewayHarness.key)x"])
    func unauthorized(key: String?) async throws {
        try await GatewayHarness.run([]) { gateway in
            for path in ["/v1/models", "/nowhere"] {
                let response = try await gateway.get(path, key: key)
                #expect(response.status == .unauthorized)
                #expect(try await error(response)?["code"]?.stringValue == "invalid_api_key")
            }
        }
    }

    @Test("Keys and accounts' tokens let in; models are listed by their routes")
    func models() async throws {
        try await GatewayHarness.run([]) { gateway in
            for key in [GatewayHarness.key, "an.account.token"] {
                let response = try await gateway.get("/v1/models", key: key)
                #expect(response.status == .ok)
                let list = try JSON(parsing: Array(try await response.body.text().utf8))
                #expect(list["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == ["tiny"])
            }
            #expect(try await gateway.get("/v1/models/tiny").status == .ok)
            #expect(try await gateway.get("/v1/models/none").status == .notFound)
        }
    }

    @Test(
        "What cannot be done is said in OpenAI's words",
        arguments: [
            ("/v1/chat/completions", "{", 400, nil, nil),
            ("/v1/chat/completions", "{\"messages\":[]}", 400, nil, "model"),
            ("/v1/chat/completions", "{\"model\":\"nobody\"}", 404, "model_not_found", "model"),
            ("/v1/nothing", "{}", 404, "unknown_url", nil), ("/v1/models", "{}", 405, nil, nil),
        ] as [(String, String, Int, String?, String?)])
    func refusals(path: String, body: String, status: Int, code: String?, parameter: String?) async throws {
        try await GatewayHarness.run([]) { gateway in
            let response = try await gateway.post(body, path: path)
            #expect(response.status.rawValue == status)
            let error = try await error(response)
            #expect(error?["type"]?.stringValue == "invalid_request_error")
            #expect(error?["code"]?.stringValue == code)
            #expect(error?["param"]?.stringValue == parameter)
        }
    }

    @Test("A body that is too large is refused before it is read")
    func tooLarge() async throws {
        var configuration = GatewayConfiguration()
        configuration.bodyBytes = 100
        try await GatewayHarness.run([], configuration: configuration) { gateway in
            let response = try await gateway.post(String(repeating: " ", count: 1000))
            #expect(response.status == .contentTooLarge)
            #expect(await gateway.requests.first(1).first?.outcome == .refused)
        }
    }

    @Test("Secrets are keys by their label, by value or by hash; short ones are none")
    func keys() {
        let ring = APIKeyRing()
        var unlabelled = GatewayHarness.secret("sk-unlabelled-0123456789", tenant: "u")
        unlabelled.metadata.labels = [:]
        let slim = APIKeyRing.withoutKey(GatewayHarness.secret("sk-hashed-0123456789abc", tenant: "hashed"))
        #expect(slim.data["key"] == nil)
        ring.replace(with: [
            unlabelled, slim, GatewayHarness.secret("short", tenant: "s"),
            GatewayHarness.secret("sk-whole-0123456789\n", tenant: "whole"),
        ])
        #expect(ring.count == 2)
        #expect(ring.caller(ofKey: "sk-hashed-0123456789abc")?.tenant == "hashed")
        #expect(ring.caller(ofKey: "sk-whole-0123456789")?.tenant == "whole")
        #expect(ring.caller(ofKey: "sk-unlabelled-0123456789") == nil)
        #expect(ring.caller(ofKey: "short") == nil)
    }
}
