/// How the inference gateway of a cluster was started.
struct GatewaySettings: Codable, Hashable, Sendable {
    var port: Int
    /// Where requests are written down; `-` is standard output.
    var accessLog: String?
}
