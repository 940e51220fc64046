import ArgumentParser
import HTTPTestSupport

/// What the inference gateway itself costs: a model server that is only played, the gateway alone in a process of its
/// own, and clients, to be run side by side with another proxy. `scripts/bench gateway` puts them together.
@main
struct GatewayBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "GatewayBenchmark",
        subcommands: [
            PlayedModelServer.self, BareGateway.self, Comparison.self, Fairness.self, ServingCertificate.self,
        ])
}

/// The certificate that the gateway shows, with its key, for another proxy to show.
struct ServingCertificate: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "certificate")

    func run() { print(TestCertificates.server + "\n" + TestCertificates.serverKey) }
}
