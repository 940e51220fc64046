/// Where the agent keeps things of pods, all below its data folder.
package struct NodePaths: Hashable, Sendable {
    /// Folders of pods.
    package let pods: String
    /// Memory that holds what must not reach a disk: secrets and tokens.
    package let memory: String
    /// `NAMESPACE_NAME_UID/CONTAINER/N.log`, the layout of `/var/log/pods`.
    package let logs: String
    /// Volumes of the built-in provisioner, a folder each. They outlive pods.
    package let localVolumes: String

    /// Who has which of the node's devices.
    package let devices: String

    package init(dataFolder: String) {
        let data = dataFolder.count > 1 && dataFolder.hasSuffix("/") ? String(dataFolder.dropLast()) : dataFolder
        pods = data + "/node/pods"
        memory = data + "/node/memory"
        logs = data + "/node/logs"
        localVolumes = data + "/node/volumes"
        devices = data + "/node/devices.json"
    }

    package func pod(_ uid: String) -> String { "\(pods)/\(uid)" }
    package func volume(_ uid: String, plugin: String, _ name: String) -> String {
        "\(pods)/\(uid)/volumes/kubernetes.io~\(plugin)/\(name)"
    }
    /// A volume whose content lives in memory only.
    package func memoryVolume(_ uid: String, plugin: String, _ name: String) -> String {
        "\(memory)/\(uid)/kubernetes.io~\(plugin)/\(name)"
    }
    /// The link to what a claim leads to.
    package func claimLink(_ uid: String, _ name: String) -> String { volume(uid, plugin: "local-volume", name) }
    package func localVolume(_ name: String) -> String { "\(localVolumes)/\(name)" }
    package func hosts(_ uid: String) -> String { "\(pods)/\(uid)/etc-hosts" }
    package func container(_ uid: String, _ name: String) -> String { "\(pods)/\(uid)/containers/\(name)" }
    package func logFolder(namespace: String, name: String, uid: String) -> String {
        "\(logs)/\(namespace)_\(name)_\(uid)"
    }
}
