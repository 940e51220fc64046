// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct HTTPIngressPath: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var backend: IngressBackend { get { json.view("backend") ?? IngressBackend() } set { json.set("backend", Optional(newValue)) } }
    package var path: String? { get { json.string("path") } set { json.set("path", newValue) } }
    package var pathType: String { get { json.string("pathType") ?? "" } set { json.set("pathType", Optional(newValue)) } }
}

package struct HTTPIngressRuleValue: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var paths: [HTTPIngressPath] { get { json.views("paths") } set { json.set("paths", newValue) } }
}

package struct NetworkingIPAddress: KubeObject {
    package static let kind = GroupVersionKind(group: "networking.k8s.io", version: "v1", kind: "IPAddress")
    package static let resource = GroupVersionResource(group: "networking.k8s.io", version: "v1", resource: "ipaddresses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: IPAddressSpec { get { json.view("spec") ?? IPAddressSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct IPAddressList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [NetworkingIPAddress] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct IPAddressSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var parentRef: ParentReference { get { json.view("parentRef") ?? ParentReference() } set { json.set("parentRef", Optional(newValue)) } }
}

package struct IPBlock: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cidr: String { get { json.string("cidr") ?? "" } set { json.set("cidr", Optional(newValue)) } }
    package var except: [String] { get { json.strings("except") } set { json.set("except", newValue) } }
}

package struct Ingress: KubeObject {
    package static let kind = GroupVersionKind(group: "networking.k8s.io", version: "v1", kind: "Ingress")
    package static let resource = GroupVersionResource(group: "networking.k8s.io", version: "v1", resource: "ingresses")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: IngressSpec { get { json.view("spec") ?? IngressSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: IngressStatus { get { json.view("status") ?? IngressStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct IngressBackend: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var resource: TypedLocalObjectReference? { get { json.view("resource") } set { json.set("resource", newValue) } }
    package var service: IngressServiceBackend? { get { json.view("service") } set { json.set("service", newValue) } }
}

package struct IngressClass: KubeObject {
    package static let kind = GroupVersionKind(group: "networking.k8s.io", version: "v1", kind: "IngressClass")
    package static let resource = GroupVersionResource(group: "networking.k8s.io", version: "v1", resource: "ingressclasses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: IngressClassSpec { get { json.view("spec") ?? IngressClassSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct IngressClassList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [IngressClass] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct IngressClassParametersReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroup: String? { get { json.string("apiGroup") } set { json.set("apiGroup", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var scope: String? { get { json.string("scope") } set { json.set("scope", newValue) } }
}

package struct IngressClassSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var controller: String? { get { json.string("controller") } set { json.set("controller", newValue) } }
    package var parameters: IngressClassParametersReference? { get { json.view("parameters") } set { json.set("parameters", newValue) } }
}

package struct IngressList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Ingress] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct IngressLoadBalancerIngress: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hostname: String? { get { json.string("hostname") } set { json.set("hostname", newValue) } }
    package var ip: String? { get { json.string("ip") } set { json.set("ip", newValue) } }
    package var ports: [IngressPortStatus] { get { json.views("ports") } set { json.set("ports", newValue) } }
}

package struct IngressLoadBalancerStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ingress: [IngressLoadBalancerIngress] { get { json.views("ingress") } set { json.set("ingress", newValue) } }
}

package struct IngressPortStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var error: String? { get { json.string("error") } set { json.set("error", newValue) } }
    package var port: Int32 { get { json.int32("port") ?? 0 } set { json.set("port", Optional(newValue)) } }
    package var `protocol`: String { get { json.string("protocol") ?? "" } set { json.set("protocol", Optional(newValue)) } }
}

package struct IngressRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var host: String? { get { json.string("host") } set { json.set("host", newValue) } }
    package var http: HTTPIngressRuleValue? { get { json.view("http") } set { json.set("http", newValue) } }
}

package struct IngressServiceBackend: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var port: ServiceBackendPort? { get { json.view("port") } set { json.set("port", newValue) } }
}

package struct IngressSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var defaultBackend: IngressBackend? { get { json.view("defaultBackend") } set { json.set("defaultBackend", newValue) } }
    package var ingressClassName: String? { get { json.string("ingressClassName") } set { json.set("ingressClassName", newValue) } }
    package var rules: [IngressRule] { get { json.views("rules") } set { json.set("rules", newValue) } }
    package var tls: [IngressTLS] { get { json.views("tls") } set { json.set("tls", newValue) } }
}

package struct IngressStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var loadBalancer: IngressLoadBalancerStatus? { get { json.view("loadBalancer") } set { json.set("loadBalancer", newValue) } }
}

package struct IngressTLS: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hosts: [String] { get { json.strings("hosts") } set { json.set("hosts", newValue) } }
    package var secretName: String? { get { json.string("secretName") } set { json.set("secretName", newValue) } }
}

package struct NetworkPolicy: KubeObject {
    package static let kind = GroupVersionKind(group: "networking.k8s.io", version: "v1", kind: "NetworkPolicy")
    package static let resource = GroupVersionResource(group: "networking.k8s.io", version: "v1", resource: "networkpolicies")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: NetworkPolicySpec { get { json.view("spec") ?? NetworkPolicySpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NetworkPolicyEgressRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ports: [NetworkPolicyPort] { get { json.views("ports") } set { json.set("ports", newValue) } }
    package var to: [NetworkPolicyPeer] { get { json.views("to") } set { json.set("to", newValue) } }
}

package struct NetworkPolicyIngressRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var from: [NetworkPolicyPeer] { get { json.views("from") } set { json.set("from", newValue) } }
    package var ports: [NetworkPolicyPort] { get { json.views("ports") } set { json.set("ports", newValue) } }
}

package struct NetworkPolicyList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [NetworkPolicy] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NetworkPolicyPeer: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ipBlock: IPBlock? { get { json.view("ipBlock") } set { json.set("ipBlock", newValue) } }
    package var namespaceSelector: LabelSelector? { get { json.view("namespaceSelector") } set { json.set("namespaceSelector", newValue) } }
    package var podSelector: LabelSelector? { get { json.view("podSelector") } set { json.set("podSelector", newValue) } }
}

package struct NetworkPolicyPort: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var endPort: Int32? { get { json.int32("endPort") } set { json.set("endPort", newValue) } }
    package var port: IntOrString? { get { json.intOrString("port") } set { json.set("port", newValue) } }
    package var `protocol`: String? { get { json.string("protocol") } set { json.set("protocol", newValue) } }
}

package struct NetworkPolicySpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var egress: [NetworkPolicyEgressRule] { get { json.views("egress") } set { json.set("egress", newValue) } }
    package var ingress: [NetworkPolicyIngressRule] { get { json.views("ingress") } set { json.set("ingress", newValue) } }
    package var podSelector: LabelSelector? { get { json.view("podSelector") } set { json.set("podSelector", newValue) } }
    package var policyTypes: [String] { get { json.strings("policyTypes") } set { json.set("policyTypes", newValue) } }
}

package struct ParentReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var group: String? { get { json.string("group") } set { json.set("group", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var resource: String { get { json.string("resource") ?? "" } set { json.set("resource", Optional(newValue)) } }
}

package struct ServiceBackendPort: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var number: Int32? { get { json.int32("number") } set { json.set("number", newValue) } }
}

package struct ServiceCIDR: KubeObject {
    package static let kind = GroupVersionKind(group: "networking.k8s.io", version: "v1", kind: "ServiceCIDR")
    package static let resource = GroupVersionResource(group: "networking.k8s.io", version: "v1", resource: "servicecidrs")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ServiceCIDRSpec { get { json.view("spec") ?? ServiceCIDRSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ServiceCIDRStatus { get { json.view("status") ?? ServiceCIDRStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ServiceCIDRList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ServiceCIDR] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ServiceCIDRSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cidrs: [String] { get { json.strings("cidrs") } set { json.set("cidrs", newValue) } }
}

package struct ServiceCIDRStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}
