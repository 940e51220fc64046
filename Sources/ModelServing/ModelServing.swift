import Client
import Inference
import KubeAPI
import Machinery

/// Serves models: the controller of ModelServices, fed by what the gateway of this process knows.
///
/// Everything that must survive is in the status of the ModelServices; another process can go on at any time. Requests
/// that are seen by gateways of other processes are not known here.
package struct ModelServing: Sendable {
    private let controller: ModelServiceController
    private let log: FailureLog

    /// - Parameters:
    ///   - loads: written by the gateway.
    ///   - samples: one of the gateway's observers.
    ///   - gatewayURL: what clients are told to use, the base URL of the OpenAI API.
    package init(
        client: Client, informers: InformerFactory, loads: PoolLoads, samples: RequestSamples,
        gatewayURL: String? = nil,
        clock: any Clock<Duration> = ContinuousClock(), wallClock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) {
        self.log = log
        controller = ModelServiceController(
            client: client, loads: loads, samples: samples, gatewayURL: gatewayURL, clock: DelayClock(clock),
            wallClock: wallClock,
            recorder: EventRecorder(
                client: client, component: "modelservice-controller", clock: clock, wallClock: wallClock, log: log),
            queue: WorkQueue(
                name: "modelservice", clock: clock, backoff: Backoff(initial: .milliseconds(5), limit: .seconds(60))),
            applied: AppliedObjects(client: client), services: informers.informer(ModelService.self),
            deployments: informers.informer(Deployment.self), clusterServices: informers.informer(Service.self),
            budgets: informers.informer(PodDisruptionBudget.self), pods: informers.informer(Pod.self),
            pools: informers.informer(ServedPool.self), routes: informers.informer(ServedRoute.self))
        controller.connect()
    }

    /// Works until the task is cancelled.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await controller.recorder.run() }
            group.addTask { await controller.followLoads() }
            group.addTask {
                try await controller.waitForSync()
                await ControllerRunner(controller, queue: controller.queue, workers: 2, log: log).run()
            }
            try await group.waitForAll()
        }
    }
}
