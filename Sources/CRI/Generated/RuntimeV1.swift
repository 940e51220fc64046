// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import KubeSchemas
import Machinery

extension RuntimeV1 {
package struct VersionRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("VersionRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var version: String { get { json.string("version") ?? "" } set { json.set("version", Optional(newValue)) } }
}
package struct VersionResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("VersionResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var runtimeApiVersion: String { get { json.string("runtimeApiVersion") ?? "" } set { json.set("runtimeApiVersion", Optional(newValue)) } }
    package var runtimeName: String { get { json.string("runtimeName") ?? "" } set { json.set("runtimeName", Optional(newValue)) } }
    package var runtimeVersion: String { get { json.string("runtimeVersion") ?? "" } set { json.set("runtimeVersion", Optional(newValue)) } }
    package var version: String { get { json.string("version") ?? "" } set { json.set("version", Optional(newValue)) } }
}
package struct DNSConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("DNSConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var options: [String] { get { json.strings("options") } set { json.set("options", newValue) } }
    package var searches: [String] { get { json.strings("searches") } set { json.set("searches", newValue) } }
    package var servers: [String] { get { json.strings("servers") } set { json.set("servers", newValue) } }
}
package struct PortMapping: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PortMapping")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerPort: Int32 { get { json.int32("containerPort") ?? 0 } set { json.set("containerPort", Optional(newValue)) } }
    package var hostIp: String { get { json.string("hostIp") ?? "" } set { json.set("hostIp", Optional(newValue)) } }
    package var hostPort: Int32 { get { json.int32("hostPort") ?? 0 } set { json.set("hostPort", Optional(newValue)) } }
    /// A value of Protocol.
    package var `protocol`: Int32 { get { json.int32("protocol") ?? 0 } set { json.set("protocol", Optional(newValue)) } }
}
package struct Mount: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Mount")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerPath: String { get { json.string("containerPath") ?? "" } set { json.set("containerPath", Optional(newValue)) } }
    package var gidMappings: [IDMapping] { get { json.views("gidMappings") } set { json.set("gidMappings", newValue) } }
    package var hostPath: String { get { json.string("hostPath") ?? "" } set { json.set("hostPath", Optional(newValue)) } }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
    package var imageSubPath: String { get { json.string("imageSubPath") ?? "" } set { json.set("imageSubPath", Optional(newValue)) } }
    package var mountOptions: [String] { get { json.strings("mountOptions") } set { json.set("mountOptions", newValue) } }
    /// A value of MountPropagation.
    package var propagation: Int32 { get { json.int32("propagation") ?? 0 } set { json.set("propagation", Optional(newValue)) } }
    package var readonly: Bool { get { json.bool("readonly") ?? false } set { json.set("readonly", Optional(newValue)) } }
    package var recursiveReadOnly: Bool { get { json.bool("recursiveReadOnly") ?? false } set { json.set("recursiveReadOnly", Optional(newValue)) } }
    package var selinuxRelabel: Bool { get { json.bool("selinuxRelabel") ?? false } set { json.set("selinuxRelabel", Optional(newValue)) } }
    package var uidMappings: [IDMapping] { get { json.views("uidMappings") } set { json.set("uidMappings", newValue) } }
}
package struct IDMapping: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("IDMapping")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: Int64 { get { json.int64("containerId") ?? 0 } set { json.set("containerId", Optional(newValue)) } }
    package var hostId: Int64 { get { json.int64("hostId") ?? 0 } set { json.set("hostId", Optional(newValue)) } }
    package var length: Int64 { get { json.int64("length") ?? 0 } set { json.set("length", Optional(newValue)) } }
}
package struct UserNamespace: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("UserNamespace")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var gids: [IDMapping] { get { json.views("gids") } set { json.set("gids", newValue) } }
    /// A value of NamespaceMode.
    package var mode: Int32 { get { json.int32("mode") ?? 0 } set { json.set("mode", Optional(newValue)) } }
    package var uids: [IDMapping] { get { json.views("uids") } set { json.set("uids", newValue) } }
}
package struct NamespaceOption: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("NamespaceOption")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// A value of NamespaceMode.
    package var ipc: Int32 { get { json.int32("ipc") ?? 0 } set { json.set("ipc", Optional(newValue)) } }
    /// A value of NamespaceMode.
    package var network: Int32 { get { json.int32("network") ?? 0 } set { json.set("network", Optional(newValue)) } }
    /// A value of NamespaceMode.
    package var pid: Int32 { get { json.int32("pid") ?? 0 } set { json.set("pid", Optional(newValue)) } }
    package var targetId: String { get { json.string("targetId") ?? "" } set { json.set("targetId", Optional(newValue)) } }
    package var usernsOptions: UserNamespace? { get { json.view("usernsOptions") } set { json.set("usernsOptions", newValue) } }
}
package struct Int64Value: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Int64Value")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var value: Int64 { get { json.int64("value") ?? 0 } set { json.set("value", Optional(newValue)) } }
}
package struct LinuxSandboxSecurityContext: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxSandboxSecurityContext")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apparmor: SecurityProfile? { get { json.view("apparmor") } set { json.set("apparmor", newValue) } }
    package var namespaceOptions: NamespaceOption? { get { json.view("namespaceOptions") } set { json.set("namespaceOptions", newValue) } }
    package var privileged: Bool { get { json.bool("privileged") ?? false } set { json.set("privileged", Optional(newValue)) } }
    package var readonlyRootfs: Bool { get { json.bool("readonlyRootfs") ?? false } set { json.set("readonlyRootfs", Optional(newValue)) } }
    package var runAsGroup: Int64Value? { get { json.view("runAsGroup") } set { json.set("runAsGroup", newValue) } }
    package var runAsUser: Int64Value? { get { json.view("runAsUser") } set { json.set("runAsUser", newValue) } }
    package var seccomp: SecurityProfile? { get { json.view("seccomp") } set { json.set("seccomp", newValue) } }
    package var seccompProfilePath: String { get { json.string("seccompProfilePath") ?? "" } set { json.set("seccompProfilePath", Optional(newValue)) } }
    package var selinuxOptions: SELinuxOption? { get { json.view("selinuxOptions") } set { json.set("selinuxOptions", newValue) } }
    package var supplementalGroups: [Int64] { get { json.integers("supplementalGroups") } set { json.set("supplementalGroups", newValue) } }
    /// A value of SupplementalGroupsPolicy.
    package var supplementalGroupsPolicy: Int32 { get { json.int32("supplementalGroupsPolicy") ?? 0 } set { json.set("supplementalGroupsPolicy", Optional(newValue)) } }
}
package struct SecurityProfile: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("SecurityProfile")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var localhostRef: String { get { json.string("localhostRef") ?? "" } set { json.set("localhostRef", Optional(newValue)) } }
    /// A value of ProfileType.
    package var profileType: Int32 { get { json.int32("profileType") ?? 0 } set { json.set("profileType", Optional(newValue)) } }
}
package struct LinuxPodSandboxConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxPodSandboxConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cgroupParent: String { get { json.string("cgroupParent") ?? "" } set { json.set("cgroupParent", Optional(newValue)) } }
    package var overhead: LinuxContainerResources? { get { json.view("overhead") } set { json.set("overhead", newValue) } }
    package var resources: LinuxContainerResources? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var securityContext: LinuxSandboxSecurityContext? { get { json.view("securityContext") } set { json.set("securityContext", newValue) } }
    package var sysctls: [String: String] { get { json.stringMap("sysctls") } set { json.set("sysctls", newValue) } }
}
package struct PodSandboxMetadata: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxMetadata")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attempt: Int64 { get { json.int64("attempt") ?? 0 } set { json.set("attempt", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String { get { json.string("namespace") ?? "" } set { json.set("namespace", Optional(newValue)) } }
    package var uid: String { get { json.string("uid") ?? "" } set { json.set("uid", Optional(newValue)) } }
}
package struct PodSandboxConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var dnsConfig: DNSConfig? { get { json.view("dnsConfig") } set { json.set("dnsConfig", newValue) } }
    package var hostname: String { get { json.string("hostname") ?? "" } set { json.set("hostname", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var linux: LinuxPodSandboxConfig? { get { json.view("linux") } set { json.set("linux", newValue) } }
    package var logDirectory: String { get { json.string("logDirectory") ?? "" } set { json.set("logDirectory", Optional(newValue)) } }
    package var metadata: PodSandboxMetadata { get { json.view("metadata") ?? PodSandboxMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var portMappings: [PortMapping] { get { json.views("portMappings") } set { json.set("portMappings", newValue) } }
}
package struct RunPodSandboxRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RunPodSandboxRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var config: PodSandboxConfig? { get { json.view("config") } set { json.set("config", newValue) } }
    package var runtimeHandler: String { get { json.string("runtimeHandler") ?? "" } set { json.set("runtimeHandler", Optional(newValue)) } }
}
package struct RunPodSandboxResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RunPodSandboxResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
}
package struct StopPodSandboxRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StopPodSandboxRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
}
package struct StopPodSandboxResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StopPodSandboxResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct RemovePodSandboxRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RemovePodSandboxRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
}
package struct RemovePodSandboxResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RemovePodSandboxResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct PodSandboxStatusRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStatusRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
    package var verbose: Bool { get { json.bool("verbose") ?? false } set { json.set("verbose", Optional(newValue)) } }
}
package struct PodIP: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodIP")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ip: String { get { json.string("ip") ?? "" } set { json.set("ip", Optional(newValue)) } }
}
package struct PodSandboxNetworkStatus: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxNetworkStatus")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var additionalIps: [PodIP] { get { json.views("additionalIps") } set { json.set("additionalIps", newValue) } }
    package var ip: String { get { json.string("ip") ?? "" } set { json.set("ip", Optional(newValue)) } }
}
package struct Namespace: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Namespace")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var options: NamespaceOption? { get { json.view("options") } set { json.set("options", newValue) } }
}
package struct LinuxPodSandboxStatus: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxPodSandboxStatus")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var namespaces: Namespace? { get { json.view("namespaces") } set { json.set("namespaces", newValue) } }
}
package struct PodSandboxStatus: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStatus")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var createdAt: Int64 { get { json.int64("createdAt") ?? 0 } set { json.set("createdAt", Optional(newValue)) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var linux: LinuxPodSandboxStatus? { get { json.view("linux") } set { json.set("linux", newValue) } }
    package var metadata: PodSandboxMetadata { get { json.view("metadata") ?? PodSandboxMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var network: PodSandboxNetworkStatus? { get { json.view("network") } set { json.set("network", newValue) } }
    package var runtimeHandler: String { get { json.string("runtimeHandler") ?? "" } set { json.set("runtimeHandler", Optional(newValue)) } }
    /// A value of PodSandboxState.
    package var state: Int32 { get { json.int32("state") ?? 0 } set { json.set("state", Optional(newValue)) } }
}
package struct PodSandboxStatusResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStatusResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containersStatuses: [ContainerStatus] { get { json.views("containersStatuses") } set { json.set("containersStatuses", newValue) } }
    package var info: [String: String] { get { json.stringMap("info") } set { json.set("info", newValue) } }
    package var status: PodSandboxStatus { get { json.view("status") ?? PodSandboxStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
    package var timestamp: Int64 { get { json.int64("timestamp") ?? 0 } set { json.set("timestamp", Optional(newValue)) } }
}
package struct PodSandboxStateValue: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStateValue")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// A value of PodSandboxState.
    package var state: Int32 { get { json.int32("state") ?? 0 } set { json.set("state", Optional(newValue)) } }
}
package struct PodSandboxFilter: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxFilter")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labelSelector: [String: String] { get { json.stringMap("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var state: PodSandboxStateValue? { get { json.view("state") } set { json.set("state", newValue) } }
}
package struct ListPodSandboxRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListPodSandboxRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filter: PodSandboxFilter? { get { json.view("filter") } set { json.set("filter", newValue) } }
}
package struct PodSandbox: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandbox")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var createdAt: Int64 { get { json.int64("createdAt") ?? 0 } set { json.set("createdAt", Optional(newValue)) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var metadata: PodSandboxMetadata { get { json.view("metadata") ?? PodSandboxMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var runtimeHandler: String { get { json.string("runtimeHandler") ?? "" } set { json.set("runtimeHandler", Optional(newValue)) } }
    /// A value of PodSandboxState.
    package var state: Int32 { get { json.int32("state") ?? 0 } set { json.set("state", Optional(newValue)) } }
}
package struct ListPodSandboxResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListPodSandboxResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var items: [PodSandbox] { get { json.views("items") } set { json.set("items", newValue) } }
}
package struct PodSandboxStatsRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStatsRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
}
package struct PodSandboxStatsResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStatsResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var stats: PodSandboxStats? { get { json.view("stats") } set { json.set("stats", newValue) } }
}
package struct PodSandboxStatsFilter: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStatsFilter")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labelSelector: [String: String] { get { json.stringMap("labelSelector") } set { json.set("labelSelector", newValue) } }
}
package struct ListPodSandboxStatsRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListPodSandboxStatsRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filter: PodSandboxStatsFilter? { get { json.view("filter") } set { json.set("filter", newValue) } }
}
package struct ListPodSandboxStatsResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListPodSandboxStatsResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var stats: [PodSandboxStats] { get { json.views("stats") } set { json.set("stats", newValue) } }
}
package struct PodSandboxAttributes: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxAttributes")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var metadata: PodSandboxMetadata { get { json.view("metadata") ?? PodSandboxMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}
package struct PodSandboxStats: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PodSandboxStats")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attributes: PodSandboxAttributes? { get { json.view("attributes") } set { json.set("attributes", newValue) } }
    package var linux: LinuxPodSandboxStats? { get { json.view("linux") } set { json.set("linux", newValue) } }
}
package struct LinuxPodSandboxStats: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxPodSandboxStats")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containers: [ContainerStats] { get { json.views("containers") } set { json.set("containers", newValue) } }
    package var cpu: CpuUsage? { get { json.view("cpu") } set { json.set("cpu", newValue) } }
    package var memory: MemoryUsage? { get { json.view("memory") } set { json.set("memory", newValue) } }
    package var network: NetworkUsage? { get { json.view("network") } set { json.set("network", newValue) } }
    package var process: ProcessUsage? { get { json.view("process") } set { json.set("process", newValue) } }
}
package struct NetworkUsage: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("NetworkUsage")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var defaultInterface: NetworkInterfaceUsage? { get { json.view("defaultInterface") } set { json.set("defaultInterface", newValue) } }
    package var interfaces: [NetworkInterfaceUsage] { get { json.views("interfaces") } set { json.set("interfaces", newValue) } }
    package var timestamp: Int64 { get { json.int64("timestamp") ?? 0 } set { json.set("timestamp", Optional(newValue)) } }
}
package struct NetworkInterfaceUsage: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("NetworkInterfaceUsage")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var rxBytes: UInt64Value? { get { json.view("rxBytes") } set { json.set("rxBytes", newValue) } }
    package var rxErrors: UInt64Value? { get { json.view("rxErrors") } set { json.set("rxErrors", newValue) } }
    package var txBytes: UInt64Value? { get { json.view("txBytes") } set { json.set("txBytes", newValue) } }
    package var txErrors: UInt64Value? { get { json.view("txErrors") } set { json.set("txErrors", newValue) } }
}
package struct ProcessUsage: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ProcessUsage")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var processCount: UInt64Value? { get { json.view("processCount") } set { json.set("processCount", newValue) } }
    package var timestamp: Int64 { get { json.int64("timestamp") ?? 0 } set { json.set("timestamp", Optional(newValue)) } }
}
package struct ImageSpec: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ImageSpec")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var image: String { get { json.string("image") ?? "" } set { json.set("image", Optional(newValue)) } }
    package var imageRef: String { get { json.string("imageRef") ?? "" } set { json.set("imageRef", Optional(newValue)) } }
    package var runtimeHandler: String { get { json.string("runtimeHandler") ?? "" } set { json.set("runtimeHandler", Optional(newValue)) } }
    package var userSpecifiedImage: String { get { json.string("userSpecifiedImage") ?? "" } set { json.set("userSpecifiedImage", Optional(newValue)) } }
}
package struct KeyValue: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("KeyValue")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var value: String { get { json.string("value") ?? "" } set { json.set("value", Optional(newValue)) } }
}
package struct LinuxContainerResources: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxContainerResources")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cpuPeriod: Int64 { get { json.int64("cpuPeriod") ?? 0 } set { json.set("cpuPeriod", Optional(newValue)) } }
    package var cpuQuota: Int64 { get { json.int64("cpuQuota") ?? 0 } set { json.set("cpuQuota", Optional(newValue)) } }
    package var cpuShares: Int64 { get { json.int64("cpuShares") ?? 0 } set { json.set("cpuShares", Optional(newValue)) } }
    package var cpusetCpus: String { get { json.string("cpusetCpus") ?? "" } set { json.set("cpusetCpus", Optional(newValue)) } }
    package var cpusetMems: String { get { json.string("cpusetMems") ?? "" } set { json.set("cpusetMems", Optional(newValue)) } }
    package var hugepageLimits: [HugepageLimit] { get { json.views("hugepageLimits") } set { json.set("hugepageLimits", newValue) } }
    package var memoryLimitInBytes: Int64 { get { json.int64("memoryLimitInBytes") ?? 0 } set { json.set("memoryLimitInBytes", Optional(newValue)) } }
    package var memorySwapLimitInBytes: Int64 { get { json.int64("memorySwapLimitInBytes") ?? 0 } set { json.set("memorySwapLimitInBytes", Optional(newValue)) } }
    package var oomScoreAdj: Int64 { get { json.int64("oomScoreAdj") ?? 0 } set { json.set("oomScoreAdj", Optional(newValue)) } }
    package var unified: [String: String] { get { json.stringMap("unified") } set { json.set("unified", newValue) } }
}
package struct HugepageLimit: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("HugepageLimit")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var limit: Int64 { get { json.int64("limit") ?? 0 } set { json.set("limit", Optional(newValue)) } }
    package var pageSize: String { get { json.string("pageSize") ?? "" } set { json.set("pageSize", Optional(newValue)) } }
}
package struct SELinuxOption: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("SELinuxOption")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var level: String { get { json.string("level") ?? "" } set { json.set("level", Optional(newValue)) } }
    package var role: String { get { json.string("role") ?? "" } set { json.set("role", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
    package var user: String { get { json.string("user") ?? "" } set { json.set("user", Optional(newValue)) } }
}
package struct Capability: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Capability")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var addAmbientCapabilities: [String] { get { json.strings("addAmbientCapabilities") } set { json.set("addAmbientCapabilities", newValue) } }
    package var addCapabilities: [String] { get { json.strings("addCapabilities") } set { json.set("addCapabilities", newValue) } }
    package var dropCapabilities: [String] { get { json.strings("dropCapabilities") } set { json.set("dropCapabilities", newValue) } }
}
package struct LinuxContainerSecurityContext: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxContainerSecurityContext")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apparmor: SecurityProfile? { get { json.view("apparmor") } set { json.set("apparmor", newValue) } }
    package var apparmorProfile: String { get { json.string("apparmorProfile") ?? "" } set { json.set("apparmorProfile", Optional(newValue)) } }
    package var capabilities: Capability? { get { json.view("capabilities") } set { json.set("capabilities", newValue) } }
    package var maskedPaths: [String] { get { json.strings("maskedPaths") } set { json.set("maskedPaths", newValue) } }
    package var namespaceOptions: NamespaceOption? { get { json.view("namespaceOptions") } set { json.set("namespaceOptions", newValue) } }
    package var noNewPrivs: Bool { get { json.bool("noNewPrivs") ?? false } set { json.set("noNewPrivs", Optional(newValue)) } }
    package var privileged: Bool { get { json.bool("privileged") ?? false } set { json.set("privileged", Optional(newValue)) } }
    package var readonlyPaths: [String] { get { json.strings("readonlyPaths") } set { json.set("readonlyPaths", newValue) } }
    package var readonlyRootfs: Bool { get { json.bool("readonlyRootfs") ?? false } set { json.set("readonlyRootfs", Optional(newValue)) } }
    package var runAsGroup: Int64Value? { get { json.view("runAsGroup") } set { json.set("runAsGroup", newValue) } }
    package var runAsUser: Int64Value? { get { json.view("runAsUser") } set { json.set("runAsUser", newValue) } }
    package var runAsUsername: String { get { json.string("runAsUsername") ?? "" } set { json.set("runAsUsername", Optional(newValue)) } }
    package var seccomp: SecurityProfile? { get { json.view("seccomp") } set { json.set("seccomp", newValue) } }
    package var seccompProfilePath: String { get { json.string("seccompProfilePath") ?? "" } set { json.set("seccompProfilePath", Optional(newValue)) } }
    package var selinuxOptions: SELinuxOption? { get { json.view("selinuxOptions") } set { json.set("selinuxOptions", newValue) } }
    package var supplementalGroups: [Int64] { get { json.integers("supplementalGroups") } set { json.set("supplementalGroups", newValue) } }
    /// A value of SupplementalGroupsPolicy.
    package var supplementalGroupsPolicy: Int32 { get { json.int32("supplementalGroupsPolicy") ?? 0 } set { json.set("supplementalGroupsPolicy", Optional(newValue)) } }
}
package struct LinuxContainerConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxContainerConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var resources: LinuxContainerResources? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var securityContext: LinuxContainerSecurityContext? { get { json.view("securityContext") } set { json.set("securityContext", newValue) } }
}
package struct LinuxContainerUser: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxContainerUser")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var gid: Int64 { get { json.int64("gid") ?? 0 } set { json.set("gid", Optional(newValue)) } }
    package var supplementalGroups: [Int64] { get { json.integers("supplementalGroups") } set { json.set("supplementalGroups", newValue) } }
    package var uid: Int64 { get { json.int64("uid") ?? 0 } set { json.set("uid", Optional(newValue)) } }
}
package struct ContainerMetadata: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerMetadata")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attempt: Int64 { get { json.int64("attempt") ?? 0 } set { json.set("attempt", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
package struct Device: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Device")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerPath: String { get { json.string("containerPath") ?? "" } set { json.set("containerPath", Optional(newValue)) } }
    package var hostPath: String { get { json.string("hostPath") ?? "" } set { json.set("hostPath", Optional(newValue)) } }
    package var permissions: String { get { json.string("permissions") ?? "" } set { json.set("permissions", Optional(newValue)) } }
}
package struct CDIDevice: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("CDIDevice")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
package struct ContainerConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var args: [String] { get { json.strings("args") } set { json.set("args", newValue) } }
    package var cDIDevices: [CDIDevice] { get { json.views("cDIDevices") } set { json.set("cDIDevices", newValue) } }
    package var command: [String] { get { json.strings("command") } set { json.set("command", newValue) } }
    package var devices: [Device] { get { json.views("devices") } set { json.set("devices", newValue) } }
    package var envs: [KeyValue] { get { json.views("envs") } set { json.set("envs", newValue) } }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var linux: LinuxContainerConfig? { get { json.view("linux") } set { json.set("linux", newValue) } }
    package var logPath: String { get { json.string("logPath") ?? "" } set { json.set("logPath", Optional(newValue)) } }
    package var metadata: ContainerMetadata { get { json.view("metadata") ?? ContainerMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var mounts: [Mount] { get { json.views("mounts") } set { json.set("mounts", newValue) } }
    package var stdin: Bool { get { json.bool("stdin") ?? false } set { json.set("stdin", Optional(newValue)) } }
    package var stdinOnce: Bool { get { json.bool("stdinOnce") ?? false } set { json.set("stdinOnce", Optional(newValue)) } }
    /// A value of Signal.
    package var stopSignal: Int32 { get { json.int32("stopSignal") ?? 0 } set { json.set("stopSignal", Optional(newValue)) } }
    package var tty: Bool { get { json.bool("tty") ?? false } set { json.set("tty", Optional(newValue)) } }
    package var workingDir: String { get { json.string("workingDir") ?? "" } set { json.set("workingDir", Optional(newValue)) } }
}
package struct CreateContainerRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("CreateContainerRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var config: ContainerConfig? { get { json.view("config") } set { json.set("config", newValue) } }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
    package var sandboxConfig: PodSandboxConfig? { get { json.view("sandboxConfig") } set { json.set("sandboxConfig", newValue) } }
}
package struct CreateContainerResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("CreateContainerResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
}
package struct StartContainerRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StartContainerRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
}
package struct StartContainerResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StartContainerResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct StopContainerRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StopContainerRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var timeout: Int64 { get { json.int64("timeout") ?? 0 } set { json.set("timeout", Optional(newValue)) } }
}
package struct StopContainerResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StopContainerResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct RemoveContainerRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RemoveContainerRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
}
package struct RemoveContainerResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RemoveContainerResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct ContainerStateValue: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStateValue")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// A value of ContainerState.
    package var state: Int32 { get { json.int32("state") ?? 0 } set { json.set("state", Optional(newValue)) } }
}
package struct ContainerFilter: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerFilter")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labelSelector: [String: String] { get { json.stringMap("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
    package var state: ContainerStateValue? { get { json.view("state") } set { json.set("state", newValue) } }
}
package struct ListContainersRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListContainersRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filter: ContainerFilter? { get { json.view("filter") } set { json.set("filter", newValue) } }
}
package struct Container: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Container")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var createdAt: Int64 { get { json.int64("createdAt") ?? 0 } set { json.set("createdAt", Optional(newValue)) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
    package var imageId: String { get { json.string("imageId") ?? "" } set { json.set("imageId", Optional(newValue)) } }
    package var imageRef: String { get { json.string("imageRef") ?? "" } set { json.set("imageRef", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var metadata: ContainerMetadata { get { json.view("metadata") ?? ContainerMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
    /// A value of ContainerState.
    package var state: Int32 { get { json.int32("state") ?? 0 } set { json.set("state", Optional(newValue)) } }
}
package struct ListContainersResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListContainersResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containers: [Container] { get { json.views("containers") } set { json.set("containers", newValue) } }
}
package struct ContainerStatusRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStatusRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var verbose: Bool { get { json.bool("verbose") ?? false } set { json.set("verbose", Optional(newValue)) } }
}
package struct ContainerStatus: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStatus")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var createdAt: Int64 { get { json.int64("createdAt") ?? 0 } set { json.set("createdAt", Optional(newValue)) } }
    package var exitCode: Int32 { get { json.int32("exitCode") ?? 0 } set { json.set("exitCode", Optional(newValue)) } }
    package var finishedAt: Int64 { get { json.int64("finishedAt") ?? 0 } set { json.set("finishedAt", Optional(newValue)) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
    package var imageId: String { get { json.string("imageId") ?? "" } set { json.set("imageId", Optional(newValue)) } }
    package var imageRef: String { get { json.string("imageRef") ?? "" } set { json.set("imageRef", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var logPath: String { get { json.string("logPath") ?? "" } set { json.set("logPath", Optional(newValue)) } }
    package var message: String { get { json.string("message") ?? "" } set { json.set("message", Optional(newValue)) } }
    package var metadata: ContainerMetadata { get { json.view("metadata") ?? ContainerMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var mounts: [Mount] { get { json.views("mounts") } set { json.set("mounts", newValue) } }
    package var reason: String { get { json.string("reason") ?? "" } set { json.set("reason", Optional(newValue)) } }
    package var resources: ContainerResources? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var startedAt: Int64 { get { json.int64("startedAt") ?? 0 } set { json.set("startedAt", Optional(newValue)) } }
    /// A value of ContainerState.
    package var state: Int32 { get { json.int32("state") ?? 0 } set { json.set("state", Optional(newValue)) } }
    /// A value of Signal.
    package var stopSignal: Int32 { get { json.int32("stopSignal") ?? 0 } set { json.set("stopSignal", Optional(newValue)) } }
    package var user: ContainerUser? { get { json.view("user") } set { json.set("user", newValue) } }
}
package struct ContainerStatusResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStatusResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var info: [String: String] { get { json.stringMap("info") } set { json.set("info", newValue) } }
    package var status: ContainerStatus { get { json.view("status") ?? ContainerStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}
package struct ContainerResources: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerResources")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var linux: LinuxContainerResources? { get { json.view("linux") } set { json.set("linux", newValue) } }
}
package struct ContainerUser: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerUser")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var linux: LinuxContainerUser? { get { json.view("linux") } set { json.set("linux", newValue) } }
}
package struct UpdateContainerResourcesRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("UpdateContainerResourcesRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var linux: LinuxContainerResources? { get { json.view("linux") } set { json.set("linux", newValue) } }
}
package struct UpdateContainerResourcesResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("UpdateContainerResourcesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct ExecSyncRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ExecSyncRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cmd: [String] { get { json.strings("cmd") } set { json.set("cmd", newValue) } }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var timeout: Int64 { get { json.int64("timeout") ?? 0 } set { json.set("timeout", Optional(newValue)) } }
}
package struct ExecSyncResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ExecSyncResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var exitCode: Int32 { get { json.int32("exitCode") ?? 0 } set { json.set("exitCode", Optional(newValue)) } }
    package var stderr: String { get { json.string("stderr") ?? "" } set { json.set("stderr", Optional(newValue)) } }
    package var stdout: String { get { json.string("stdout") ?? "" } set { json.set("stdout", Optional(newValue)) } }
}
package struct ExecRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ExecRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cmd: [String] { get { json.strings("cmd") } set { json.set("cmd", newValue) } }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var stderr: Bool { get { json.bool("stderr") ?? false } set { json.set("stderr", Optional(newValue)) } }
    package var stdin: Bool { get { json.bool("stdin") ?? false } set { json.set("stdin", Optional(newValue)) } }
    package var stdout: Bool { get { json.bool("stdout") ?? false } set { json.set("stdout", Optional(newValue)) } }
    package var tty: Bool { get { json.bool("tty") ?? false } set { json.set("tty", Optional(newValue)) } }
}
package struct ExecResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ExecResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var url: String { get { json.string("url") ?? "" } set { json.set("url", Optional(newValue)) } }
}
package struct AttachRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("AttachRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var stderr: Bool { get { json.bool("stderr") ?? false } set { json.set("stderr", Optional(newValue)) } }
    package var stdin: Bool { get { json.bool("stdin") ?? false } set { json.set("stdin", Optional(newValue)) } }
    package var stdout: Bool { get { json.bool("stdout") ?? false } set { json.set("stdout", Optional(newValue)) } }
    package var tty: Bool { get { json.bool("tty") ?? false } set { json.set("tty", Optional(newValue)) } }
}
package struct AttachResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("AttachResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var url: String { get { json.string("url") ?? "" } set { json.set("url", Optional(newValue)) } }
}
package struct ImageFilter: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ImageFilter")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
}
package struct ListImagesRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListImagesRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filter: ImageFilter? { get { json.view("filter") } set { json.set("filter", newValue) } }
}
package struct Image: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("Image")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var pinned: Bool { get { json.bool("pinned") ?? false } set { json.set("pinned", Optional(newValue)) } }
    package var repoDigests: [String] { get { json.strings("repoDigests") } set { json.set("repoDigests", newValue) } }
    package var repoTags: [String] { get { json.strings("repoTags") } set { json.set("repoTags", newValue) } }
    package var size: Int64 { get { json.int64("size") ?? 0 } set { json.set("size", Optional(newValue)) } }
    package var spec: ImageSpec { get { json.view("spec") ?? ImageSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var uid: Int64Value? { get { json.view("uid") } set { json.set("uid", newValue) } }
    package var username: String { get { json.string("username") ?? "" } set { json.set("username", Optional(newValue)) } }
}
package struct ListImagesResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListImagesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var images: [Image] { get { json.views("images") } set { json.set("images", newValue) } }
}
package struct ImageStatusRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ImageStatusRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
    package var verbose: Bool { get { json.bool("verbose") ?? false } set { json.set("verbose", Optional(newValue)) } }
}
package struct ImageStatusResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ImageStatusResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: Image? { get { json.view("image") } set { json.set("image", newValue) } }
    package var info: [String: String] { get { json.stringMap("info") } set { json.set("info", newValue) } }
}
package struct AuthConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("AuthConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var auth: String { get { json.string("auth") ?? "" } set { json.set("auth", Optional(newValue)) } }
    package var identityToken: String { get { json.string("identityToken") ?? "" } set { json.set("identityToken", Optional(newValue)) } }
    package var password: String { get { json.string("password") ?? "" } set { json.set("password", Optional(newValue)) } }
    package var registryToken: String { get { json.string("registryToken") ?? "" } set { json.set("registryToken", Optional(newValue)) } }
    package var serverAddress: String { get { json.string("serverAddress") ?? "" } set { json.set("serverAddress", Optional(newValue)) } }
    package var username: String { get { json.string("username") ?? "" } set { json.set("username", Optional(newValue)) } }
}
package struct PullImageRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PullImageRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var auth: AuthConfig? { get { json.view("auth") } set { json.set("auth", newValue) } }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
    package var sandboxConfig: PodSandboxConfig? { get { json.view("sandboxConfig") } set { json.set("sandboxConfig", newValue) } }
}
package struct PullImageResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("PullImageResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var imageRef: String { get { json.string("imageRef") ?? "" } set { json.set("imageRef", Optional(newValue)) } }
}
package struct RemoveImageRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RemoveImageRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: ImageSpec? { get { json.view("image") } set { json.set("image", newValue) } }
}
package struct RemoveImageResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RemoveImageResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct NetworkConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("NetworkConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podCidr: String { get { json.string("podCidr") ?? "" } set { json.set("podCidr", Optional(newValue)) } }
}
package struct RuntimeConfig: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeConfig")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var networkConfig: NetworkConfig? { get { json.view("networkConfig") } set { json.set("networkConfig", newValue) } }
}
package struct UpdateRuntimeConfigRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("UpdateRuntimeConfigRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var runtimeConfig: RuntimeConfig? { get { json.view("runtimeConfig") } set { json.set("runtimeConfig", newValue) } }
}
package struct UpdateRuntimeConfigResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("UpdateRuntimeConfigResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct RuntimeCondition: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeCondition")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var message: String { get { json.string("message") ?? "" } set { json.set("message", Optional(newValue)) } }
    package var reason: String { get { json.string("reason") ?? "" } set { json.set("reason", Optional(newValue)) } }
    package var status: Bool { get { json.bool("status") ?? false } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}
package struct RuntimeStatus: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeStatus")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [RuntimeCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}
package struct StatusRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StatusRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var verbose: Bool { get { json.bool("verbose") ?? false } set { json.set("verbose", Optional(newValue)) } }
}
package struct RuntimeHandlerFeatures: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeHandlerFeatures")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var recursiveReadOnlyMounts: Bool { get { json.bool("recursiveReadOnlyMounts") ?? false } set { json.set("recursiveReadOnlyMounts", Optional(newValue)) } }
    package var userNamespaces: Bool { get { json.bool("userNamespaces") ?? false } set { json.set("userNamespaces", Optional(newValue)) } }
}
package struct RuntimeHandler: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeHandler")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var features: RuntimeHandlerFeatures? { get { json.view("features") } set { json.set("features", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
package struct RuntimeFeatures: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeFeatures")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var mountOptions: Bool { get { json.bool("mountOptions") ?? false } set { json.set("mountOptions", Optional(newValue)) } }
    package var supplementalGroupsPolicy: Bool { get { json.bool("supplementalGroupsPolicy") ?? false } set { json.set("supplementalGroupsPolicy", Optional(newValue)) } }
    package var userNamespacesHostNetwork: Bool { get { json.bool("userNamespacesHostNetwork") ?? false } set { json.set("userNamespacesHostNetwork", Optional(newValue)) } }
}
package struct StatusResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("StatusResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var features: RuntimeFeatures? { get { json.view("features") } set { json.set("features", newValue) } }
    package var info: [String: String] { get { json.stringMap("info") } set { json.set("info", newValue) } }
    package var runtimeHandlers: [RuntimeHandler] { get { json.views("runtimeHandlers") } set { json.set("runtimeHandlers", newValue) } }
    package var status: RuntimeStatus { get { json.view("status") ?? RuntimeStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}
package struct ImageFsInfoRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ImageFsInfoRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct UInt64Value: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("UInt64Value")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var value: Int64 { get { json.int64("value") ?? 0 } set { json.set("value", Optional(newValue)) } }
}
package struct FilesystemIdentifier: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("FilesystemIdentifier")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var mountpoint: String { get { json.string("mountpoint") ?? "" } set { json.set("mountpoint", Optional(newValue)) } }
}
package struct FilesystemUsage: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("FilesystemUsage")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsId: FilesystemIdentifier? { get { json.view("fsId") } set { json.set("fsId", newValue) } }
    package var inodesUsed: UInt64Value? { get { json.view("inodesUsed") } set { json.set("inodesUsed", newValue) } }
    package var timestamp: Int64 { get { json.int64("timestamp") ?? 0 } set { json.set("timestamp", Optional(newValue)) } }
    package var usedBytes: UInt64Value? { get { json.view("usedBytes") } set { json.set("usedBytes", newValue) } }
}
package struct ImageFsInfoResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ImageFsInfoResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerFilesystems: [FilesystemUsage] { get { json.views("containerFilesystems") } set { json.set("containerFilesystems", newValue) } }
    package var imageFilesystems: [FilesystemUsage] { get { json.views("imageFilesystems") } set { json.set("imageFilesystems", newValue) } }
}
package struct ContainerStatsRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStatsRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
}
package struct ContainerStatsResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStatsResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var stats: ContainerStats? { get { json.view("stats") } set { json.set("stats", newValue) } }
}
package struct ListContainerStatsRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListContainerStatsRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filter: ContainerStatsFilter? { get { json.view("filter") } set { json.set("filter", newValue) } }
}
package struct ContainerStatsFilter: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStatsFilter")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labelSelector: [String: String] { get { json.stringMap("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var podSandboxId: String { get { json.string("podSandboxId") ?? "" } set { json.set("podSandboxId", Optional(newValue)) } }
}
package struct ListContainerStatsResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ListContainerStatsResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var stats: [ContainerStats] { get { json.views("stats") } set { json.set("stats", newValue) } }
}
package struct ContainerAttributes: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerAttributes")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var metadata: ContainerMetadata { get { json.view("metadata") ?? ContainerMetadata() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}
package struct ContainerStats: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerStats")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attributes: ContainerAttributes? { get { json.view("attributes") } set { json.set("attributes", newValue) } }
    package var cpu: CpuUsage? { get { json.view("cpu") } set { json.set("cpu", newValue) } }
    package var memory: MemoryUsage? { get { json.view("memory") } set { json.set("memory", newValue) } }
    package var writableLayer: FilesystemUsage? { get { json.view("writableLayer") } set { json.set("writableLayer", newValue) } }
}
package struct CpuUsage: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("CpuUsage")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var timestamp: Int64 { get { json.int64("timestamp") ?? 0 } set { json.set("timestamp", Optional(newValue)) } }
    package var usageCoreNanoSeconds: UInt64Value? { get { json.view("usageCoreNanoSeconds") } set { json.set("usageCoreNanoSeconds", newValue) } }
    package var usageNanoCores: UInt64Value? { get { json.view("usageNanoCores") } set { json.set("usageNanoCores", newValue) } }
}
package struct MemoryUsage: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("MemoryUsage")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var availableBytes: UInt64Value? { get { json.view("availableBytes") } set { json.set("availableBytes", newValue) } }
    package var majorPageFaults: UInt64Value? { get { json.view("majorPageFaults") } set { json.set("majorPageFaults", newValue) } }
    package var pageFaults: UInt64Value? { get { json.view("pageFaults") } set { json.set("pageFaults", newValue) } }
    package var rssBytes: UInt64Value? { get { json.view("rssBytes") } set { json.set("rssBytes", newValue) } }
    package var timestamp: Int64 { get { json.int64("timestamp") ?? 0 } set { json.set("timestamp", Optional(newValue)) } }
    package var usageBytes: UInt64Value? { get { json.view("usageBytes") } set { json.set("usageBytes", newValue) } }
    package var workingSetBytes: UInt64Value? { get { json.view("workingSetBytes") } set { json.set("workingSetBytes", newValue) } }
}
package struct ReopenContainerLogRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ReopenContainerLogRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
}
package struct ReopenContainerLogResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ReopenContainerLogResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct GetEventsRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("GetEventsRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct ContainerEventResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("ContainerEventResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// A value of ContainerEventType.
    package var containerEventType: Int32 { get { json.int32("containerEventType") ?? 0 } set { json.set("containerEventType", Optional(newValue)) } }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var containersStatuses: [ContainerStatus] { get { json.views("containersStatuses") } set { json.set("containersStatuses", newValue) } }
    package var createdAt: Int64 { get { json.int64("createdAt") ?? 0 } set { json.set("createdAt", Optional(newValue)) } }
    package var podSandboxStatus: PodSandboxStatus? { get { json.view("podSandboxStatus") } set { json.set("podSandboxStatus", newValue) } }
}
package struct RuntimeConfigRequest: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeConfigRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct RuntimeConfigResponse: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("RuntimeConfigResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var linux: LinuxRuntimeConfiguration? { get { json.view("linux") } set { json.set("linux", newValue) } }
}
package struct LinuxRuntimeConfiguration: MessageView {
    package static let schema = MessageSchemas.runtimeV1.message("LinuxRuntimeConfiguration")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// A value of CgroupDriver.
    package var cgroupDriver: Int32 { get { json.int32("cgroupDriver") ?? 0 } set { json.set("cgroupDriver", Optional(newValue)) } }
}
}
