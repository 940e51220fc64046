import Client
import KubeAPI
import Machinery

extension ControllerContext {
    /// Whether the server has a resource that not every server has: those behind feature gates.
    ///
    /// A server that does not answer is asked again.
    /// - Throws: `CancellationError`.
    func serves(_ resource: GroupVersionResource) async throws -> Bool {
        let backoff = Backoff(initial: .milliseconds(100), limit: .seconds(30))
        let clock = DelayClock(clock)
        var failures = 0
        while true {
            do throws(StatusError) {
                let served = try await client.servedResources(allVersions: true)
                let isMissed = served.failures.contains { $0.groupVersion == resource.groupVersion }
                if !isMissed { return served.resources.contains { $0.resource == resource } }
            } catch {
                log.report("controllers", "asking for what is served: \(error)")
            }
            try await clock.sleep(for: backoff.delay(afterFailures: failures))
            failures += 1
        }
    }
}

/// A controller of a resource that not every server has: where it is missing, there is nothing to do.
struct OptionalController: ControllerService {
    let name: String
    let context: ControllerContext
    let resource: GroupVersionResource
    /// Makes the controller, and with it informers that would find nothing on other servers.
    let make: @Sendable () -> any ControllerService

    func run() async throws {
        guard try await context.serves(resource) else { return }
        try await make().run()
    }
}
