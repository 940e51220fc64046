import HTTPClient
import Machinery

/// The client for proxied pods and services.
enum ProxyClient {
    static func make() throws(StatusError) -> HTTPClient {
        do {
            // What pods serve is signed by whom they like; the request said whom to reach, and no credential goes there.
            let tls = try ClientTLS(.init(trust: .insecureSkipVerify))
            return HTTPClient(HTTPClientConfiguration(tls: tls))
        } catch {
            throw StatusError.internalError("the client of proxied requests: \(error)")
        }
    }
}
