import Client
import Inference
import ModelServing

/// What those who serve models tell each other within a process: the gateway writes, and ModelServices are scaled and
/// judged by it.
struct ModelTraffic: Sendable {
    let loads = PoolLoads()
    let samples = RequestSamples()
}

extension ServerProcess {
    /// The controller of ModelServices.
    ///
    /// - Parameter fence: of the leadership to act under, where others might act too.
    func modelServing(
        _ informers: InformerFactory, _ traffic: ModelTraffic, fence: LeadershipFence? = nil
    ) -> ModelServing {
        ModelServing(
            client: client(user: "system:kube-controller-manager", agent: "gantry-models", fence: fence),
            informers: informers, loads: traffic.loads, samples: traffic.samples,
            gatewayURL: settings.gateway.map { "https://\(settings.address):\($0.port)/v1" })
    }
}
