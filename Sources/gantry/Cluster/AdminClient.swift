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

    /// By a kubeconfig that was named, the KUBECONFIG variable's, or the cluster's on this machine.
    static func make(kubeconfig: String?, _ data: DataFolder, agent: String) throws -> Client {
        if let named = kubeconfig ?? variable { return try make(kubeconfig: named, agent: agent) }
        return try make(data, agent: agent)
    }

    private static var variable: String? {
        ProcessInfo.processInfo.environment["KUBECONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
