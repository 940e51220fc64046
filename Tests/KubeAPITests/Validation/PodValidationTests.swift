import KubeAPI
import Machinery
import Testing

@Suite("Validation of pods")
struct PodValidationTests {
    private static func pod(_ containers: String, _ more: String = "") throws -> Pod {
        let spec = #""restartPolicy":"Always","dnsPolicy":"ClusterFirst"\#(more),"containers":[\#(containers)]"#
        return Pod(try JSON(parsing: "{\"spec\":{\(spec)}}"))
    }

    private static let whole =
        #""image":"busybox","imagePullPolicy":"Always","terminationMessagePolicy":"File""#

    @Test("a plain pod is fine")
    func plain() throws {
        #expect(PodValidation.validate(try Self.pod(#"{"name":"a",\#(Self.whole)}"#)).isEmpty)
    }

    private static let refused: [(container: String, message: String)] = [
        ("", "spec.containers: Required value"),
        (#"{"name":"",\#(whole)}"#, "spec.containers[0].name: Required value"),
        (
            #"{"name":"a",\#(whole)},{"name":"a",\#(whole)}"#,
            #"spec.containers[1].name: Duplicate value: "a""#
        ),
        (
            #"{"name":"a",\#(whole),"ports":[{"containerPort":70000,"protocol":"TCP"}]}"#,
            "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive"
        ),
        (
            #"{"name":"a",\#(whole),"volumeMounts":[{"name":"v","mountPath":"/v"}]}"#,
            #"spec.containers[0].volumeMounts[0].name: Not found: "v""#
        ),
        (
            #"{"name":"a",\#(whole),"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}}}"#,
            #"spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1"#
        ),
        (
            #"{"name":"a",\#(whole),"readinessProbe":{}}"#,
            "spec.containers[0].readinessProbe: Required value: must specify a handler type"
        ),
    ]

    @Test("says what is wrong, and where", arguments: refused.indices)
    func refuses(_ index: Int) throws {
        let example = Self.refused[index]
        let errors = PodValidation.validate(try Self.pod(example.container))
        #expect(errors.map(\.description) == [example.message])
    }

    @Test("an update may change an image, and no command")
    func update() throws {
        let old = try Self.pod(#"{"name":"a",\#(Self.whole)}"#)
        var pod = old
        pod.spec.containers[0].image = "busybox:2"
        #expect(PodValidation.validateUpdate(pod, from: old).isEmpty)
        pod.spec.containers[0].command = ["true"]
        let errors = PodValidation.validateUpdate(pod, from: old)
        #expect(errors.map(\.field) == ["spec"])
        #expect(errors.first?.detail.hasPrefix("pod updates may not change fields other than") == true)
    }
}
