import Glibc
import Inference
import KubeAPI
import ModelServing

/// Requests with made-up times, from a generator that a test can repeat.
struct Traffic {
    private var state: UInt64

    /// What a version does: how often it fails, and the middle of its times.
    struct Quality {
        var failures = 0.0
        var refusals = 0.0
        var firstToken = 0.2
        var rate = 40.0
    }

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// Between 0 and 1 (SplitMix64).
    mutating func random() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((value ^ (value >> 31)) >> 11) * 0x1.0p-53
    }

    /// A time around a middle, with a long tail: as often half as much as twice as much, seldom four times.
    mutating func spread(_ middle: Double) -> Double {
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + random() }
        return middle * exp2(normal * 0.5)
    }

    mutating func request(_ quality: Quality) -> InferenceRequest {
        var request = InferenceRequest()
        request.pod = ObjectKey(namespace: "shop", name: "pod")
        let die = random()
        request.outcome =
            die < quality.failures ? .failed : die < quality.failures + quality.refusals ? .refused : .served
        guard request.outcome == .served else { return request }
        request.timeToFirstToken = .seconds(spread(quality.firstToken))
        request.timePerOutputToken = .seconds(spread(1 / quality.rate))
        request.queueWait = .seconds(random() * 0.01)
        return request
    }

    mutating func samples(_ count: Int, _ quality: Quality) -> SampleSet {
        SampleSet((0..<count).compactMap { _ in RequestSample(request(quality)) })
    }
}
