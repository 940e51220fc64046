import Client
import Foundation
import HTTPClient
import Machinery
import PKI
import RemoteClient

/// A node's standing in a cluster over the network: whom it believes, what it proves itself with, and the client that
/// acts as the node. The certificate is renewed while it runs.
struct ClusterMembership: Sendable {
    let client: Client
    let authorities: String
    private let http: HTTPClient
    private let tls: ClientTLS
    private let key: CertifiedKey
    private let order: CertificateOrder
    private let data: DataFolder

    private init(
        _ endpoint: HTTPEndpoint, _ data: DataFolder, order: CertificateOrder, key: CertifiedKey, authorities: String
    ) throws {
        self.data = data
        self.order = order
        self.key = key
        self.authorities = authorities
        tls = try ClientTLS(Self.identity(key, authorities))
        http = HTTPClient(HTTPClientConfiguration(tls: tls))
        client = Client(
            transport: RemoteTransport(client: http, endpoint: endpoint, userAgent: "gantry-agent"),
            userAgent: "gantry-agent")
    }

    private static func identity(_ key: CertifiedKey, _ authorities: String) throws -> ClientTLS.Identity {
        ClientTLS.Identity(
            trust: .authorities(pem: authorities), certificateChainPEM: key.chainPEM, privateKeyPEM: try key.keyPEM)
    }

    /// What joining needs besides the address; not needed again afterwards.
    struct Invitation: Sendable {
        let token: JoinToken
        let pins: [AuthorityPin]
    }

    /// Takes up the membership kept in the data folder, or joins.
    static func establish(
        _ settings: AgentSettings, _ data: DataFolder, invitation: Invitation?,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ClusterMembership {
        guard let (endpoint, _) = HTTPEndpoint.parse(settings.server), endpoint.isSecure else {
            throw CommandFailure("--server must be of the form https://HOST:6443, not \(settings.server)")
        }
        let order = CertificateOrder.client(node: settings.nodeName)
        if let (key, authorities) = try kept(data, order, pins: invitation?.pins ?? []) {
            return try ClusterMembership(endpoint, data, order: order, key: key, authorities: authorities)
        }
        guard let invitation else {
            throw CommandFailure(
                """
                this machine has no valid certificate of the cluster; join with a token, which \
                'gantry token create' prints on the server
                """)
        }
        let authorities = try await ClusterDiscovery(endpoint).authorities(pinned: invitation.pins)
        let tls = try ClientTLS(ClientTLS.Identity(trust: .authorities(pem: authorities)))
        let http = HTTPClient(HTTPClientConfiguration(tls: tls))
        defer { http.shutDown() }
        let bearer = RemoteTransport(
            client: http, endpoint: endpoint, credential: .token(invitation.token.bearer), userAgent: "gantry-agent")
        let key: CertifiedKey
        do {
            key = try await order.place(with: Client(transport: bearer, userAgent: "gantry-agent")) { name in
                progress("asked for a certificate: \(name)")
            }
        } catch let error as StatusError where error.reason == .unauthorized {
            throw CommandFailure("the token is not known to the cluster, or has expired")
        }
        try SecureFile.write(authorities, to: data.clusterAuthority)
        try key.save(data.nodeClientKey)
        return try ClusterMembership(endpoint, data, order: order, key: key, authorities: authorities)
    }

    /// What an earlier start left, if it is of the cluster that is asked for and still good.
    private static func kept(
        _ data: DataFolder, _ order: CertificateOrder, pins: [AuthorityPin]
    ) throws -> (CertifiedKey, String)? {
        let files = FileManager.default
        guard files.fileExists(atPath: data.clusterAuthority), files.fileExists(atPath: data.nodeClientKey) else {
            return nil
        }
        let authorities = String(decoding: try SecureFile.read(data.clusterAuthority), as: UTF8.self)
        let known = try Certificate.bundle(pem: authorities).map { try AuthorityPin($0) }
        guard pins.isEmpty || !Set(known).isDisjoint(with: pins) else { return nil }
        let key = try CertifiedKey(file: data.nodeClientKey)
        guard order.isFilled(by: key.leaf),
            try key.isValid(.client, by: authorities, at: SystemWallClock().now)
        else { return nil }
        return (key, authorities)
    }

    /// Keeps the certificate current, until cancelled.
    func run(log: FailureLog) async throws {
        let keeper = CertificateKeeper("node client certificate", key, log: log) { [order, client] in
            try await order.place(with: client)
        } use: { [tls, http, data, authorities] key in
            try key.save(data.nodeClientKey)
            try tls.replace(Self.identity(key, authorities))
            http.retireConnections()
        }
        try await keeper.run()
    }
}
