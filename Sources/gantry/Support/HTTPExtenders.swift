import Foundation
import HTTPClient
import HTTPCore
import Machinery
import NIOCore
import PKI
import Scheduler

/// Reaches a scheduler's extenders over HTTP.
struct HTTPExtenders: ExtenderTransport {
    private static let maximumAnswerBytes = 32 << 20

    private let clients: [ExtenderSettings: HTTPClient]

    init(_ extenders: [ExtenderSettings]) throws {
        var clients: [ExtenderSettings: HTTPClient] = [:]
        for extender in extenders {
            let tls = try extender.security.map { try ClientTLS(Self.identity($0)) }
            clients[extender] = HTTPClient(HTTPClientConfiguration(tls: tls))
        }
        self.clients = clients
    }

    private static func identity(_ security: ExtenderSettings.Security) throws -> ClientTLS.Identity {
        func text(_ material: ExtenderSettings.Material?) throws -> String? {
            switch material {
            case nil: return nil
            case .file(let path)?: return try String(contentsOfFile: path, encoding: .utf8)
            case .data(let base64)?: return String(decoding: try PKI.Base64.standard.decode(base64), as: UTF8.self)
            }
        }
        var identity = ClientTLS.Identity()
        if security.isInsecure {
            identity.trust = .insecureSkipVerify
        } else if let authority = try text(security.authority) {
            identity.trust = .authorities(pem: authority)
        }
        identity.serverName = security.serverName
        identity.certificateChainPEM = try text(security.certificate)
        identity.privateKeyPEM = try text(security.key)
        return identity
    }

    func post(_ extender: ExtenderSettings, verb: String, _ body: [UInt8]) async throws -> [UInt8] {
        guard let client = clients[extender] else { throw ExtenderFailure("\(extender.url) was not configured") }
        let request = try HTTPClientRequest(
            method: .post, url: "\(extender.url)/\(verb)",
            headers: ["Content-Type": "application/json", "Accept": "application/json"],
            body: .bytes(ByteBuffer(bytes: body)))
        let answer = try await client.execute(request, deadline: ContinuousClock.now + extender.timeout)
        let bytes = try await answer.body.collect(upTo: Self.maximumAnswerBytes)
        guard answer.status.rawValue == 200 else {
            throw ExtenderFailure("\(extender.url)/\(verb) answers with \(answer.status.rawValue)")
        }
        return bytes
    }
}
