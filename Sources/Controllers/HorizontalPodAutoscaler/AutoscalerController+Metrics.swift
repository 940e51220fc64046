import Client
import KubeAPI
import Machinery

extension AutoscalerController {
    /// What all metrics together ask for.
    struct Computed: Sendable {
        /// The highest count; `nil` when the metrics are not good enough to act on.
        var replicas: Int32?
        /// The metric that asked for it.
        var metric = ""
        /// In the order of the spec; an empty one for a metric that could not be read.
        var statuses: [MetricStatus] = []
        var failure: MetricFailure?
    }

    func compute(_ pass: inout AutoscalerPass, _ scale: Scale) async -> Computed {
        let specs = pass.spec.metrics
        var computed = Computed()
        let reading: MetricReading
        switch readable(&pass, scale) {
        case .success(let parsed): reading = parsed
        case .failure(let failure):
            computed.failure = failure
            return computed
        }
        var highest: Int32 = 0
        var first: (reason: String, error: MetricFailure)?
        var failures = 0
        for spec in specs {
            switch await reading.read(spec) {
            case .success(let one):
                computed.statuses.append(one.status)
                if highest == 0 || one.replicas > highest {
                    highest = one.replicas
                    computed.metric = one.name
                }
            case .failure(let problem):
                warn(pass, problem.reason, problem.cause)
                computed.statuses.append(MetricStatus(json: ["type": ""]))
                failures += 1
                if first == nil {
                    first = (problem.reason, MetricFailure(problem.description))
                    computed.failure = MetricFailure(problem.cause)
                }
            }
        }
        if let first {
            let cause = computed.failure?.description ?? ""
            computed.failure = MetricFailure(
                "invalid metrics (\(failures) invalid out of \(specs.count)), first error is: \(first.error)")
            // With part of the metrics missing it is safe to grow, but not to shrink.
            if failures >= specs.count || highest < scale.spec.replicas ?? 0 {
                pass.set(
                    "ScalingActive", false, first.reason,
                    "the HPA was unable to compute the replica count: \(cause)")
                return computed
            }
        }
        computed.replicas = highest
        pass.set(
            "ScalingActive", true, "ValidMetricFound",
            "the HPA was able to successfully calculate a replica count from \(computed.metric)")
        return computed
    }

    /// The pods of the scale's selector, unless that is missing, unreadable, or another autoscaler's too.
    private func readable(_ pass: inout AutoscalerPass, _ scale: Scale) -> Result<MetricReading, MetricFailure> {
        func refuse(_ event: String, _ reason: String, _ message: String, _ text: String) -> MetricFailure {
            warn(pass, event, text)
            pass.set("ScalingActive", false, reason, message)
            return MetricFailure(text)
        }
        guard let text = scale.status.selector, !text.isEmpty else {
            return .failure(
                refuse(
                    "SelectorRequired", "InvalidSelector", "the HPA target's scale is missing a selector",
                    "selector is required"))
        }
        let selector: Selector
        do throws(SelectorError) {
            selector = try Selector(parsing: text)
        } catch {
            let message = "couldn't convert selector into a corresponding internal selector object: \(error)"
            return .failure(refuse("InvalidSelector", "InvalidSelector", message, message))
        }
        let key = pass.autoscaler.key
        let selected = pods.list(namespace: key.namespace).filter {
            selector.matches($0.json["metadata"]?["labels"]?.objectValue ?? JSONObject())
        }
        let others = memory.claim(selector, key, selected)
        guard others.isEmpty else {
            let names = (others + [key]).sorted().map { "{\($0.name) \($0.namespace)}" }.joined(separator: " ")
            let message = "pods by selector \(text) are controlled by multiple HPAs: [\(names)]"
            return .failure(refuse("AmbiguousSelector", "AmbiguousSelector", message, message))
        }
        let usage = PodUsage(
            pods: selected, current: scale.spec.replicas ?? 0, tolerances: tolerances(of: pass), settings: settings,
            now: pass.now)
        return .success(
            MetricReading(
                metrics: metrics, namespace: key.namespace, selector: text, usage: usage,
                statusReplicas: scale.status.replicas))
    }

    private func tolerances(of pass: AutoscalerPass) -> Tolerances {
        let behavior = features.configurableTolerance ? pass.spec.behavior : nil
        return Tolerances(
            down: behavior?.scaleDown?.tolerance?.approximateValue ?? settings.tolerance,
            up: behavior?.scaleUp?.tolerance?.approximateValue ?? settings.tolerance)
    }
}
