import Foundation
import Testing

extension Clusters {
    /// Requests no well-behaved client sends. Each must get the `Status` that Kubernetes gives, and the server goes on.
    @Suite("Bad input", .cluster)
    struct BadInput {
        /// One request and what must come back.
        struct Case: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var method = "POST"
            var path = "/api/v1/namespaces/default/configmaps"
            var type = "application/json"
            var body: String?
            var code: Int
            var reason: String
            var message = ""
            var causes: [String] = []
        }

        private static let pod = #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":"#

        static let cases: [Case] = [
            Case(
                testDescription: "JSON cut short", body: #"{"apiVersion":"v1","kind":"ConfigMap""#, code: 400,
                reason: "BadRequest"),
            Case(testDescription: "no JSON at all", body: "hello", code: 400, reason: "BadRequest"),
            Case(testDescription: "an empty body", body: "", code: 400, reason: "BadRequest"),
            Case(testDescription: "a list instead of an object", body: "[1,2]", code: 400, reason: "BadRequest"),
            Case(
                testDescription: "broken YAML", type: "application/yaml", body: "a: [b\nc: }", code: 400,
                reason: "BadRequest"),
            Case(
                testDescription: "deeply nested JSON",
                body: String(repeating: "[", count: 100_000), code: 400, reason: "BadRequest"),
            Case(
                testDescription: "an unknown content type", type: "text/plain", body: "{}", code: 415,
                reason: "UnsupportedMediaType"),
            Case(
                testDescription: "another kind", body: #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}"#,
                code: 400, reason: "BadRequest"),
            Case(
                testDescription: "a number for a name",
                body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":7}}"#,
                code: 400, reason: "BadRequest"),
            Case(
                testDescription: "text for a number", path: "/api/v1/namespaces/default/pods",
                body: pod + #"{"terminationGracePeriodSeconds":"soon","containers":[{"name":"a","image":"b"}]}}"#,
                code: 400, reason: "BadRequest"),
            Case(
                testDescription: "a number out of range", path: "/api/v1/namespaces/default/pods",
                body: pod
                    + #"{"terminationGracePeriodSeconds":99999999999999999999,"containers":[{"name":"a","image":"b"}]}}"#,
                code: 400, reason: "BadRequest"),
            Case(
                testDescription: "a quantity that is none", path: "/api/v1/namespaces/default/pods",
                body: pod + #"{"containers":[{"name":"a","image":"b","resources":{"limits":{"cpu":"many"}}}]}}"#,
                code: 400, reason: "BadRequest", message: "quantities must match the regular expression"),
            Case(
                testDescription: "no name", body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{}}"#, code: 422,
                reason: "Invalid", message: "name or generateName is required", causes: ["metadata.name"]),
            Case(
                testDescription: "an invalid name",
                body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"Not_Valid"}}"#, code: 422,
                reason: "Invalid",
                message: "ConfigMap \"Not_Valid\" is invalid: metadata.name: Invalid value: \"Not_Valid\"",
                causes: ["metadata.name"]),
            Case(
                testDescription: "another namespace than the path's",
                body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","namespace":"other"}}"#, code: 400,
                reason: "BadRequest",
                message: "the namespace of the provided object does not match the namespace sent on the request"),
            Case(
                testDescription: "an invalid label",
                body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","labels":{"a b":"c"}}}"#,
                code: 422,
                reason: "Invalid", causes: ["metadata.labels"]),
            Case(
                testDescription: "a pod without containers", path: "/api/v1/namespaces/default/pods", body: pod + "{}}",
                code: 422,
                reason: "Invalid", message: "spec.containers: Required value", causes: ["spec.containers"]),
            Case(
                testDescription: "two containers of one name", path: "/api/v1/namespaces/default/pods",
                body: pod + #"{"containers":[{"name":"a","image":"b"},{"name":"a","image":"b"}]}}"#, code: 422,
                reason: "Invalid",
                message: "spec.containers[1].name: Duplicate value: \"a\"", causes: ["spec.containers[1].name"]),
            Case(
                testDescription: "an enumeration's unknown value", path: "/api/v1/namespaces/default/pods",
                body: pod + #"{"restartPolicy":"Sometimes","containers":[{"name":"a","image":"b"}]}}"#, code: 422,
                reason: "Invalid", message: "spec.restartPolicy: Unsupported value: \"Sometimes\"",
                causes: ["spec.restartPolicy"]),
            Case(
                testDescription: "a namespace that is not there", path: "/api/v1/namespaces/nowhere/configmaps",
                body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}"#, code: 404, reason: "NotFound",
                message: "namespaces \"nowhere\" not found"),
            Case(
                testDescription: "an object that is not there", method: "GET",
                path: "/api/v1/namespaces/default/pods/nope", code: 404, reason: "NotFound",
                message: "pods \"nope\" not found"),
            Case(
                testDescription: "a path that is none", method: "GET", path: "/apis/unknown.example/v1/things",
                code: 404,
                reason: "NotFound", message: "the server could not find the requested resource"),
            Case(
                testDescription: "a verb the resource lacks", method: "PUT",
                path: "/api/v1/namespaces/default/configmaps",
                body: "{}", code: 405, reason: "MethodNotAllowed"),
            Case(
                testDescription: "a broken selector", method: "GET", path: "/api/v1/pods?labelSelector=a%20in%20(",
                code: 400,
                reason: "BadRequest"),
            Case(
                testDescription: "a field that cannot be selected", method: "GET",
                path: "/api/v1/pods?fieldSelector=spec.color%3Dred",
                code: 400, reason: "BadRequest", message: "field label not supported: spec.color"),
            Case(
                testDescription: "a limit that is no number", method: "GET", path: "/api/v1/pods?limit=many", code: 400,
                reason: "BadRequest"),
            Case(
                testDescription: "a forged continue token", method: "GET", path: "/api/v1/pods?limit=1&continue=forged",
                code: 400,
                reason: "BadRequest"),
            Case(
                testDescription: "a resource version of the future", method: "GET",
                path: "/api/v1/pods?resourceVersion=99999999999&resourceVersionMatch=Exact", code: 504,
                reason: "Timeout"),
            Case(
                testDescription: "a broken JSON patch", method: "PATCH", path: "/api/v1/namespaces/default",
                type: "application/json-patch+json", body: #"[{"op":"fly"}]"#, code: 422, reason: "Invalid"),
            Case(
                testDescription: "a JSON patch whose test fails", method: "PATCH", path: "/api/v1/namespaces/default",
                type: "application/json-patch+json", body: #"[{"op":"test","path":"/kind","value":"Pod"}]"#, code: 422,
                reason: "Invalid"),
            Case(
                testDescription: "an unknown patch type", method: "PATCH", path: "/api/v1/namespaces/default",
                type: "application/example", body: "{}", code: 415, reason: "UnsupportedMediaType"),
        ]

        @Test("is answered with the Status that Kubernetes gives", arguments: cases)
        func status(_ given: Case) async throws {
            let cluster = try Cluster.current()
            let answer = try await cluster.send(given.method, given.path, body: given.body, type: given.type)
            #expect(answer.code == given.code, "\(answer)")
            #expect(answer.object["kind"] as? String == "Status", "\(answer)")
            #expect(answer.object["status"] as? String == "Failure")
            #expect(answer.object["code"] as? Int == given.code)
            #expect(answer.reason == given.reason, "\(answer)")
            #expect(given.message.isEmpty || answer.message.contains(given.message), "\(answer)")
            #expect(given.causes.isEmpty || answer.causes.map(\.field) == given.causes, "\(answer)")
        }

        @Test("an unknown field is refused, warned of or ignored, as the client asked")
        func unknownFields() async throws {
            let cluster = try Cluster.current()
            let path = "/api/v1/namespaces/default/configmaps?fieldValidation="
            func body(_ name: String) -> String {
                #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\#(name)"},"color":"red"}"#
            }
            let strict = try await cluster.send("POST", path + "Strict", body: body("strict"))
            #expect(
                strict.code == 400 && strict.message.contains("strict decoding error: unknown field \"color\""),
                "\(strict)")
            #expect(try await cluster.send("POST", path + "Ignore", body: body("ignored")).code == 201)
            #expect(try await cluster.send("POST", path + "Loudly", body: body("loud")).code == 422)
            let twice = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"twice"},"data":{"a":"1","a":"2"}}"#
            let duplicate = try await cluster.send("POST", path + "Strict", body: twice)
            #expect(duplicate.code == 400 && duplicate.message.contains("duplicate field \"data.a\""), "\(duplicate)")
            let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: warned}\ncolor: red\n"
            let warned = try await cluster.kubectl("apply", "--validate=warn", "-f", "-", input: manifest)
            #expect(
                warned.out == "configmap/warned created\n" && warned.errors.contains("unknown field \"color\""),
                "\(warned)")
            let refused = try await cluster.kubectl(
                "apply", "-f", "-", input: manifest.replacing("warned", with: "refused"))
            #expect(refused.status == 1 && refused.errors.contains("unknown field \"color\""), "\(refused)")
        }

        @Test("a stale resourceVersion gives a conflict")
        func stale() async throws {
            let cluster = try Cluster.current()
            try await cluster.expect("create", "configmap", "stale")
            let path = "/api/v1/namespaces/default/configmaps/stale"
            let first = try await cluster.send("GET", path)
            #expect(try await cluster.send("PUT", path, body: first.body).code == 200)
            try await cluster.expect("label", "configmap", "stale", "a=b")
            let second = try await cluster.send("PUT", path, body: first.body)
            #expect(second.code == 409 && second.reason == "Conflict", "\(second)")
            #expect(
                second.message.hasPrefix(
                    "Operation cannot be fulfilled on configmaps \"stale\": the object has been modified; "
                        + "please apply your changes to the latest version and try again"))
            let precondition = #"{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"other"}}"#
            #expect(try await cluster.send("DELETE", path, body: precondition).code == 409)
        }

        @Test("strangers get 401, the unauthorized 403, and both learn nothing more")
        func strangers() async throws {
            let cluster = try Cluster.current()
            #expect(try await cluster.send("GET", "/api/v1/pods", token: "made-up").code == 401)
            let anonymous = try await cluster.send("GET", "/api/v1/pods", token: .some(nil))
            #expect(anonymous.code == 403, "\(anonymous)")
            #expect(
                anonymous.message
                    == "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group \"\" "
                    + "at the cluster scope")
            let jane = try await cluster.send(
                "GET", "/api/v1/namespaces/default/secrets/x", headers: ["Impersonate-User: jane"])
            #expect(jane.code == 403 && jane.reason == "Forbidden")
            #expect(
                jane.message
                    == "secrets \"x\" is forbidden: User \"jane\" cannot get resource \"secrets\" in API group \"\" "
                    + "in the namespace \"default\"")
        }

        @Test("a YAML alias bomb and a body of 100 MB are refused cheaply")
        func bombs() async throws {
            let cluster = try Cluster.current()
            var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            for (lower, upper) in zip("abcdefgh", "bcdefghi") {
                bomb += "\(upper): &\(upper) [\(Array(repeating: "*\(lower)", count: 10).joined(separator: ", "))]\n"
            }
            let before = try Usage(pid: cluster.pid)
            let path = "/api/v1/namespaces/default/configmaps"
            let yaml = try await cluster.send("POST", path, body: bomb, type: "application/yaml")
            #expect((400..<500).contains(yaml.code), "\(yaml)")
            let large =
                #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"k":""#
                + String(repeating: "x", count: 100 << 20) + #""}}"#
            let answer = try await cluster.send("POST", path, body: large)
            // The server may close the connection before curl has sent everything; then no answer is read.
            #expect(answer.code == 413 || answer.code == 0, "\(answer.code)")
            let after = try Usage(pid: cluster.pid)
            measured("CPU for the bombs", after.cpuSeconds - before.cpuSeconds, "s")
            measured("memory after the bombs", after.residentMiB - before.residentMiB, "MiB more")
            #expect(after.cpuSeconds - before.cpuSeconds < 1)
            #expect(after.residentMiB - before.residentMiB < 32)
            #expect(try await cluster.isReady())
        }

        @Test(
            "a connection that says nothing, or nonsense, holds nobody up",
            arguments: [
                "GET / HTTP/1.1\r\n", "\u{16}\u{3}\u{1}garbage", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            ])
        func nonsense(text: String) async throws {
            let cluster = try Cluster.current()
            let command = "exec 3<>/dev/tcp/127.0.0.1/\(cluster.port); cat >&3; timeout 1 cat <&3"
            _ = try await Command(program: "bash", arguments: ["-c", command], input: text, limit: .seconds(10)).run()
            #expect(try await cluster.isReady())
        }

        @Test("none of it has ended the process")
        func stillThere() async throws {
            let cluster = try Cluster.current()
            #expect(kill(cluster.pid, 0) == 0)
            let status = try await Cluster.gantry(["status", "--data", cluster.data])
            #expect(status.succeeded, "\(status)")
        }
    }
}
