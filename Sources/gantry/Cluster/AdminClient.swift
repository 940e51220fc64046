import Client
import Foundation
import RemoteClient

/// A client for the administrator of the cluster in a data folder.
enum AdminClient {
    static func make(kubeconfig: String, agent: String, deliveryLimit: Duration? = nil) throws -> Client {
        guard let config = FileManager.default.contents(atPath: kubeconfig) else {
            throw CommandFailure("\(kubeconfig) cannot be read")
        }
        return try RemoteConfiguration(kubeconfig: Array(config)).client(
            userAgent: agent, deliveryLimit: deliveryLimit)
    }

    static func make(_ data: DataFolder, agent: String) throws -> Client {
        guard let config = FileManager.default.contents(atPath: data.adminKubeconfig) else {
            throw CommandFailure("there is no cluster in \(data.path); start one with: gantry up")
        }
        return try RemoteConfiguration(kubeconfig: Array(config)).client(userAgent: agent)
    }
}
