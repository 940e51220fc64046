import Client
import Foundation
import HTTPServing
import Machinery
import RemoteClient

/// The certificate of an agent's own server: ordered from the cluster under the node's name and address, kept, renewed.
struct NodeServing: Sendable {
    private let membership: ClusterMembership
    private let order: CertificateOrder
    private let file: String
    private let log: FailureLog

    init(_ membership: ClusterMembership, _ settings: AgentSettings, _ data: DataFolder, log: FailureLog) throws {
        self.membership = membership
        self.log = log
        order = try CertificateOrder.serving(node: settings.nodeName, addresses: [settings.address])
        file = data.nodeServingKey
    }

    /// The certificate, once there is one. Approval waits for the Node to say the same address.
    func obtain() async throws -> CertifiedKey {
        if FileManager.default.fileExists(atPath: file) {
            let kept = try CertifiedKey(file: file)
            if order.isFilled(by: kept.leaf),
                try kept.isValid(.server(host: nil), by: membership.authorities, at: SystemWallClock().now)
            {
                return kept
            }
        }
        let backoff = Backoff(initial: .seconds(1), limit: .seconds(60))
        var failures = 0
        while true {
            do {
                let key = try await order.place(with: membership.client)
                try key.save(file)
                return key
            } catch {
                try Task.checkCancellation()
                log.report("node serving certificate", "\(error)")
                try await Task.sleep(for: backoff.jittered(afterFailures: failures))
                failures += 1
            }
        }
    }

    func identity(_ key: CertifiedKey) throws -> ServerTLS.Identity {
        ServerTLS.Identity(
            certificateChainPEM: key.chainPEM, privateKeyPEM: try key.keyPEM, clientCAsPEM: membership.authorities)
    }

    /// Keeps what the server shows current, until cancelled.
    func keep(_ key: CertifiedKey, in tls: ServerTLS) async throws {
        let keeper = CertificateKeeper("node serving certificate", key, log: log) { [order, membership] in
            try await order.place(with: membership.client)
        } use: { key in
            try key.save(file)
            try tls.replace(identity(key))
        }
        try await keeper.run()
    }
}
