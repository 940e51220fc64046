import KubeAPI
import Machinery

/// What a metric says of one pod.
struct PodMetric: Sendable {
    let timestamp: Timestamp
    let window: Duration
    /// In thousandths.
    let value: Int64
}

/// A metric, or the pods it is of, cannot be used.
struct MetricFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// How much pods use of something, and how many of them there should be for that. Pure.
///
/// Pods that say nothing count against the change: as idle when it goes up, as fully used when it goes down.
struct PodUsage: Sendable {
    /// What usage is compared with.
    enum Target: Sendable {
        /// Thousandths per pod.
        case average(Int64)
        /// Percent of what each pod requests, which is given in thousandths.
        case utilization(Int32, requests: [String: Int64])
    }

    struct Proposal: Sendable {
        var replicas: Int32
        /// Thousandths per pod.
        let average: Int64
        let utilization: Int32?
    }

    private struct Groups {
        var ready = 0
        var unready: [String] = []
        var missing: [String] = []
        var ignored: [String] = []
    }

    let pods: [Pod]
    let current: Int32
    let tolerances: Tolerances
    let settings: AutoscalerSettings
    let now: Timestamp

    /// - Parameter resource: what is measured, when it is a resource.
    func proposal(
        _ metrics: [String: PodMetric], _ target: Target, resource: String?
    ) throws(MetricFailure) -> Proposal {
        guard !pods.isEmpty else {
            throw MetricFailure("no pods returned by selector while calculating replica count")
        }
        let groups = group(metrics, resource)
        var values = metrics.mapValues(\.value)
        for name in groups.ignored + groups.unready { values[name] = nil }
        guard !values.isEmpty else {
            throw MetricFailure("did not receive metrics for targeted pods (pods might be unready)")
        }
        let first = try Self.ratio(values, target)
        var proposal = Proposal(replicas: current, average: first.average, utilization: first.utilization)
        let countsUnready = !groups.unready.isEmpty && first.ratio > 1
        if !countsUnready, groups.missing.isEmpty {
            if !tolerances.contain(first.ratio) {
                proposal.replicas = Self.ceiling(first.ratio * Double(groups.ready))
            }
            return proposal
        }
        if first.ratio < 1 {
            for name in groups.missing { values[name] = Self.full(name, target) }
        } else if first.ratio > 1 {
            for name in groups.missing { values[name] = 0 }
        }
        if countsUnready {
            for name in groups.unready { values[name] = 0 }
        }
        let second = try Self.ratio(values, target).ratio
        let turns = (first.ratio < 1 && second > 1) || (first.ratio > 1 && second < 1)
        if tolerances.contain(second) || turns { return proposal }
        let replicas = Self.ceiling(second * Double(values.count))
        if (second < 1 && replicas > current) || (second > 1 && replicas < current) { return proposal }
        proposal.replicas = replicas
        return proposal
    }

    /// How many pods are running and ready.
    func readyCount() throws(MetricFailure) -> Int {
        guard !pods.isEmpty else {
            throw MetricFailure(
                "unable to calculate ready pods: no pods returned by selector while calculating replica count")
        }
        return pods.count { $0.phase == "Running" && $0.isReady }
    }

    private func group(_ metrics: [String: PodMetric], _ resource: String?) -> Groups {
        var groups = Groups()
        for pod in pods {
            if pod.isBeingDeleted || pod.isFailed {
                groups.ignored.append(pod.name)
            } else if pod.phase == "Pending" {
                groups.unready.append(pod.name)
            } else if let metric = metrics[pod.name] {
                if resource == "cpu", isStarting(pod, metric) {
                    groups.unready.append(pod.name)
                } else {
                    groups.ready += 1
                }
            } else {
                groups.missing.append(pod.name)
            }
        }
        return groups
    }

    /// Programs use much of the processor when they start; that says nothing about their load.
    private func isStarting(_ pod: Pod, _ metric: PodMetric) -> Bool {
        guard let ready = pod.condition("Ready"), let started = pod.status.startTime else { return true }
        let changed = ready.lastTransitionTime ?? started
        if started + settings.cpuInitialization > now {
            return ready.status == "False" || metric.timestamp < changed + metric.window
        }
        return ready.status == "False" && started + settings.initialReadinessDelay > changed
    }

    private static func ratio(
        _ values: [String: Int64], _ target: Target
    ) throws(MetricFailure) -> (ratio: Double, average: Int64, utilization: Int32?) {
        switch target {
        case .average(let wanted):
            let average = sum(values.values) / Int64(values.count)
            return (Double(average) / Double(wanted), average, nil)
        case .utilization(let percent, let requests):
            let known = values.filter { requests[$0.key] != nil }
            let requested = sum(known.keys.compactMap { requests[$0] })
            guard requested != 0 else { throw MetricFailure("no metrics returned matched known pods") }
            let used = sum(known.values)
            let utilization = Int32(clamping: Int128(used) * 100 / Int128(requested))
            return (Double(utilization) / Double(percent), used / Int64(known.count), utilization)
        }
    }

    private static func full(_ name: String, _ target: Target) -> Int64 {
        switch target {
        case .average(let wanted): wanted
        case .utilization(let percent, let requests):
            Int64(clamping: Int128(requests[name] ?? 0) * Int128(max(100, percent)) / 100)
        }
    }

    static func sum(_ values: some Sequence<Int64>) -> Int64 {
        Int64(clamping: values.reduce(Int128(0)) { $0 + Int128($1) })
    }

    /// Rounded up, within what a replica count can be.
    static func ceiling(_ value: Double) -> Int32 {
        let rounded = value.rounded(.up)
        if rounded.isNaN { return 0 }
        return rounded >= Double(Int32.max) ? .max : Int32(max(rounded, 0))
    }
}

/// How far usage may be off its target, each way, as a share of it.
struct Tolerances: Sendable {
    let down: Double
    let up: Double

    func contain(_ ratio: Double) -> Bool { 1 - down <= ratio && ratio <= 1 + up }
}

/// What pods ask for of a resource, in thousandths by the pods' names.
enum PodRequests {
    /// - Parameter container: counts this container alone.
    static func of(
        _ resource: String, container: String?, _ pods: [Pod]
    ) throws(MetricFailure) -> [String: Int64] {
        var requests: [String: Int64] = [:]
        for pod in pods { requests[pod.name] = try request(of: pod, resource, container) }
        return requests
    }

    private static func request(
        of pod: Pod, _ resource: String, _ container: String?
    ) throws(MetricFailure) -> Int64 {
        let ofPod = pod.spec.resources?.json["requests"]?.objectValue ?? JSONObject()
        if container == nil, let asked = ofPod[resource].flatMap(Quantity.init(json:)) { return asked.milliValue }
        let lasting = pod.spec.initContainers.filter { $0.restartPolicy == "Always" }
        var sum: Int64 = 0
        for one in pod.spec.containers + lasting where container == nil || container == one.name {
            let asked = one.resources?.json["requests"]?[resource].flatMap(Quantity.init(json:))
            if let asked {
                sum += asked.milliValue
            } else if ofPod.isEmpty || container != nil {
                throw MetricFailure("missing request for \(resource) in container \(one.name) of Pod \(pod.name)")
            }
        }
        if !ofPod.isEmpty, container == nil, sum == 0 {
            throw MetricFailure("missing pod-level request for \(resource) in Pod \(pod.name)")
        }
        return sum
    }
}
