import HTTPClient
import KubeAPI
import Machinery

/// An APIService whose requests an extension server answers, read once.
struct AggregatedService: Hashable, Sendable {
    /// Whom to believe to be the extension server.
    enum Trust: Hashable, Sendable {
        case system
        /// PEM text.
        case authorities(String)
        case anybody
        /// The bundle cannot be read: nobody.
        case malformed
    }

    let name: String
    let groupVersion: GroupVersion
    let namespace: String
    let service: String
    let port: Int
    let trust: Trust
    /// What the condition `Available` says.
    let isAvailable: Bool

    /// `nil` for what this server serves itself.
    init?(_ object: APIService) {
        guard let reference = object.spec.service else { return nil }
        name = object.name
        groupVersion = GroupVersion(group: object.spec.group ?? "", version: object.spec.version ?? "")
        namespace = reference.namespace ?? ""
        service = reference.name ?? ""
        port = Int(reference.port ?? 443)
        isAvailable = object.status.conditions.contains { $0.type == "Available" && $0.status == "True" }
        if object.spec.insecureSkipTLSVerify == true {
            trust = .anybody
        } else if let bundle = object.spec.caBundle, !bundle.isEmpty {
            trust = Base64.decode(bundle).map { .authorities(String(decoding: $0, as: UTF8.self)) } ?? .malformed
        } else {
            trust = .system
        }
    }

    /// What the server's certificate has to be for.
    var serverName: String { "\(service).\(namespace).svc" }

    /// Where the group version is served.
    var path: String {
        groupVersion.group.isEmpty ? "/api/\(groupVersion.version)" : "/apis/\(groupVersion.apiVersion)"
    }
}
