import Machinery
import Testing

/// A small world of types, shaped like Kubernetes' own, for the tests of everything that schemas drive.
enum TestSchemas {
    static let meta = Schema(
        name: "ObjectMeta", definition: "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
        fields: [
            SchemaField(name: "name", type: .string, protobufPath: [1]),
            SchemaField(name: "generateName", type: .string, protobufPath: [2]),
            SchemaField(name: "namespace", type: .string, protobufPath: [3]),
            SchemaField(name: "uid", type: .string, protobufPath: [5]),
            SchemaField(name: "resourceVersion", type: .string, protobufPath: [6]),
            SchemaField(name: "generation", type: .int64, protobufPath: [7]),
            SchemaField(name: "creationTimestamp", type: .time, protobufPath: [8]),
            SchemaField(name: "labels", type: .map(of: .string, isAtomic: false), protobufPath: [11]),
            SchemaField(name: "annotations", type: .map(of: .string, isAtomic: false), protobufPath: [12]),
            SchemaField(
                name: "finalizers", type: .list(of: .string, ListSemantics(kind: .set, patchMergeKey: "")),
                protobufPath: [14]),
            SchemaField(name: "managedFields", type: .list(of: .any, ListSemantics()), protobufPath: [17]),
        ])

    static let port = Schema(
        name: "ContainerPort", definition: "io.k8s.api.core.v1.ContainerPort",
        fields: [
            SchemaField(name: "name", type: .string, protobufPath: [1]),
            SchemaField(name: "containerPort", type: .int32, isRequired: true, protobufPath: [3]),
            SchemaField(name: "protocol", type: .string, protobufPath: [4], defaultValue: "TCP"),
        ])

    static let environment = Schema(
        name: "EnvVar", definition: "io.k8s.api.core.v1.EnvVar",
        fields: [
            SchemaField(name: "name", type: .string, isRequired: true, protobufPath: [1]),
            SchemaField(name: "value", type: .string, protobufPath: [2]),
        ])

    /// The handler is a message of its own in protobuf, and inlined in JSON.
    static let probe = Schema(
        name: "Probe", definition: "io.k8s.api.core.v1.Probe",
        fields: [
            SchemaField(name: "command", type: .list(of: .string, ListSemantics()), protobufPath: [1, 1]),
            SchemaField(name: "httpPort", type: .intOrString, protobufPath: [1, 2]),
            SchemaField(name: "initialDelaySeconds", type: .int32, protobufPath: [2]),
            SchemaField(name: "periodSeconds", type: .int32, protobufPath: [4], defaultValue: 10),
        ])

    static let container = Schema(
        name: "Container", definition: "io.k8s.api.core.v1.Container",
        fields: [
            SchemaField(name: "name", type: .string, isRequired: true, protobufPath: [1]),
            SchemaField(name: "image", type: .string, protobufPath: [2]),
            SchemaField(name: "command", type: .list(of: .string, ListSemantics()), protobufPath: [3]),
            SchemaField(
                name: "ports",
                type: .list(
                    of: .object(SchemaReference(port)),
                    ListSemantics(kind: .map(keys: ["containerPort", "protocol"]), patchMergeKey: "containerPort")),
                protobufPath: [6]),
            SchemaField(
                name: "env",
                type: .list(
                    of: .object(SchemaReference(environment)),
                    ListSemantics(kind: .map(keys: ["name"]), patchMergeKey: "name")),
                protobufPath: [7]),
            SchemaField(name: "requests", type: .map(of: .quantity, isAtomic: false), protobufPath: [8]),
            SchemaField(name: "livenessProbe", type: .object(SchemaReference(probe)), protobufPath: [10]),
        ])

    static let selector = Schema(
        name: "LabelSelector", definition: "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector",
        fields: [
            SchemaField(name: "matchLabels", type: .map(of: .string, isAtomic: false), protobufPath: [1])
        ], isAtomic: true)

    static let strategy = Schema(
        name: "Strategy", definition: "io.k8s.api.apps.v1.DeploymentStrategy",
        fields: [
            SchemaField(name: "type", type: .string, protobufPath: [1]),
            SchemaField(name: "maxSurge", type: .intOrString, protobufPath: [2]),
        ])

    static let spec = Schema(
        name: "AppSpec", definition: "io.k8s.api.apps.v1.AppSpec",
        fields: [
            SchemaField(name: "replicas", type: .int32, protobufPath: [1], defaultValue: 1),
            SchemaField(name: "selector", type: .object(SchemaReference(selector)), protobufPath: [2]),
            SchemaField(
                name: "containers",
                type: .list(
                    of: .object(SchemaReference(container)),
                    ListSemantics(kind: .map(keys: ["name"]), patchMergeKey: "name")),
                isRequired: true, protobufPath: [3]),
            SchemaField(
                name: "strategy", type: .object(SchemaReference(strategy)), protobufPath: [4], retainsKeys: true),
            SchemaField(name: "timeout", type: .duration, protobufPath: [5]),
            SchemaField(name: "paused", type: .bool, protobufPath: [6]),
            SchemaField(name: "weight", type: .double, protobufPath: [7]),
            SchemaField(name: "extra", type: .any, protobufPath: [8]),
            SchemaField(
                name: "groups", type: .list(of: .int64, ListSemantics(kind: .atomic)), protobufPath: [9]),
            SchemaField(
                name: "users", type: .map(of: .list(of: .string, ListSemantics()), isAtomic: false),
                protobufPath: [10]),
            SchemaField(
                name: "zones", type: .list(of: .string, ListSemantics(kind: .set, patchMergeKey: "")),
                protobufPath: [11]),
        ])

    static let status = Schema(
        name: "AppStatus", definition: "io.k8s.api.apps.v1.AppStatus",
        fields: [
            SchemaField(name: "phase", type: .string, protobufPath: [1]),
            SchemaField(name: "renewTime", type: .microTime, protobufPath: [2]),
            SchemaField(name: "blob", type: .bytes, protobufPath: [3]),
        ])

    static let app = Schema(
        name: "App", definition: "io.k8s.api.apps.v1.App",
        fields: [
            SchemaField(name: "apiVersion", type: .string),
            SchemaField(name: "kind", type: .string),
            SchemaField(name: "metadata", type: .object(SchemaReference(meta)), protobufPath: [1]),
            SchemaField(name: "spec", type: .object(SchemaReference(spec)), protobufPath: [2]),
            SchemaField(name: "status", type: .object(SchemaReference(status)), protobufPath: [3]),
        ])

    static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "App")

    /// An object of that kind from its text.
    static func app(_ text: String) throws -> JSONObject {
        var object = try #require(try JSON(parsing: text).objectValue)
        if object["apiVersion"] == nil { object["apiVersion"] = "apps/v1" }
        if object["kind"] == nil { object["kind"] = "App" }
        if object["metadata"] == nil { object["metadata"] = ["name": "web", "namespace": "default"] }
        return object
    }
}
