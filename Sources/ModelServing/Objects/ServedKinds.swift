import KubeAPI
import Machinery

/// An InferencePool, as far as its writer needs to know it.
package struct ServedPool: KubeObject {
    package static let kind = GroupVersionKind(
        group: "inference.networking.k8s.io", version: "v1", kind: "InferencePool")
    package static let resource = GroupVersionResource(
        group: "inference.networking.k8s.io", version: "v1", resource: "inferencepools")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) }
    }
}

/// An HTTPRoute, as far as its writer needs to know it.
package struct ServedRoute: KubeObject {
    package static let kind = GroupVersionKind(group: "gateway.networking.k8s.io", version: "v1", kind: "HTTPRoute")
    package static let resource = GroupVersionResource(
        group: "gateway.networking.k8s.io", version: "v1", resource: "httproutes")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) }
    }
}
