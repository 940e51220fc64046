import Client
import HTTPServing
import NIOCore

/// The gateway's listener together with what keeps it current: a service with one `run`.
package struct GatewayServer: Sendable {
    private let server: HTTPServer
    private let feed: ClusterFeed

    /// - Parameter configuration: where to listen; the limits on requests are set here.
    package init(_ gateway: InferenceGateway, _ configuration: HTTPServerConfiguration, feed: ClusterFeed) {
        var configuration = configuration
        // Answers take long: what is under way when the process is asked to end gets a minute.
        configuration.limits.drainDeadline = .seconds(60)
        server = HTTPServer(configuration, handler: gateway)
        self.feed = feed
    }

    /// Serves until cancelled.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await feed.run() }
            group.addTask { try await server.run() }
            // The first part that fails ends all.
            while try await group.next() != nil {}
        }
    }
}
