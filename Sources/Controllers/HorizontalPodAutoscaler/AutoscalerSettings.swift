/// How often and how eagerly autoscalers act, with Kubernetes' defaults.
package struct AutoscalerSettings: Sendable {
    /// How often each autoscaler looks at its metrics.
    package var period = Duration.seconds(15)
    /// How far usage may be off its target without anything being done.
    package var tolerance = 0.1
    /// For how long the highest recommendation stands against fewer replicas.
    package var downscaleStabilization = Duration.seconds(300)
    /// For how long after its start a pod's CPU usage counts only while it is ready.
    package var cpuInitialization = Duration.seconds(300)
    /// For how long after its start a pod may be not ready without having been ready before.
    package var initialReadinessDelay = Duration.seconds(30)

    package init() {}
}
