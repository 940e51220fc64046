import HTTPClient
import Machinery
import PKI

/// A remote service described by a file in kubeconfig format, as Kubernetes' webhooks for audit, authentication and
/// authorization are: `clusters` tell where it is, `users` what the API server shows it.
///
/// Source: k8s.io/apiserver/pkg/util/webhook. Requests go to the exact URL of the cluster.
package struct WebhookKubeconfig: Sendable {
    package enum Credential: Hashable, Sendable {
        case none
        case token(String)
        /// Read anew for each request, for it may be renewed.
        case tokenFile(String)
        case basic(user: String, password: String)
    }

    package let url: String
    package let identity: ClientTLS.Identity
    package let credential: Credential

    /// - Parameters:
    ///   - folder: what relative paths in the file are relative to.
    package init(_ bytes: [UInt8], folder: String = ".") throws(ConfigurationDocument.Failure) {
        let config: JSON
        do {
            config = try YAMLParser.parse(bytes).value
        } catch {
            throw ConfigurationDocument.Failure("the kubeconfig is not YAML: \(error)")
        }
        let context = try Self.context(config)
        let cluster = try Self.named(config["clusters"], context.cluster, "cluster")
        let user = context.user.isEmpty ? JSONObject() : try Self.named(config["users"], context.user, "user")
        url = cluster.string("server") ?? ""
        guard HTTPEndpoint.parse(url) != nil else {
            throw ConfigurationDocument.Failure("\(GoQuote.quote(url)) is no server URL")
        }
        var identity = ClientTLS.Identity(serverName: cluster.string("tls-server-name"))
        if cluster.bool("insecure-skip-tls-verify") == true {
            identity.trust = .insecureSkipVerify
        } else if let pem = try Self.material(cluster, "certificate-authority", folder) {
            identity.trust = .authorities(pem: pem)
        }
        identity.certificateChainPEM = try Self.material(user, "client-certificate", folder)
        identity.privateKeyPEM = try Self.material(user, "client-key", folder)
        self.identity = identity
        if let path = user.string("tokenFile"), !path.isEmpty {
            credential = .tokenFile(Self.path(path, folder))
        } else if let token = user.string("token"), !token.isEmpty {
            credential = .token(token)
        } else if let name = user.string("username"), !name.isEmpty {
            credential = .basic(user: name, password: user.string("password") ?? "")
        } else {
            credential = .none
        }
    }

    /// The current context; of a file without contexts its only cluster and user.
    private static func context(
        _ config: JSON
    ) throws(ConfigurationDocument.Failure) -> (cluster: String, user: String) {
        let current = config["current-context"]?.stringValue ?? ""
        if current.isEmpty, (config["contexts"]?.arrayValue ?? []).isEmpty {
            let clusters = config["clusters"]?.arrayValue ?? []
            guard clusters.count == 1 else {
                throw ConfigurationDocument.Failure("invalid configuration: no configuration has been provided")
            }
            let users = config["users"]?.arrayValue ?? []
            return (clusters[0]["name"]?.stringValue ?? "", users.first?["name"]?.stringValue ?? "")
        }
        let context = try named(config["contexts"], current, "context")
        return (context.string("cluster") ?? "", context.string("user") ?? "")
    }

    private static func named(
        _ list: JSON?, _ name: String, _ kind: String
    ) throws(ConfigurationDocument.Failure) -> JSONObject {
        guard let entry = list?.arrayValue?.first(where: { $0["name"]?.stringValue == name }) else {
            throw ConfigurationDocument.Failure("the kubeconfig has no \(kind) \(GoQuote.quote(name))")
        }
        return entry[kind]?.objectValue ?? JSONObject()
    }

    /// PEM text from the file itself or from one it names.
    private static func material(
        _ object: JSONObject, _ key: String, _ folder: String
    ) throws(ConfigurationDocument.Failure) -> String? {
        if let text = object.string("\(key)-data"), !text.isEmpty {
            guard let bytes = Machinery.Base64.decode(text) else {
                throw ConfigurationDocument.Failure("\(key)-data is not base64")
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        guard let path = object.string(key), !path.isEmpty else { return nil }
        do {
            return String(decoding: try SecureFile.read(Self.path(path, folder)), as: UTF8.self)
        } catch {
            throw ConfigurationDocument.Failure("unable to read \(key): \(error)")
        }
    }

    private static func path(_ path: String, _ folder: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }
}
