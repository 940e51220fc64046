import KubeAPI
import Machinery

/// A typed face of `apiextensions.k8s.io/v1` CustomResourceDefinition.
package struct CustomResourceDefinition: KubeObject {
    package static let kind = GroupVersionKind(
        group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition")
    package static let resource = GroupVersionResource(
        group: "apiextensions.k8s.io", version: "v1", resource: "customresourcedefinitions")
    package static let isNamespaced = false
    /// Deletes all instances before the definition goes.
    static let cleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io"

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) }
    }

    var spec: Spec {
        get { json.view("spec") ?? Spec() }
        set { json.set("spec", newValue) }
    }

    var status: Status {
        get { json.view("status") ?? Status() }
        set { json.set("status", newValue) }
    }

    struct Spec: JSONView {
        var json: JSONObject
        init(json: JSONObject) { self.json = json }

        var group: String { json.string("group") ?? "" }
        var scope: String { json.string("scope") ?? "" }
        var names: CustomNames { json.view("names") ?? CustomNames() }
        var versions: [Version] { json.views("versions") }
        var conversion: Conversion? { json.view("conversion") }
        var preservesUnknownFields: Bool { json.bool("preserveUnknownFields") ?? false }
        var storageVersion: Version? { versions.first(where: \.isStorage) }
    }

    /// Names of a custom resource: those asked for, or those accepted.
    struct CustomNames: JSONView {
        var json: JSONObject
        init(json: JSONObject) { self.json = json }

        var plural: String {
            get { json.string("plural") ?? "" }
            set { json["plural"] = .string(newValue) }
        }
        var singular: String {
            get { json.string("singular") ?? "" }
            set { json.set("singular", newValue.isEmpty ? nil : newValue) }
        }
        var kind: String {
            get { json.string("kind") ?? "" }
            set { json["kind"] = .string(newValue) }
        }
        var listKind: String {
            get { json.string("listKind") ?? "" }
            set { json.set("listKind", newValue.isEmpty ? nil : newValue) }
        }
        var shortNames: [String] {
            get { json.strings("shortNames") }
            set { json.set("shortNames", newValue) }
        }
        var categories: [String] {
            get { json.strings("categories") }
            set { json.set("categories", newValue) }
        }
    }

    struct Version: JSONView {
        var json: JSONObject
        init(json: JSONObject) { self.json = json }

        var name: String { json.string("name") ?? "" }
        var isServed: Bool { json.bool("served") ?? false }
        var isStorage: Bool { json.bool("storage") ?? false }
        var isDeprecated: Bool { json.bool("deprecated") ?? false }
        var deprecationWarning: String? { json.string("deprecationWarning") }
        var schema: JSONObject? { json["schema"]?["openAPIV3Schema"]?.objectValue }
        var subresources: JSONObject? { json["subresources"]?.objectValue }
        var hasStatus: Bool { subresources?["status"]?.objectValue != nil }
        var scale: JSONObject? { subresources?["scale"]?.objectValue }
        var columns: [JSONObject] { json.values("additionalPrinterColumns").compactMap(\.objectValue) }
        /// Paths of the fields that field selectors know.
        var selectableFields: [String] {
            json.values("selectableFields").compactMap { $0.objectValue?.string("jsonPath") ?? "" }
        }
    }

    struct Conversion: JSONView {
        var json: JSONObject
        init(json: JSONObject) { self.json = json }

        var strategy: String { json.string("strategy") ?? "" }
        var clientConfig: JSONObject? { json["webhook"]?["clientConfig"]?.objectValue }
        var reviewVersions: [String] { json["webhook"]?.objectValue?.strings("conversionReviewVersions") ?? [] }
    }

    struct Status: JSONView {
        var json: JSONObject
        init(json: JSONObject) { self.json = json }

        var acceptedNames: CustomNames {
            get { json.view("acceptedNames") ?? CustomNames() }
            set { json.set("acceptedNames", newValue) }
        }
        var conditions: [Condition] {
            get { json.views("conditions") }
            set { json.set("conditions", newValue) }
        }
        var storedVersions: [String] {
            get { json.strings("storedVersions") }
            set { json.set("storedVersions", newValue) }
        }
    }

    /// What is told of a definition's state.
    package enum ConditionType: String {
        case namesAccepted = "NamesAccepted"
        case established = "Established"
        case terminating = "Terminating"
        case nonStructuralSchema = "NonStructuralSchema"
        case approval = "KubernetesAPIApprovalPolicyConformant"
    }

    func condition(_ type: ConditionType) -> Condition? {
        status.conditions.first { $0.type == type.rawValue }
    }

    func isTrue(_ type: ConditionType) -> Bool { condition(type)?.status == "True" }

    /// Sets a condition; the time of its change stays while its status does.
    package mutating func setCondition(
        _ type: ConditionType, _ isTrue: Bool, reason: String, message: String, now: Timestamp
    ) {
        var condition = Condition()
        condition.type = type.rawValue
        condition.status = isTrue ? "True" : "False"
        condition.reason = reason
        condition.message = message
        condition.lastTransitionTime = now.inSeconds
        var status = status
        if let index = status.conditions.firstIndex(where: { $0.type == type.rawValue }) {
            if status.conditions[index].status == condition.status {
                condition.lastTransitionTime = status.conditions[index].lastTransitionTime
            }
            status.conditions[index] = condition
        } else {
            status.conditions.append(condition)
        }
        self.status = status
    }
}
