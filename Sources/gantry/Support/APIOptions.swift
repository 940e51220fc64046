import APIServer
import AdmissionRules
import ArgumentParser
import Cost
import FlowControl
import Foundation
import KubeAPI
import Scheduler

/// Which parts of the API are on: Kubernetes' own flags.
struct APIOptions: ParsableArguments {
    @Option(help: "Features to turn on or off, by Kubernetes' names: Name=true,Other=false.")
    var featureGates: String?

    @Option(help: "API versions to serve or not: api/beta=true,resource.k8s.io/v1beta1=true.")
    var runtimeConfig: String?

    @Option(help: "Admission plugins to turn on besides the usual ones, by Kubernetes' names, separated by commas.")
    var enableAdmissionPlugins: String?

    @Option(help: "Admission plugins to turn off.")
    var disableAdmissionPlugins: String?

    @Option(help: "What admission plugins are told: a file with Kubernetes' AdmissionConfiguration.")
    var admissionControlConfigFile: String?

    @Option(help: "How pods are placed: a file with a KubeSchedulerConfiguration.")
    var schedulerConfig: String?

    @Option(help: "How many requests are worked on at once, with those of the next flag: 300 a processor, up to 600.")
    var maxRequestsInflight: Int?

    @Option(help: "How many more, as Kubernetes counts writing requests by themselves.")
    var maxMutatingRequestsInflight: Int?

    @Option(help: "How long to go on answering after being asked to end, while being reported as not ready: 10s.")
    var shutdownDelayDuration: String?

    @Option(help: "Where traces go, and how many: a file with Kubernetes' TracingConfiguration.")
    var tracingConfigFile: String?

    @Option(help: "What machines cost: a file with a PriceSheet; a public cloud's prices of parts unless given.")
    var costPrices: String?

    @Option(help: "How failures are written to the log: text or json.")
    var loggingFormat = LoggingFormat.text

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        loggingFormat.apply()
        if let tracingConfigFile { settings.tracingConfiguration = URL(fileURLWithPath: tracingConfigFile).path }
        settings.flags.take("max-requests-inflight", maxRequestsInflight.map(String.init))
        settings.flags.take("max-mutating-requests-inflight", maxMutatingRequestsInflight.map(String.init))
        if let costPrices { settings.prices = URL(fileURLWithPath: costPrices).path }
        if let shutdownDelayDuration { settings.shutdownDelay = shutdownDelayDuration }
        if let featureGates { settings.featureGates = featureGates }
        if let runtimeConfig { settings.runtimeConfig = runtimeConfig }
        if let enableAdmissionPlugins { settings.enabledAdmissionPlugins = enableAdmissionPlugins }
        if let disableAdmissionPlugins { settings.disabledAdmissionPlugins = disableAdmissionPlugins }
        if let admissionControlConfigFile {
            settings.admissionConfiguration = URL(fileURLWithPath: admissionControlConfigFile).path
        }
        if let schedulerConfig { settings.schedulerConfiguration = URL(fileURLWithPath: schedulerConfig).path }
        // A mistake is told at once rather than by a process in the background.
        _ = try settings.servedAPIs()
        _ = try settings.shutdownDelayDuration()
        _ = try settings.tracing()
        _ = try settings.admission()
        _ = try settings.scheduler()
        _ = try settings.flow()
        _ = try settings.priceSheet()
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

    /// How much is done at once: with either flag, the sum of both, of which what is not given is as in Kubernetes.
    func flow() throws -> FlowSettings {
        let names = ["max-requests-inflight", "max-mutating-requests-inflight"]
        let given = try names.map { name in
            try flags[name].map { text in
                guard let number = Int(text), (0...1_000_000).contains(number) else {
                    throw CommandFailure("--\(name): \(text) is not a number from 0 to 1000000")
                }
                return number
            }
        }
        guard given.contains(where: { $0 != nil }) else { return .forThisMachine }
        let seats = (given[0] ?? FlowSettings.kubernetesReads) + (given[1] ?? FlowSettings.kubernetesWrites)
        guard seats > 0 else {
            throw CommandFailure("--\(names[0]) and --\(names[1]) are both 0: nothing could be done")
        }
        return FlowSettings(seats: seats)
    }

    func scheduler() throws -> SchedulerConfiguration {
        guard let schedulerConfiguration else { return SchedulerConfiguration() }
        let text = try String(contentsOfFile: schedulerConfiguration, encoding: .utf8)
        do {
            return try SchedulerConfiguration(text: text)
        } catch {
            throw CommandFailure("--scheduler-config: \(error)")
        }
    }

    func priceSheet() throws -> PriceSheet {
        guard let prices else { return PriceSheet() }
        do {
            return try PriceSheet(text: [UInt8](Data(contentsOf: URL(fileURLWithPath: prices))))
        } catch {
            throw CommandFailure("--cost-prices: \(error)")
        }
    }

    func admission() throws -> AdmissionSettings {
        var result = AdmissionSettings()
        do {
            result.plugins = try AdmissionPlugins(
                enabled: enabledAdmissionPlugins ?? "", disabled: disabledAdmissionPlugins ?? "")
        } catch {
            throw CommandFailure("--\(error)")
        }
        guard let admissionConfiguration else { return result }
        let folder = URL(fileURLWithPath: admissionConfiguration).deletingLastPathComponent()
        func read(_ path: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: path, relativeTo: folder)))
        }
        do {
            try result.apply(read(admissionConfiguration), read: read)
        } catch {
            throw CommandFailure("--admission-control-config-file: \(error)")
        }
        return result
    }
}
