import Machinery
import Testing

@Suite("Errors of the API")
struct StatusErrorTests {
    private static let pods = GroupResource(group: "", resource: "pods")
    private static let deployments = GroupResource(group: "apps", resource: "deployments")

    @Test(
        "Every reason has its code and Kubernetes' words",
        arguments: [
            (.notFound(pods, name: "x"), 404, "NotFound", #"pods "x" not found"#),
            (.notFound(deployments, name: "x"), 404, "NotFound", #"deployments.apps "x" not found"#),
            (.pathNotFound(), 404, "NotFound", "the server could not find the requested resource"),
            (.alreadyExists(pods, name: "x"), 409, "AlreadyExists", #"pods "x" already exists"#),
            (
                .generateNameConflict(pods, name: "x"), 409, "AlreadyExists",
                #"pods "x" already exists, the server was not able to generate a unique name for the object"#
            ),
            (
                .conflict(pods, name: "x"), 409, "Conflict",
                #"Operation cannot be fulfilled on pods "x": the object has been modified; please apply your changes to the latest version and try again"#
            ),
            (.forbidden(pods, name: "x", "no"), 403, "Forbidden", #"pods "x" is forbidden: no"#),
            (.forbidden(pods, "no"), 403, "Forbidden", "pods is forbidden: no"),
            (.badRequest("bad"), 400, "BadRequest", "bad"), (.unauthorized(), 401, "Unauthorized", "Unauthorized"),
            (
                .methodNotSupported(pods, action: "put"), 405, "MethodNotAllowed",
                #"put is not supported on resources of kind "pods""#
            ),
            (
                .notAcceptable(accepted: ["a/b", "c/d"]), 406, "NotAcceptable",
                "only the following media types are accepted: a/b, c/d"
            ),
            (
                .unsupportedMediaType(accepted: ["a/b"]), 415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: a/b"
            ),
            (.gone("g"), 410, "Gone", "g"), (.expired("e"), 410, "Expired", "e"),
            (
                .requestEntityTooLarge("limit is 3"), 413, "RequestEntityTooLarge",
                "Request entity too large: limit is 3"
            ),
            (.tooManyRequests("slow"), 429, "TooManyRequests", "slow"),
            (.internalError("x"), 500, "InternalError", "Internal error occurred: x"),
            (
                .serverTimeout(pods, operation: "list"), 500, "ServerTimeout",
                "The list operation against pods could not be completed at this time, please try again."
            ),
            (.timeout("t"), 504, "Timeout", "Timeout: t"), (.serviceUnavailable("s"), 503, "ServiceUnavailable", "s"),
        ] as [(StatusError, Int, String, String)])
    func reasons(error: StatusError, code: Int, reason: String, message: String) {
        #expect(error.code == code)
        #expect(error.reason.rawValue == reason)
        #expect(error.message == message)
    }

    @Test("An invalid object names every broken rule")
    func invalid() {
        let path = FieldPath("spec").child("containers").index(0)
        let required = FieldError.required(path.child("name"))
        let one = StatusError.invalid(group: "", kind: "Pod", name: "x", [required])
        #expect(one.code == 422)
        #expect(one.message == #"Pod "x" is invalid: spec.containers[0].name: Required value"#)
        let two = StatusError.invalid(
            group: "apps", kind: "Deployment", name: "x",
            [required, .invalid(path.child("image"), "a b", "no spaces"), required])
        #expect(
            two.message
                == #"Deployment.apps "x" is invalid: [spec.containers[0].name: Required value, spec.containers[0].image: Invalid value: "a b": no spaces]"#
        )
        #expect(two.details?.causes.count == 3)
        #expect(
            two.details?.causes[1]
                == .init(
                    reason: "FieldValueInvalid", message: #"Invalid value: "a b": no spaces"#,
                    field: "spec.containers[0].image"))
    }

    @Test(
        "Field errors",
        arguments: [
            (.required("a"), "a: Required value"), (.required("a", "why"), "a: Required value: why"),
            (.invalid("a", "x\"y", "d"), #"a: Invalid value: "x\"y": d"#),
            (.invalid("a", 5, "d"), "a: Invalid value: 5: d"),
            (.invalid("a", ["k": true], "d"), #"a: Invalid value: {"k":true}: d"#),
            (
                .notSupported("a", "x", supported: ["A", "B"]),
                #"a: Unsupported value: "x": supported values: "A", "B""#
            ),
            (.duplicate("a", "x"), #"a: Duplicate value: "x""#), (.notFound("a", "x"), #"a: Not found: "x""#),
            (.forbidden("a", "d"), "a: Forbidden: d"),
            (.tooLong("a", maximumBytes: 63), "a: Too long: may not be more than 63 bytes"),
            (.tooMany("a", count: 5, maximum: 1), "a: Too many: 5: must have at most 1 item"),
            (.internalError("a", "d"), "a: Internal error: d"),
            (.typeInvalid("a", "x", "d"), #"a: Invalid value: "x": d"#),
            (.required(.root), "<nil>: Required value"),
            (.required(FieldPath("a").key("k").child("b", "c").index(2)), "a[k].b.c[2]: Required value"),
        ] as [(FieldError, String)])
    func fieldErrors(error: FieldError, text: String) {
        #expect(error.description == text)
    }

    @Test("A Status goes to JSON and back")
    func json() throws {
        let error = StatusError(
            code: 429, reason: .tooManyRequests, message: "slow",
            details: .init(
                name: "n", group: "g", kind: "k", uid: "u", causes: [.init(reason: "r", message: "m", field: "f")],
                retryAfterSeconds: 3))
        let json = error.json
        #expect(
            JSON.object(json).description
                == #"{"apiVersion":"v1","code":429,"details":{"causes":[{"field":"f","message":"m","reason":"r"}],"group":"g","kind":"k","name":"n","retryAfterSeconds":3,"uid":"u"},"kind":"Status","message":"slow","metadata":{},"reason":"TooManyRequests","status":"Failure"}"#
        )
        #expect(StatusError(json: json) == error)
        #expect(error.retryAfter == .seconds(3))
        #expect(StatusError(json: ["kind": "Pod"]) == nil)
        #expect(StatusError(json: ["kind": "Status", "status": "Success"]) == nil)
        #expect(StatusError.badRequest("x").json["details"] == nil)
    }

    @Test(
        "Quoted text",
        arguments: [
            ("a", #""a""#), ("\n\t\u{0}\u{7F}", #""\n\t\x00\x7f""#), ("é🎈", "\"é🎈\""),
            ("\u{200B}\u{E000}", #""\u200b\ue000""#),
        ])
    func quoting(text: String, quoted: String) {
        #expect(GoQuote.quote(text) == quoted)
    }
}
