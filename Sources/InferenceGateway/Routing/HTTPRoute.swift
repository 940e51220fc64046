import Inference
import KubeAPI
import Machinery

/// A route of the Gateway API (`gateway.networking.k8s.io/v1`), read as a custom resource.
package struct HTTPRoute: KubeObject {
    package static let kind = GroupVersionKind(group: "gateway.networking.k8s.io", version: "v1", kind: "HTTPRoute")
    package static let resource = GroupVersionResource(
        group: "gateway.networking.k8s.io", version: "v1", resource: "httproutes")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    private var spec: JSONObject { json["spec"]?.objectValue ?? JSONObject() }

    var hosts: [RouteHost] { spec.strings("hostnames").map { RouteHost(name: $0.lowercased()) } }
    var rules: [JSONObject] { spec.values("rules").compactMap(\.objectValue) }
    /// The class of traffic of requests that name none.
    var routeClass: String? { annotations[InferenceNames.classAnnotation] }
}
