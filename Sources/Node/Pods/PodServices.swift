import CRI
import Client
import KubeAPI

/// What workers of pods work with; shared by all pods of the node.
package struct PodServices: Sendable {
    package let settings: NodeSettings
    package let runtime: any ContainerRuntime
    package let api: any PodAPI
    package let images: ImageManager
    package let volumes: VolumeManager
    package let imageVolumes: ImageVolumes
    package let startups = StartupMetrics()
    package let objects: any RetainingPodObjects
    package let probes: ProbeManager
    package let prober: any ProbeRunner
    package let statuses: PodStatusBuilder
    package let devices: PodDevices
    package let timers: TimerQueue
    package let scope: TaskScope
    package let clock: NodeClock
    package let log: FailureLog

    package init(
        settings: NodeSettings, runtime: any ContainerRuntime, api: any PodAPI, images: ImageManager,
        volumes: VolumeManager, objects: any RetainingPodObjects, probes: ProbeManager, prober: any ProbeRunner,
        statuses: PodStatusBuilder, devices: PodDevices = PodDevices(nil), timers: TimerQueue, scope: TaskScope,
        clock: NodeClock, log: FailureLog = .standardError
    ) {
        self.settings = settings
        self.runtime = runtime
        self.api = api
        self.images = images
        self.volumes = volumes
        imageVolumes = ImageVolumes(paths: settings.paths, runtime: runtime, clock: clock)
        self.objects = objects
        self.probes = probes
        self.prober = prober
        self.statuses = statuses
        self.devices = devices
        self.timers = timers
        self.scope = scope
        self.clock = clock
        self.log = log
    }
}

/// What the agent does to pods in the API: a seam, so that workers are tested without a server.
package protocol PodAPI: Sendable {
    /// Patches a pod's status and returns the stored object.
    func patchStatus(_ pod: Pod, _ patch: ObjectPatch) async throws -> Pod
    /// Deletes a pod whose containers are gone. A pod that is not there any more is fine.
    func finalize(_ pod: Pod) async throws
    func event(_ pod: Pod, isWarning: Bool, reason: String, message: String, container: String?)
}

/// Objects that are kept current for as long as a pod refers to them.
package protocol RetainingPodObjects: PodObjects {
    func retain(_ pod: Pod)
    func release(uid: String)
}

extension ReferencedObjects: RetainingPodObjects {}
