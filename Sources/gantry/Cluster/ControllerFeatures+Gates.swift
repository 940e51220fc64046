import APIServer
import Controllers

extension ControllerFeatures {
    /// What the feature gates say.
    init(_ gates: FeatureGates) {
        self.init()
        maxUnavailableStatefulSet = gates.isEnabled("MaxUnavailableStatefulSet")
        scaleToZero = gates.isEnabled("HPAScaleToZero")
        configurableTolerance = gates.isEnabled("HPAConfigurableTolerance")
    }
}
