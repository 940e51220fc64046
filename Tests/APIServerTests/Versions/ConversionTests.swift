import APIServer
import Machinery
import Testing

@Suite("Conversions between versions")
struct ConversionTests {
    private static func object(_ text: String) throws -> JSONObject {
        try #require(try JSON(parsing: text).objectValue)
    }

    /// Objects, each of the version stored, of kinds whose versions look different.
    private static let examples: [(object: String, version: GroupVersion, changed: String)] = [
        (
            #"{"apiVersion":"resource.k8s.io/v1","kind":"ResourceClaim","spec":{"devices":{"requests":["#
                + #"{"name":"a","exactly":{"deviceClassName":"gpu","count":2}},"#
                + #"{"name":"b","firstAvailable":[{"name":"x","deviceClassName":"gpu"}]}]}}}"#,
            GroupVersion(group: "resource.k8s.io", version: "v1beta1"),
            #"{"apiVersion":"resource.k8s.io/v1beta1","kind":"ResourceClaim","spec":{"devices":{"requests":["#
                + #"{"count":2,"deviceClassName":"gpu","name":"a"},"#
                + #"{"firstAvailable":[{"deviceClassName":"gpu","name":"x"}],"name":"b"}]}}}"#
        ),
        (
            #"{"apiVersion":"resource.k8s.io/v1","kind":"ResourceClaimTemplate","spec":{"spec":{"devices":{"requests":["#
                + #"{"name":"a","exactly":{"deviceClassName":"gpu"}}]}}}}"#,
            GroupVersion(group: "resource.k8s.io", version: "v1beta1"),
            #"{"apiVersion":"resource.k8s.io/v1beta1","kind":"ResourceClaimTemplate","spec":{"spec":{"devices":"#
                + #"{"requests":[{"deviceClassName":"gpu","name":"a"}]}}}}"#
        ),
        (
            #"{"apiVersion":"resource.k8s.io/v1","kind":"ResourceSlice","spec":{"devices":["#
                + #"{"name":"d","capacity":{"memory":{"value":"1Gi"}}},{"name":"e"}]}}"#,
            GroupVersion(group: "resource.k8s.io", version: "v1beta1"),
            #"{"apiVersion":"resource.k8s.io/v1beta1","kind":"ResourceSlice","spec":{"devices":["#
                + #"{"basic":{"capacity":{"memory":{"value":"1Gi"}}},"name":"d"},{"basic":{},"name":"e"}]}}"#
        ),
    ]

    @Test("devices move between their two forms", arguments: examples.indices)
    func devices(_ index: Int) throws {
        let example = Self.examples[index]
        let object = try Self.object(example.object)
        let changed = try DeviceConversion().convert(object, to: example.version)
        #expect(String(decoding: changed.encoded(), as: UTF8.self) == example.changed)
        let stable = GroupVersion(group: "resource.k8s.io", version: "v1")
        #expect(try DeviceConversion().convert(changed, to: stable) == object)
    }

    @Test("an autoscaler with every kind of metric comes back as it was")
    func autoscaler() throws {
        let text =
            #"{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"annotations":{"a":"b"}},"#
            + #""spec":{"maxReplicas":3,"behavior":{"scaleUp":{"policies":[{"type":"Pods","value":4,"#
            + #""periodSeconds":15}],"selectPolicy":"Max"}},"metrics":["#
            + #"{"type":"Object","object":{"describedObject":{"kind":"S","name":"s"},"metric":{"name":"m"},"#
            + #""target":{"type":"Value","value":"3"}}},"#
            + #"{"type":"External","external":{"metric":{"name":"e","selector":{"matchLabels":{"x":"y"}}},"#
            + #""target":{"type":"AverageValue","averageValue":"5"}}},"#
            + #"{"type":"ContainerResource","containerResource":{"name":"memory","container":"c","#
            + #""target":{"type":"Utilization","averageUtilization":40}}},"#
            + #"{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]},"#
            + #""status":{"currentReplicas":1,"desiredReplicas":2,"conditions":[{"type":"AbleToScale","status":"True"}],"#
            + #""currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":30,"#
            + #""averageValue":"100m"}}}]}}"#
        let object = try Self.object(text)
        let flat = try AutoscalerConversion().convert(object, to: GroupVersion(group: "autoscaling", version: "v1"))
        #expect(flat["spec"]?["metrics"] == nil)
        #expect(flat["spec"]?["targetCPUUtilizationPercentage"]?.intValue == 70)
        #expect(flat["status"]?["currentCPUUtilizationPercentage"]?.intValue == 30)
        let back = try AutoscalerConversion().convert(flat, to: GroupVersion(group: "autoscaling", version: "v2"))
        #expect(back == object)
    }

    @Test("annotations that clients broke count as absent")
    func brokenAnnotations() throws {
        let text =
            #"{"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"annotations":{"#
            + #""autoscaling.alpha.kubernetes.io/metrics":"[{","autoscaling.alpha.kubernetes.io/behavior":"7"}},"#
            + #""spec":{"maxReplicas":3}}"#
        let nested = try AutoscalerConversion().convert(
            try Self.object(text), to: GroupVersion(group: "autoscaling", version: "v2"))
        #expect(nested["spec"]?["metrics"]?.arrayValue?.count == 1)
        #expect(nested["spec"]?["behavior"] == nil)
        #expect(nested["metadata"]?["annotations"] == nil)
    }

    @Test("bytes are relabelled in place where the version comes first")
    func bytes() {
        let bytes = Array(#"{"apiVersion":"g/v1","kind":"K"}"#.utf8)
        #expect(VersionBytes.apiVersion(bytes) == "g/v1")
        let relabelled = VersionBytes.relabel(bytes, "g/v1beta1").map { String(decoding: $0, as: UTF8.self) }
        #expect(relabelled == #"{"apiVersion":"g/v1beta1","kind":"K"}"#)
        #expect(VersionBytes.relabel(Array(#"{"action":"a","apiVersion":"g/v1"}"#.utf8), "g/v2") == nil)
    }

    /// Answers as a webhook would: later, for many at once.
    private struct Echo: VersionConverter {
        func convert(_ objects: [JSONObject], to target: GroupVersion) async throws(StatusError) -> [JSONObject] {
            if target.version == "v3" { throw StatusError.internalError("no such version") }
            return objects.map { object in
                var object = object
                object["apiVersion"] = .string(target.apiVersion)
                object["asked"] = .int(Int64(objects.count))
                return object
            }
        }
    }

    @Test("a converter that has to be asked is asked once for many objects, and only for those that need it")
    func asking() async throws {
        let versions = ["v1", "v2", "v3"].map { GroupVersion(group: "x.io", version: $0) }
        let schemas = ["a", "b", "c"].map { name in
            Schema(name: "K", definition: "K.\(name)", fields: [SchemaField(name: name, type: .string)])
        }
        let family = VersionFamily(
            stored: (GroupVersionKind(group: "x.io", version: "v1", kind: "K"), schemas[0]),
            others: [(versions[1], schemas[1]), (versions[2], schemas[2])], converter: Echo(), isUniform: false)
        #expect(!family.isImmediate(to: versions[1]))
        let objects: [JSONObject] = [
            ["apiVersion": "x.io/v1"], ["apiVersion": "x.io/v2"], ["apiVersion": "x.io/v1"],
        ]
        let converted = try await family.convert(objects, to: versions[1])
        #expect(converted.map { $0.string("apiVersion") } == ["x.io/v2", "x.io/v2", "x.io/v2"])
        #expect(converted.map { $0["asked"]?.intValue } == [2, nil, 2])
        await #expect(throws: StatusError.self) { try await family.convert(objects[0], to: versions[2]) }
    }
}
