import KubeAPI
import Machinery

/// Which plugins run, and what they are told.
package struct AdmissionSettings: Sendable {
    package var plugins = AdmissionPlugins()
    package var podSecurity = PodSecurityConfiguration()
    package var eventRates: [EventRateLimit] = []
    /// Resources that may be used only under a quota.
    package var limitedResources: [LimitedResource] = []
    /// The tolerations that pods get and may have in namespaces that say nothing of it.
    package var defaultTolerations: [Toleration] = []
    package var allowedTolerations: [Toleration] = []

    package init() {}
}
