import KubeAPI
import Machinery

/// Reads one metric of an autoscaler and says how many replicas it asks for.
struct MetricReading: Sendable {
    struct Outcome: Sendable {
        let replicas: Int32
        /// As Events name it.
        let name: String
        let status: MetricStatus
    }

    /// Why a metric says nothing.
    struct Problem: Error, CustomStringConvertible {
        /// As conditions and Events have it: `FailedGetResourceMetric`.
        let reason: String
        /// What went wrong.
        let cause: String
        /// The same, with what was being done.
        let description: String
    }

    let metrics: MetricsReader
    let namespace: String
    let selector: String
    let usage: PodUsage
    let statusReplicas: Int32

    func read(_ spec: MetricSpec) async -> Result<Outcome, Problem> {
        let reason: String
        let prefix: String
        do throws(MetricFailure) {
            switch spec.type {
            case "Resource":
                (reason, prefix) = ("FailedGetResourceMetric", "\(spec.resource?.name ?? "") resource metric value")
                return .success(try await resource(spec))
            case "ContainerResource":
                let container = spec.containerResource?.container ?? ""
                (reason, prefix) = ("FailedGetContainerResourceMetric", "\(container) container metric value")
                return .success(try await containerResource(spec))
            case "Pods":
                (reason, prefix) = ("FailedGetPodsMetric", "pods metric value")
                return .success(try await podsMetric(spec))
            case "Object":
                (reason, prefix) = ("FailedGetObjectMetric", "object metric value")
                return .success(try await objectMetric(spec))
            case "External":
                (reason, prefix) = (
                    "FailedGetExternalMetric", "\(spec.external?.metric.name ?? "") external metric value"
                )
                return .success(try await externalMetric(spec))
            default:
                let cause = "unknown metric source type \(GoQuote.quote(spec.type))"
                return .failure(Problem(reason: "InvalidMetricSourceType", cause: cause, description: cause))
            }
        } catch {
            return .failure(
                Problem(
                    reason: reason, cause: error.description,
                    description: "failed to get \(prefix): \(error.description)"))
        }
    }

    // MARK: Resources

    private func resource(_ spec: MetricSpec) async throws(MetricFailure) -> Outcome {
        let source = spec.resource ?? ResourceMetricSource()
        let (proposal, name) = try await measure(source.name, nil, source.target)
        var status = ResourceMetricStatus()
        status.name = source.name
        status.current = Self.value(of: proposal, source.name)
        var result = MetricStatus()
        result.type = spec.type
        result.resource = status
        return Outcome(replicas: proposal.replicas, name: name, status: result)
    }

    private func containerResource(_ spec: MetricSpec) async throws(MetricFailure) -> Outcome {
        let source = spec.containerResource ?? ContainerResourceMetricSource()
        let (proposal, name) = try await measure(source.name, source.container, source.target)
        var status = ContainerResourceMetricStatus()
        status.name = source.name
        status.container = source.container
        status.current = Self.value(of: proposal, source.name)
        var result = MetricStatus()
        result.type = spec.type
        result.containerResource = status
        return Outcome(replicas: proposal.replicas, name: name, status: result)
    }

    private func measure(
        _ resource: String, _ container: String?, _ target: MetricTarget
    ) async throws(MetricFailure) -> (PodUsage.Proposal, String) {
        let what = target.averageValue == nil ? "utilization" : "usage"
        guard target.averageValue != nil || target.averageUtilization != nil else {
            throw MetricFailure(
                "invalid resource metric source: neither an average utilization target nor an average value (usage) "
                    + "target was set")
        }
        do throws(MetricFailure) {
            let values: [String: PodMetric]
            do throws(MetricFailure) {
                values = try await metrics.resource(resource, namespace, selector, container: container)
            } catch {
                guard target.averageValue == nil else { throw error }
                throw MetricFailure("unable to get metrics for resource \(resource): \(error)")
            }
            if let average = target.averageValue {
                let proposal = try usage.proposal(values, .average(average.milliValue), resource: resource)
                return (proposal, "\(resource) resource")
            }
            let requests = try PodRequests.of(resource, container: container, usage.pods)
            let proposal = try usage.proposal(
                values, .utilization(target.averageUtilization ?? 0, requests: requests), resource: resource)
            let kind = container == nil ? "resource" : "container resource"
            return (proposal, "\(resource) \(kind) utilization (percentage of request)")
        } catch {
            throw MetricFailure("failed to get \(resource) \(what): \(error)")
        }
    }

    private static func value(of proposal: PodUsage.Proposal, _ resource: String) -> MetricValueStatus {
        var value = MetricValueStatus()
        value.averageUtilization = proposal.utilization
        value.averageValue = Quantity(
            milli: proposal.average, format: resource == "memory" ? .binarySI : .decimalSI)
        return value
    }

    // MARK: Custom metrics

    private func podsMetric(_ spec: MetricSpec) async throws(MetricFailure) -> Outcome {
        let source = spec.pods ?? PodsMetricSource()
        let values: [String: PodMetric]
        do throws(MetricFailure) {
            values = try await metrics.pods(source.metric, namespace, selector)
        } catch {
            throw MetricFailure("unable to get metric \(source.metric.name): \(error)")
        }
        let target = source.target.averageValue?.milliValue ?? 0
        let proposal = try usage.proposal(values, .average(target), resource: nil)
        var status = PodsMetricStatus()
        status.metric = source.metric
        status.current = Self.average(proposal.average)
        var result = MetricStatus()
        result.type = spec.type
        result.pods = status
        return Outcome(replicas: proposal.replicas, name: "pods metric \(source.metric.name)", status: result)
    }

    private func objectMetric(_ spec: MetricSpec) async throws(MetricFailure) -> Outcome {
        let source = spec.object ?? ObjectMetricSource()
        let object = source.describedObject
        func read() async throws(MetricFailure) -> Int64 {
            do throws(MetricFailure) {
                return try await metrics.object(source.metric, namespace, object)
            } catch {
                throw MetricFailure(
                    "unable to get metric \(source.metric.name): \(object.kind) on \(namespace) \(object.name)/\(error)"
                )
            }
        }
        var status = ObjectMetricStatus()
        status.describedObject = object
        status.metric = source.metric
        var result = MetricStatus()
        result.type = spec.type
        let replicas: Int32
        let name: String
        if source.target.type == "Value", let wanted = source.target.value?.milliValue {
            let total = try await read()
            replicas = try count(Double(total) / Double(wanted))
            status.current = Self.total(total)
            name = "\(object.kind) metric \(source.metric.name)"
        } else if source.target.type == "AverageValue", let wanted = source.target.averageValue?.milliValue {
            let total: Int64
            do throws(MetricFailure) {
                total = try await read()
            } catch {
                throw MetricFailure("failed to get \(source.metric.name) object metric: \(error)")
            }
            replicas = countPerPod(total, wanted)
            status.current = Self.average(perPod(total))
            name = "external metric \(source.metric.name)(\(Self.text(source.metric.selector)))"
        } else {
            throw MetricFailure(
                "invalid object metric source: neither a value target nor an average value target was set")
        }
        result.object = status
        return Outcome(replicas: replicas, name: name, status: result)
    }

    // MARK: External metrics

    private func externalMetric(_ spec: MetricSpec) async throws(MetricFailure) -> Outcome {
        let source = spec.external ?? ExternalMetricSource()
        let metric = source.metric
        guard source.target.averageValue != nil || source.target.value != nil else {
            throw MetricFailure(
                "invalid external metric source: neither a value target nor an average value target was set")
        }
        let total: Int64
        do throws(MetricFailure) {
            total = try await metrics.external(metric, namespace)
        } catch {
            let what =
                source.target.averageValue == nil ? "external metric \(metric.name)" : "\(metric.name) external metric"
            throw MetricFailure(
                "failed to get \(what): unable to get external metric "
                    + "\(namespace)/\(metric.name)/\(Self.text(metric.selector)): \(error)")
        }
        var status = ExternalMetricStatus()
        status.metric = metric
        let replicas: Int32
        if let wanted = source.target.averageValue?.milliValue {
            replicas = countPerPod(total, wanted)
            status.current = Self.average(perPod(total))
        } else {
            replicas = try count(Double(total) / Double(source.target.value?.milliValue ?? 0))
            status.current = Self.total(total)
        }
        var result = MetricStatus()
        result.type = spec.type
        result.external = status
        return Outcome(
            replicas: replicas, name: "external metric \(metric.name)(\(Self.text(metric.selector)))",
            status: result)
    }

    // MARK: Arithmetic

    /// By how much a total is off its target, times the pods that bear it; from nothing, as many as the total needs.
    private func count(_ ratio: Double) throws(MetricFailure) -> Int32 {
        guard usage.current != 0 else { return PodUsage.ceiling(ratio) }
        if usage.tolerances.contain(ratio) { return usage.current }
        return PodUsage.ceiling(ratio * Double(try usage.readyCount()))
    }

    private func countPerPod(_ total: Int64, _ wanted: Int64) -> Int32 {
        let ratio = Double(total) / (Double(wanted) * Double(statusReplicas))
        if usage.tolerances.contain(ratio) { return statusReplicas }
        return PodUsage.ceiling(Double(total) / Double(wanted))
    }

    private func perPod(_ total: Int64) -> Int64 {
        guard statusReplicas > 0 else { return total }
        let (quotient, remainder) = total.quotientAndRemainder(dividingBy: Int64(statusReplicas))
        return quotient + (remainder > 0 ? 1 : 0)
    }

    private static func average(_ milli: Int64) -> MetricValueStatus {
        var value = MetricValueStatus()
        value.averageValue = Quantity(milli: milli)
        return value
    }

    private static func total(_ milli: Int64) -> MetricValueStatus {
        var value = MetricValueStatus()
        value.value = Quantity(milli: milli)
        return value
    }

    /// A selector as messages show it.
    private static func text(_ selector: LabelSelector?) -> String {
        guard let json = selector?.json else { return "nil" }
        // An unreadable one has been refused before.
        return (try? Selector(labelSelector: json).description) ?? ""
    }
}
