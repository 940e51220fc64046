import Client
import Machinery

/// What the controllers need to know that the API does not tell.
package struct ControllerManagerConfiguration: Sendable {
    /// Which controllers run: names, with or without `-controller` behind, `*` for all, `-name` to leave one out;
    /// later entries win.
    package var controllers: [String]
    /// The PEM certificates published to every namespace; without them that controller does not run.
    package var rootCertificates: String?
    /// Without it no certificate requests are approved or signed.
    package var certificateAuthority: CertificateAuthority?
    /// Without it Secrets for tokens stay empty.
    package var accountTokens: AccountTokenIssuer?
    package var nodeLifecycle: NodeLifecycleTiming
    /// Without it nodes are given no pod ranges.
    package var nodeIPAM: NodeIPAMConfiguration?
    /// Without it Services of the type LoadBalancer wait for somebody else.
    package var loadBalancers: (any LoadBalancerProvider)?
    /// How many ended pods are kept; zero keeps all.
    package var terminatedPodLimit: Int
    package var autoscaling = AutoscalerSettings()
    package var features: ControllerFeatures
    package var clock: any Clock<Duration>
    package var wallClock: any WallClock
    package var log: FailureLog

    package init(
        controllers: [String] = ["*"], rootCertificates: String? = nil,
        certificateAuthority: CertificateAuthority? = nil,
        nodeIPAM: NodeIPAMConfiguration? = nil, nodeLifecycle: NodeLifecycleTiming = NodeLifecycleTiming(),
        terminatedPodLimit: Int = 12_500, features: ControllerFeatures = ControllerFeatures(),
        clock: any Clock<Duration> = ContinuousClock(), wallClock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) {
        self.controllers = controllers
        self.rootCertificates = rootCertificates
        self.certificateAuthority = certificateAuthority
        self.nodeIPAM = nodeIPAM
        self.nodeLifecycle = nodeLifecycle
        self.terminatedPodLimit = terminatedPodLimit
        self.features = features
        self.clock = clock
        self.wallClock = wallClock
        self.log = log
    }

    func runs(_ name: String) -> Bool {
        var runs = false
        for entry in controllers {
            if ["*", name, name + "-controller"].contains(entry) { runs = true }
            if ["-*", "-" + name, "-" + name + "-controller"].contains(entry) { runs = false }
        }
        return runs
    }
}
