import ArgumentParser
import Foundation

/// The inference gateway: OpenAI's API in front of the cluster's models.
struct GatewayOptions: ParsableArguments {
    @Option(help: "The port of the inference gateway, which serves OpenAI's API; 0: there is none, as unless given.")
    var gatewayPort: Int?

    @Option(
        help: """
            A file for one line of JSON about each request of the gateway, without what was asked or answered; - is \
            standard output.
            """)
    var gatewayAccessLog: String?

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        guard let gatewayPort else { return }
        guard (0...65535).contains(gatewayPort) else {
            throw CommandFailure("--gateway-port \(gatewayPort) is no port")
        }
        settings.gateway = gatewayPort == 0 ? nil : GatewaySettings(port: gatewayPort)
    }
}
