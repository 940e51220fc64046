import Machinery

/// Where a webhook is, and whom to believe there: the `clientConfig` of admission webhooks and conversions, read once.
package struct WebhookTarget: Hashable, Sendable {
    package enum Address: Hashable, Sendable {
        /// `https://host[:port]/path`.
        case url(String)
        case service(namespace: String, name: String, path: String, port: Int)
    }

    private static let standardPort: Int64 = 443

    package let address: Address
    /// The CAs that may have signed the server's certificate, as PEM text; `nil`: the system's.
    package let authorities: String?

    /// - Parameter config: `url` or `service`, and `caBundle`.
    package init(_ config: JSONObject) throws(WebhookCallError) {
        if let service = config["service"]?.objectValue {
            address = .service(
                namespace: service.string("namespace") ?? "", name: service.string("name") ?? "",
                path: service.string("path") ?? "/", port: Int(service.int64("port") ?? Self.standardPort))
        } else if let url = config.string("url") {
            address = .url(url)
        } else {
            throw WebhookCallError("webhook configuration must have either service or URL")
        }
        guard let bundle = config.string("caBundle"), !bundle.isEmpty else {
            authorities = nil
            return
        }
        guard let pem = Base64.decode(bundle) else { throw WebhookCallError("unable to load root certificates") }
        authorities = String(decoding: pem, as: UTF8.self)
    }

    /// What messages show: the URL, a service under its name.
    package var url: String {
        switch address {
        case .url(let url): url
        case .service(let namespace, let name, let path, let port):
            "https://\(name).\(namespace).svc:\(port)\(path.hasPrefix("/") ? "" : "/")\(path)"
        }
    }
}

/// Why a webhook gave no answer, worded as Go's HTTP client words it.
package struct WebhookCallError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
