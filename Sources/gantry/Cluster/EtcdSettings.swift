import EtcdStore
import Foundation
import HTTPClient

/// The etcd that keeps a cluster's objects.
struct EtcdSettings: Codable, Hashable, Sendable {
    /// URLs.
    var servers: [String]
    var prefix = "/registry"
    /// Files with PEM text.
    var authorities: String?
    var certificate: String?
    var key: String?

    init(servers: [String]) { self.servers = servers }

    func configuration() throws -> EtcdConfiguration {
        let endpoints = try servers.map { server in
            guard let (endpoint, target) = HTTPEndpoint.parse(server), target == "/" else {
                throw CommandFailure("--etcd-servers: \(server) is no URL of a server")
            }
            return endpoint
        }
        guard !endpoints.isEmpty else { throw CommandFailure("--etcd-servers names no server") }
        guard prefix.hasPrefix("/"), prefix.count > 1 else {
            throw CommandFailure("--etcd-prefix must begin with / and go on")
        }
        var identity = ClientTLS.Identity()
        if let authorities { identity.trust = .authorities(pem: try text(of: authorities)) }
        identity.certificateChainPEM = try certificate.map(text)
        identity.privateKeyPEM = try key.map(text)
        let tls: ClientTLS
        do {
            tls = try ClientTLS(identity)
        } catch {
            throw CommandFailure("the certificates for etcd cannot be used: \(error)")
        }
        var configuration = EtcdConfiguration(endpoints: endpoints, tls: tls)
        configuration.prefix = prefix
        configuration.log = { FileHandle.standardError.write(Data("store: \($0)\n".utf8)) }
        return configuration
    }

    private func text(of file: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("\(file) cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
