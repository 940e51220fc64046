import Client
import HTTPClient
import Machinery
import PKI

/// What a kubeconfig says of its current context: where the server is and how to prove who one is.
package struct RemoteConfiguration: Sendable {
    package var endpoint: HTTPEndpoint
    package var identity: ClientTLS.Identity
    package var credential: RemoteTransport.Credential

    package init(endpoint: HTTPEndpoint, identity: ClientTLS.Identity, credential: RemoteTransport.Credential) {
        self.endpoint = endpoint
        self.identity = identity
        self.credential = credential
    }

    package struct Malformed: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads a kubeconfig's current context. Certificates and keys must stand in the file itself, or in files it names.
    package init(kubeconfig: [UInt8]) throws {
        let config: JSON
        do {
            config = try YAMLParser.parse(kubeconfig).value
        } catch {
            throw Malformed(description: "kubeconfig is not YAML: \(error)")
        }
        let current = config["current-context"]?.stringValue ?? ""
        let context = try Self.named(config["contexts"], current, "context")
        let cluster = try Self.named(config["clusters"], context["cluster"]?.stringValue ?? "", "cluster")
        let user = try Self.named(config["users"], context["user"]?.stringValue ?? "", "user")
        let server = cluster["server"]?.stringValue ?? ""
        guard let (endpoint, _) = HTTPEndpoint.parse(server) else {
            throw Malformed(description: "kubeconfig: \"\(server)\" is no server URL")
        }
        self.endpoint = endpoint
        var identity = ClientTLS.Identity()
        if cluster["insecure-skip-tls-verify"]?.boolValue == true {
            identity.trust = .insecureSkipVerify
        } else if let pem = try Self.data(cluster, "certificate-authority") {
            identity.trust = .authorities(pem: pem)
        }
        identity.certificateChainPEM = try Self.data(user, "client-certificate")
        identity.privateKeyPEM = try Self.data(user, "client-key")
        self.identity = identity
        credential = user["token"]?.stringValue.map { .token($0) } ?? .none
    }

    private static func named(_ list: JSON?, _ name: String, _ kind: String) throws -> JSON {
        guard let entry = list?.arrayValue?.first(where: { $0["name"]?.stringValue == name }), let value = entry[kind]
        else { throw Malformed(description: "kubeconfig has no \(kind) \"\(name)\"") }
        return value
    }

    private static func data(_ object: JSON, _ key: String) throws -> String? {
        if let text = object["\(key)-data"]?.stringValue {
            return String(decoding: try Base64.standard.decode(text), as: UTF8.self)
        }
        if let path = object[key]?.stringValue { return String(decoding: try SecureFile.read(path), as: UTF8.self) }
        return nil
    }

    /// - Parameter deliveryLimit: how long the network may keep what was sent without delivering it.
    package func client(userAgent: String, deliveryLimit: Duration? = nil) throws -> Client {
        var configuration = HTTPClientConfiguration(tls: try ClientTLS(identity))
        configuration.deliveryLimit = deliveryLimit
        let http = HTTPClient(configuration)
        return Client(
            transport: RemoteTransport(client: http, endpoint: endpoint, credential: credential, userAgent: userAgent),
            userAgent: userAgent
        ).measured(host: endpoint.authority)
    }
}
