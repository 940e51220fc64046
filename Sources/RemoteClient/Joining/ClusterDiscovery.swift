import HTTPClient
import HTTPCore
import Machinery
import PKI

/// Finds out whom to believe in a cluster of which one knows an address and the pin of its authority.
///
/// As kubeadm does it: `cluster-info` is fetched from a server that is not believed yet, what it claims is compared with
/// the pins, and then it is fetched again from a server that proves itself by the pinned authority. Nothing is sent
/// before that, the token least of all.
package struct ClusterDiscovery: Sendable {
    package typealias Fetch = @Sendable (ClientTLS.Trust) async throws -> [UInt8]

    private static let timeout = Duration.seconds(15)
    private static let maximumBytes = 1 << 20

    private let fetch: Fetch

    package init(fetch: @escaping Fetch) {
        self.fetch = fetch
    }

    package init(_ endpoint: HTTPEndpoint) {
        self.init { trust in try await Self.get(endpoint, trust) }
    }

    /// The pinned authorities as PEM text.
    package func authorities(pinned pins: [AuthorityPin]) async throws -> String {
        guard !pins.isEmpty else {
            throw JoinError(
                """
                without the hash of the cluster's authority the cluster cannot be told from an impostor: use the token \
                as gantry token create prints it, ID.SECRET.HASH, or give --ca-cert-hash
                """)
        }
        let claimed = try ClusterInfo(configMap: try await fetch(.insecureSkipVerify)).trusted(by: pins)
        let pem = claimed.map { $0.pem() }.joined()
        let proven = try ClusterInfo(configMap: try await fetch(.authorities(pem: pem))).trusted(by: pins)
        guard Set(proven) == Set(claimed) else {
            throw JoinError("the cluster named other authorities when asked again")
        }
        return pem
    }

    private static func get(_ endpoint: HTTPEndpoint, _ trust: ClientTLS.Trust) async throws -> [UInt8] {
        let client = HTTPClient(HTTPClientConfiguration(tls: try ClientTLS(ClientTLS.Identity(trust: trust))))
        defer { client.shutDown() }
        do {
            let answer = try await client.execute(
                HTTPClientRequest(
                    endpoint: endpoint, target: ClusterInfo.path, headers: ["accept": "application/json"]),
                deadline: .now + timeout)
            let body = try await answer.body.collect(upTo: maximumBytes)
            guard answer.status.rawValue == 200 else {
                throw JoinError("it answered \(answer.status.rawValue) to \(ClusterInfo.path)")
            }
            return body
        } catch {
            if case .authorities = trust {
                throw JoinError(
                    """
                    the server at \(endpoint) does not prove itself by the cluster's authority under that name (is it \
                    the address that its certificate is for?): \(error)
                    """)
            }
            throw JoinError("the server at \(endpoint) could not be asked: \(error)")
        }
    }
}
