import APIServer
import ArgumentParser

/// Which parts of the API are on: Kubernetes' own flags.
struct APIOptions: ParsableArguments {
    @Option(help: "Features to turn on or off, by Kubernetes' names: Name=true,Other=false.")
    var featureGates: String?

    @Option(help: "API versions to serve or not: api/beta=true,resource.k8s.io/v1beta1=true.")
    var runtimeConfig: String?

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        if let featureGates { settings.featureGates = featureGates }
        if let runtimeConfig { settings.runtimeConfig = runtimeConfig }
        // A mistake is told at once rather than by a process in the background.
        _ = try settings.servedAPIs()
    }
}

extension ClusterSettings {
    func features() throws -> FeatureGates {
        do {
            return try FeatureGates(parsing: featureGates ?? "")
        } catch {
            throw CommandFailure("--feature-gates: \(error)")
        }
    }

    func servedAPIs() throws -> ServedAPIs {
        let gates = try features()
        do {
            return try ServedAPIs(runtimeConfig: runtimeConfig ?? "", gates: gates)
        } catch {
            throw CommandFailure("--runtime-config: \(error)")
        }
    }
}
