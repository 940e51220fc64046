import KubeAPI
import Machinery
import Testing

/// An object, or a change of one, and what is wrong with it; nothing for what is fine.
struct ValidationExample: Sendable, CustomTestStringConvertible {
    let text: String
    let errors: [String]

    init(_ text: String, _ errors: String...) {
        self.text = text
        self.errors = errors
    }

    var testDescription: String { errors.first ?? text }

    func object<T: JSONView>(_ type: T.Type) throws -> T {
        T(json: try #require(try JSON(parsing: text).objectValue))
    }
}

@Suite("Validation of volumes, quotas and workloads")
struct KindValidationTests {
    private static let source = #""hostPath":{"path":"/v"}"#
    private static let volumes = [
        ValidationExample(#"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],\#(source)}}"#),
        ValidationExample(
            #"{"spec":{"capacity":{"storage":"0"},"accessModes":["ReadWriteOnce"],\#(source)}}"#,
            #"spec.capacity[storage]: Invalid value: "0": must be greater than zero"#),
        ValidationExample(
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce","ReadWriteOncePod"],\#(source)}}"#,
            "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"),
        ValidationExample(
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["Any"]}}"#,
            #"spec.accessModes: Unsupported value: "Any": supported values: "ReadOnlyMany", "ReadWriteMany", "#
                + #""ReadWriteOnce", "ReadWriteOncePod""#,
            "spec: Required value: must specify a volume type"),
        ValidationExample(
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"local":{"path":"/x"}}}"#,
            "spec.nodeAffinity: Required value: Local volume requires node affinity"),
        ValidationExample(
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],\#(source),"nfs":{"server":"s","#
                + #""path":"/"}}}"#,
            "spec.nfs: Forbidden: may not specify more than 1 volume type"),
        ValidationExample(
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"csi":{"driver":"d"}}}"#,
            "spec.csi.volumeHandle: Required value"),
    ]

    @Test("persistent volumes", arguments: volumes)
    func volume(_ example: ValidationExample) throws {
        let errors = PersistentVolumeValidation.validate(try example.object(PersistentVolume.self))
        #expect(errors.map(\.description) == example.errors)
    }

    @Test("the storage behind a volume stays")
    func volumeUpdate() throws {
        let old = try Self.volumes[0].object(PersistentVolume.self)
        var new = old
        new.spec.json["hostPath"] = ["path": "/w"]
        #expect(
            PersistentVolumeValidation.validateUpdate(new, from: old).map(\.field) == ["spec.persistentvolumesource"])
        new = old
        new.spec.persistentVolumeReclaimPolicy = "Delete"
        #expect(PersistentVolumeValidation.validateUpdate(new, from: old).isEmpty)
    }

    private static let claims = [
        ValidationExample(#"{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}"#),
        ValidationExample(
            #"{"spec":{}}"#, "spec.accessModes: Required value: at least 1 access mode is required",
            "spec.resources[storage]: Required value"),
        ValidationExample(
            #"{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"#
                + #""dataSource":{"kind":"X","name":"x"}}}"#,
            #"spec.dataSource: Invalid value: "X": must be 'PersistentVolumeClaim' when referencing the default apiGroup"#
        ),
    ]

    @Test("claims", arguments: claims)
    func claim(_ example: ValidationExample) throws {
        let errors = PersistentVolumeClaimValidation.validate(try example.object(PersistentVolumeClaim.self))
        #expect(errors.map(\.description) == example.errors)
    }

    @Test("a bound claim may grow, and change in no other way")
    func claimUpdate() throws {
        var old = try Self.claims[0].object(PersistentVolumeClaim.self)
        old.json["status"] = ["phase": "Bound", "capacity": ["storage": "1Gi"]]
        old.spec.volumeName = "v"
        var new = old
        new.spec.json["resources"] = ["requests": ["storage": "2Gi"]]
        #expect(PersistentVolumeClaimValidation.validateUpdate(new, from: old).isEmpty)
        new.spec.json["resources"] = ["requests": ["storage": "512Mi"]]
        #expect(
            PersistentVolumeClaimValidation.validateUpdate(new, from: old).map(\.description)
                == ["spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"])
        new = old
        new.spec.accessModes = ["ReadOnlyMany"]
        #expect(PersistentVolumeClaimValidation.validateUpdate(new, from: old).map(\.field) == ["spec"])
    }

    private static let ranges = [
        ValidationExample(#"{"spec":{"limits":[{"type":"Container","max":{"cpu":"2"},"min":{"cpu":"1"}}]}}"#),
        ValidationExample(
            #"{"spec":{"limits":[{"type":"Container","max":{"cpu":"1"},"min":{"cpu":"2"}}]}}"#,
            #"spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1"#),
        ValidationExample(
            #"{"spec":{"limits":[{"type":"Pod","default":{"cpu":"1"}}]}}"#,
            "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"),
        ValidationExample(
            #"{"spec":{"limits":[{"type":"PersistentVolumeClaim"}]}}"#,
            "spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither "
                + "was provided"),
        ValidationExample(
            #"{"spec":{"limits":[{"type":"Container","maxLimitRequestRatio":{"memory":"500m"}}]}}"#,
            #"spec.limits[0].maxLimitRequestRatio[memory]: Invalid value: "500m": ratio 500m is less than 1"#),
        ValidationExample(
            #"{"spec":{"limits":[{"type":"Nothing"}]}}"#,
            #"spec.limits[0].type: Invalid value: "Nothing": must be a standard limit type or fully qualified"#),
    ]

    @Test("limit ranges", arguments: ranges)
    func range(_ example: ValidationExample) throws {
        let errors = LimitRangeValidation.validate(try example.object(LimitRange.self))
        #expect(errors.map(\.description) == example.errors)
    }

    private static let quotas = [
        ValidationExample(#"{"spec":{"hard":{"pods":"5","requests.cpu":"1500m","count/things.x.io":"2"}}}"#),
        ValidationExample(
            #"{"spec":{"hard":{"pods":"1500m"}}}"#,
            #"spec.hard[pods]: Invalid value: "1500m": must be an integer"#),
        ValidationExample(
            #"{"spec":{"hard":{"things":"1"}}}"#,
            #"spec.hard[things]: Invalid value: "things": must be a standard resource type or fully qualified"#,
            #"spec.hard[things]: Invalid value: "things": must be a standard resource for quota"#),
        ValidationExample(
            #"{"spec":{"hard":{"secrets":"1"},"scopes":["BestEffort","NotBestEffort"]}}"#,
            #"spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: unsupported scope applied to resource"#,
            #"spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: unsupported scope applied to resource"#,
            #"spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes"#),
        ValidationExample(
            #"{"spec":{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In"}]}}}"#,
            "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is "
                + "'In' or 'NotIn' for scope selector"),
    ]

    @Test("quotas", arguments: quotas)
    func quota(_ example: ValidationExample) throws {
        let errors = ResourceQuotaValidation.validate(try example.object(ResourceQuota.self))
        #expect(errors.map(\.description) == example.errors)
    }

    private static let budgets = [
        ValidationExample(#"{"spec":{"minAvailable":"50%","selector":{"matchLabels":{"a":"b"}}}}"#),
        ValidationExample(
            #"{"spec":{"minAvailable":1,"maxUnavailable":1}}"#,
            #"spec: Invalid value: {"maxUnavailable":1,"minAvailable":1}: minAvailable and maxUnavailable cannot be "#
                + "both set"),
        ValidationExample(
            #"{"spec":{"minAvailable":"120%"}}"#,
            #"spec.minAvailable: Invalid value: "120%": must not be greater than 100%"#),
        ValidationExample(
            #"{"spec":{"unhealthyPodEvictionPolicy":"Maybe"}}"#,
            #"spec.unhealthyPodEvictionPolicy: Unsupported value: "Maybe": supported values: "AlwaysAllow", "#
                + #""IfHealthyBudget""#),
    ]

    @Test("disruption budgets", arguments: budgets)
    func budget(_ example: ValidationExample) throws {
        let errors = PodDisruptionBudgetValidation.validate(try example.object(PodDisruptionBudget.self))
        #expect(errors.map(\.description) == example.errors)
    }

    private static let target = #""scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"}"#
    private static let autoscalers = [
        ValidationExample(#"{"spec":{\#(target),"maxReplicas":3,"minReplicas":1}}"#),
        ValidationExample(
            #"{"spec":{\#(target),"maxReplicas":1,"minReplicas":3}}"#,
            "spec.maxReplicas: Invalid value: 1: must be greater than or equal to `minReplicas`"),
        ValidationExample(
            #"{"spec":{"scaleTargetRef":{},"maxReplicas":0}}"#,
            "spec.maxReplicas: Required value: must be set and greater than 0",
            "spec.scaleTargetRef.kind: Required value", "spec.scaleTargetRef.name: Required value"),
        ValidationExample(
            #"{"spec":{\#(target),"maxReplicas":3,"metrics":[{"type":"Resource","resource":{"name":"cpu","#
                + #""target":{"type":"Utilization"}}}]}}"#,
            "spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or "
                + "a target utilization"),
        ValidationExample(
            #"{"spec":{\#(target),"maxReplicas":3,"metrics":[{"type":"Pods"}]}}"#,
            "spec.metrics[0].pods: Required value: must populate information for the given metric source"),
        ValidationExample(
            #"{"spec":{\#(target),"maxReplicas":3,"behavior":{"scaleUp":{"policies":[{"type":"Pods","value":0,"#
                + #""periodSeconds":4000}],"stabilizationWindowSeconds":9999}}}}"#,
            "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 9999: must be less than or equal to 3600",
            "spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero",
            "spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 4000: must be less than or equal to 1800"),
    ]

    @Test("autoscalers", arguments: autoscalers)
    func autoscaler(_ example: ValidationExample) throws {
        let errors = AutoscalerValidation.validate(try example.object(HorizontalPodAutoscaler.self))
        #expect(errors.map(\.description) == example.errors)
    }
}
