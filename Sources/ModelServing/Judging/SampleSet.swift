import Inference

/// What requests to one version did within some time. Times in seconds.
package struct SampleSet: Sendable, Hashable {
    /// Requests that were answered, well or badly.
    package private(set) var requests = 0
    /// Those of them that failed by the server's fault.
    package private(set) var failures = 0
    /// Requests that the model server itself refused: by the client's fault, or because it does not know the model.
    package private(set) var refusals = 0
    package private(set) var firstTokens: [Double] = []
    /// How long clients waited that left before the first token.
    package private(set) var abandoned: [Double] = []
    package private(set) var queueWaits: [Double] = []
    /// Tokens a second, of answers with several.
    package private(set) var rates: [Double] = []
    /// What requests cost whose price is known.
    package private(set) var costs: [Double] = []

    package init() {}

    package init(_ samples: some Sequence<RequestSample>) {
        for sample in samples { add(sample) }
        sort()
    }

    private mutating func add(_ sample: RequestSample) {
        switch sample.kind {
        case .served: requests += 1
        case .failed:
            requests += 1
            failures += 1
        case .refused: refusals += 1
        case .cancelled: break
        }
        if sample.kind != .refused { queueWaits.append(sample.queueWait) }
        if let first = sample.firstToken {
            firstTokens.append(first)
        } else if sample.kind == .cancelled {
            abandoned.append(sample.duration)
        }
        if let rate = sample.rate { rates.append(rate) }
        if let cost = sample.cost { costs.append(cost) }
    }

    private mutating func sort() {
        firstTokens.sort()
        abandoned.sort()
        queueWaits.sort()
        rates.sort()
    }

    package var isEmpty: Bool { requests == 0 && refusals == 0 && abandoned.isEmpty }
}

/// What is kept of one request for judging.
package struct RequestSample: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case served, failed, refused, cancelled
    }

    package let kind: Kind
    package let firstToken: Double?
    package let queueWait: Double
    package let rate: Double?
    package let duration: Double
    package let cost: Double?

    /// `nil` for a request that says nothing about the version.
    package init?(_ request: InferenceRequest) {
        switch request.outcome {
        case .served: kind = .served
        case .failed: kind = .failed
        case .cancelled: kind = .cancelled
        case .refused:
            // What the gateway refused has never come to a replica.
            guard request.pod != nil else { return nil }
            kind = .refused
        case .shed: return nil
        }
        firstToken = request.timeToFirstToken.map { $0 / .seconds(1) }
        queueWait = request.queueWait / .seconds(1)
        let between = request.timePerOutputToken.map { $0 / .seconds(1) } ?? 0
        rate = between > 0 ? 1 / between : nil
        duration = request.duration / .seconds(1)
        cost = request.outcome == .refused ? nil : request.cost
    }
}
