import KubeAPI
import Machinery
import PKI

/// What a cluster says of itself to anybody: the ConfigMap `kube-public/cluster-info`, a kubeconfig without a user, in
/// the form of kubeadm.
package struct ClusterInfo: Sendable {
    package static let key = ObjectKey(namespace: "kube-public", name: "cluster-info")
    static let path = "/api/v1/namespaces/kube-public/configmaps/cluster-info"
    private static let member = "kubeconfig"

    /// The certificates the cluster claims as its authorities.
    package let authorities: [Certificate]

    /// Reads the ConfigMap's JSON. Nothing in it is trusted yet.
    package init(configMap bytes: [UInt8]) throws(JoinError) {
        do {
            let map = try JSON(parsing: bytes)
            guard let text = map["data"]?[Self.member]?.stringValue else {
                throw JoinError("it has no \(Self.member)")
            }
            let config = try YAMLParser.parse(Array(text.utf8)).value
            let cluster = config["clusters"]?[0]?["cluster"]
            guard let encoded = cluster?["certificate-authority-data"]?.stringValue else {
                throw JoinError("its kubeconfig has no certificate-authority-data")
            }
            authorities = try Certificate.bundle(pem: Base64.standard.decode(encoded))
        } catch {
            throw JoinError("cannot read the cluster's ConfigMap cluster-info: \(error)")
        }
    }

    /// The authorities that are pinned; the others are not believed.
    package func trusted(by pins: [AuthorityPin]) throws(JoinError) -> [Certificate] {
        let trusted = authorities.filter { authority in pins.contains { $0.matches(authority) } }
        guard !trusted.isEmpty else {
            let claimed = authorities.compactMap { try? AuthorityPin($0).description }.joined(separator: ", ")
            throw JoinError(
                """
                this is not the cluster the token is for, or somebody stands between: its authority has the hash \
                \(claimed), which is none of \(pins.map(\.description).joined(separator: ", "))
                """)
        }
        return trusted
    }

    /// The ConfigMap for a cluster.
    package static func configMap(server: String, authority: String) -> ConfigMap {
        var map = ConfigMap(name: key.name, namespace: key.namespace)
        map.data = [
            member: """
            apiVersion: v1
            kind: Config
            clusters:
            - name: ""
              cluster:
                certificate-authority-data: \(Base64.standard.encode(Array(authority.utf8)))
                server: \(server)
            contexts: null
            current-context: ""
            preferences: {}
            users: null

            """
        ]
        return map
    }
}
