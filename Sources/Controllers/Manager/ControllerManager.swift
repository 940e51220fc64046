import Client
import KubeAPI
import Machinery

/// All controllers of the cluster, over one set of informers.
///
/// Make one per process; `run()` while this process may act, again if leadership comes back. The informers' own
/// `run()` is the caller's, as they serve others too.
package final class ControllerManager: Sendable {
    private let context: ControllerContext
    private let services: [any ControllerService]

    package init(client: Client, informers: InformerFactory, configuration: ControllerManagerConfiguration) {
        let recorder = EventRecorder(
            client: client, component: "controller-manager", clock: configuration.clock,
            wallClock: configuration.wallClock, log: configuration.log)
        let context = ControllerContext(
            client: client, informers: informers, recorder: recorder, clock: configuration.clock,
            wallClock: configuration.wallClock, log: configuration.log)
        self.context = context
        services = Self.catalog(context, configuration).filter { configuration.runs($0.key) }
            .sorted { $0.key < $1.key }.map { $0.value() }
    }

    /// The names of the controllers that run.
    package var names: [String] { services.map(\.name) }

    /// Runs all controllers until the task is cancelled.
    /// - Throws: when one of them cannot go on.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [context] in await context.recorder.run() }
            for service in services {
                group.addTask { try await service.run() }
            }
            do {
                try await group.waitForAll()
            } catch is CancellationError {
                group.cancelAll()
            }
        }
    }

    /// Every controller by its name; made only when it is to run.
    private static func catalog(
        _ context: ControllerContext, _ configuration: ControllerManagerConfiguration
    ) -> [String: () -> any ControllerService] {
        var catalog: [String: () -> any ControllerService] = [
            "deployment": { DeploymentController(context) },
            "replicaset": {
                ReplicaController<ReplicaSet>(context, name: "replicaset", component: "replicaset-controller")
            },
            "replicationcontroller": {
                ReplicaController<ReplicationController>(
                    context, name: "replicationcontroller", component: "replication-controller")
            },
            "statefulset": { StatefulSetController(context, features: configuration.features) },
            "job": { JobController(context) },
            "cronjob": { CronJobController(context) },
            "disruption": { DisruptionController(context) },
            "horizontal-pod-autoscaler": {
                AutoscalerController(context, settings: configuration.autoscaling, features: configuration.features)
            },
            "daemonset": { DaemonSetController(context) },
            "endpointslice": { EndpointSliceController(context) },
            "endpointslice-mirroring": { MirroringController(context) },
            "endpoints": { EndpointsController(context) },
            "namespace": { NamespaceController(context) },
            "resourcequota": { ResourceQuotaController(context) },
            "garbage-collector": { GarbageCollector(context) },
            "serviceaccount": { ServiceAccountController(context) },
            "node-lifecycle": { NodeLifecycleController(context, timing: configuration.nodeLifecycle) },
            "taint-eviction": { TaintEvictionController(context) },
            "ttl-after-finished": { TTLAfterFinishedController(context) },
            "pod-garbage-collector": { PodGCController(context, endedLimit: configuration.terminatedPodLimit) },
            "dedicated-nodes": { DedicatedNodeController(context) },
            "csrcleaner": { CertificateCleaningController(context) },
            "clusterrole-aggregation": { ClusterRoleAggregationController(context) },
        ]
        catalog.merge(storage(context)) { $1 }
        if let bundle = configuration.rootCertificates {
            catalog["root-ca-certificate-publisher"] = { RootCAController(context, bundle: bundle) }
        }
        if let issuer = configuration.accountTokens {
            catalog["serviceaccount-token"] = {
                TokenSecretController(context, issuer: issuer, bundle: configuration.rootCertificates)
            }
        }
        if let ipam = configuration.nodeIPAM {
            catalog["node-ipam"] = { NodeIPAMController(context, configuration: ipam) }
        }
        if let provider = configuration.loadBalancers {
            catalog["service-lb"] = { ServiceLoadBalancerController(context, provider: provider) }
        }
        if let authority = configuration.certificateAuthority {
            catalog["csrapproving"] = { CertificateApprovalController(context, authority: authority) }
            catalog["csrsigning"] = { CertificateSigningController(context, authority: authority) }
        }
        return catalog
    }
}
