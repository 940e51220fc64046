import KubeAPI
import Machinery

/// A CustomResourceDefinition, as far as it says whether its kind is served.
package struct CustomDefinition: KubeObject {
    package static let kind = GroupVersionKind(
        group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition")
    package static let resource = GroupVersionResource(
        group: "apiextensions.k8s.io", version: "v1", resource: "customresourcedefinitions")
    package static let isNamespaced = false

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    var isEstablished: Bool {
        (json["status"]?.objectValue?.values("conditions") ?? []).contains { condition in
            condition.objectValue?.string("type") == "Established" && condition.objectValue?.string("status") == "True"
        }
    }

    /// What is to be kept: schemas are long.
    var slim: CustomDefinition {
        var kept = CustomDefinition(json: JSONObject())
        kept.metadata = metadata
        kept.json["status"] = json["status"]
        return kept
    }
}
