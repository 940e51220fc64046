/// The feature gates that controllers ask for, with their defaults in Kubernetes 1.36.
package struct ControllerFeatures: Sendable {
    /// MaxUnavailableStatefulSet: a StatefulSet's update may take several pods at a time.
    package var maxUnavailableStatefulSet = false
    /// HPAScaleToZero: autoscalers may take a workload's last replica.
    package var scaleToZero = false
    /// HPAConfigurableTolerance: autoscalers may say how near to its target usage is near enough.
    package var configurableTolerance = true

    package init() {}
}
