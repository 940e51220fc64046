import Foundation
import Node
import PodNetwork
import ServiceProxy

/// Removes all that a cluster made on this machine.
struct Purge: Sendable {
    let data: DataFolder
    let layout: ContainerdLayout

    func run() async throws {
        try await ServiceProxy.remove()
        // Without settings a start never came so far as to make a network.
        if FileManager.default.fileExists(atPath: data.settings) {
            let settings = try ClusterSettings.load(data)
            try await NodeProcess(NodeProcess.Settings(data: data, cluster: settings)).network.tearDown()
            if settings.kubeletFolder == nil { try KubeletFolder.standard.removeRemains() }
        }
        try await ContainerdProcess.stop(layout)
        try await ContainerdRemains(layout: layout, cgroup: "/gantry").remove()
        // The agent's memory for secrets, and volumes made of memory.
        try Mounts.unmountAll(below: data.path)
        try FileManager.default.removeItem(atPath: data.path)
    }
}
