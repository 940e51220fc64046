import KubeAPI
import Machinery

/// Defaults of pod specs that depend on more than one field; constant ones stand in the schema.
///
/// They are applied more than once to every pod: what lacks nothing is told from its tree and left alone.
enum PodSpecDefaults {
    /// What holds for pods and for the templates of pods alike.
    static func apply(to spec: inout PodSpec) {
        applyServiceAccount(to: &spec)
        if any(of: spec.json["volumes"], lacksSource) { spec.volumes = spec.volumes.map(withSource) }
        if any(of: spec.json["containers"], lacksPullPolicy) {
            spec.containers = spec.containers.map(withPullPolicy)
        }
        if any(of: spec.json["initContainers"], lacksPullPolicy) {
            spec.initContainers = spec.initContainers.map(withPullPolicy)
        }
        if any(of: spec.json["ephemeralContainers"], lacksPullPolicy) {
            spec.ephemeralContainers = spec.ephemeralContainers.map { container in
                var container = container
                if (container.imagePullPolicy ?? "").isEmpty {
                    container.imagePullPolicy = pullPolicy(image: container.image ?? "")
                }
                return container
            }
        }
    }

    /// Templates that an object lacks stay absent, so that validation can say so.
    static func apply(to template: inout PodTemplateSpec) {
        guard template.json["spec"] != nil else { return }
        apply(to: &template.spec)
    }

    /// What holds for pods only, as their templates keep what their author wrote.
    static func applyToPod(_ spec: inout PodSpec) {
        if spec.enableServiceLinks == nil { spec.enableServiceLinks = true }
        let usesHostNetwork = spec.hostNetwork == true
        func isIncomplete(_ container: JSONObject) -> Bool { usesHostNetwork || lacksRequests(container) }
        if any(of: spec.json["containers"], isIncomplete) {
            spec.containers = spec.containers.map { complete($0, usesHostNetwork: usesHostNetwork) }
        }
        if any(of: spec.json["initContainers"], isIncomplete) {
            spec.initContainers = spec.initContainers.map { complete($0, usesHostNetwork: usesHostNetwork) }
        }
    }

    /// Moving tags are pulled each time, fixed ones once.
    static func pullPolicy(image: String) -> String {
        guard !image.isEmpty else { return "IfNotPresent" }
        let bytes = image.utf8
        if bytes.contains(UInt8(ascii: "@")) { return "IfNotPresent" }
        let start = bytes.lastIndex(of: UInt8(ascii: "/")).map(bytes.index(after:)) ?? bytes.startIndex
        let name = bytes[start...]
        guard let colon = name.lastIndex(of: UInt8(ascii: ":")) else { return "Always" }
        return name[name.index(after: colon)...].elementsEqual("latest".utf8) ? "Always" : "IfNotPresent"
    }

    private static func any(of list: JSON?, _ condition: (JSONObject) -> Bool) -> Bool {
        guard case .array(let elements)? = list else { return false }
        return elements.contains { element in
            guard case .object(let object) = element else { return false }
            return condition(object)
        }
    }

    private static func lacksPullPolicy(_ container: JSONObject) -> Bool {
        (container.string("imagePullPolicy") ?? "").isEmpty
    }

    private static func lacksSource(_ volume: JSONObject) -> Bool {
        if let image = volume["image"], (image["pullPolicy"]?.stringValue ?? "").isEmpty { return true }
        return !volume.members.contains { $0.key != "name" && !$0.value.isNull }
    }

    private static func lacksRequests(_ container: JSONObject) -> Bool {
        guard let resources = container["resources"], let limits = resources["limits"]?.objectValue else {
            return false
        }
        return limits.members.contains { resources["requests"]?[$0.key] == nil }
    }

    /// `serviceAccount` is the old name of `serviceAccountName`; both always say the same.
    private static func applyServiceAccount(to spec: inout PodSpec) {
        let current = spec.serviceAccountName ?? ""
        if !current.isEmpty {
            if spec.serviceAccount != current { spec.serviceAccount = current }
        } else if let old = spec.serviceAccount, !old.isEmpty {
            spec.serviceAccountName = old
        }
    }

    private static func withSource(_ volume: Volume) -> Volume {
        var volume = volume
        if !volume.json.members.contains(where: { $0.key != "name" && !$0.value.isNull }) {
            volume.json["emptyDir"] = .object(JSONObject())
        }
        if var image = volume.image, (image.pullPolicy ?? "").isEmpty {
            image.pullPolicy = pullPolicy(image: image.reference ?? "")
            volume.image = image
        }
        return volume
    }

    private static func withPullPolicy(_ container: Container) -> Container {
        var container = container
        if (container.imagePullPolicy ?? "").isEmpty {
            container.imagePullPolicy = pullPolicy(image: container.image ?? "")
        }
        return container
    }

    private static func complete(_ container: Container, usesHostNetwork: Bool) -> Container {
        var container = container
        if let limits = container.json["resources"]?["limits"]?.objectValue, !limits.isEmpty {
            var requests = container.json["resources"]?["requests"]?.objectValue ?? JSONObject()
            for (name, amount) in limits where requests[name] == nil { requests[name] = amount }
            var resources = container.json["resources"]?.objectValue ?? JSONObject()
            resources["requests"] = .object(requests)
            container.json["resources"] = .object(resources)
        }
        if usesHostNetwork, !container.ports.isEmpty {
            container.ports = container.ports.map { port in
                var port = port
                if (port.hostPort ?? 0) == 0 { port.hostPort = port.containerPort }
                return port
            }
        }
        return container
    }
}
