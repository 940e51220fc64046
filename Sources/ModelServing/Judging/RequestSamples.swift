import Client
import Inference
import KubeAPI
import Synchronization

/// The requests of the pools that a rollout compares, as they end.
///
/// Only pools that somebody watches are remembered, each by its last few thousand requests, so a cluster without
/// rollouts pays for a look into an empty table.
package final class RequestSamples: InferenceObserver {
    package static let capacity = 8192

    /// A ring of the last requests.
    private struct Window {
        var samples: [(ended: Duration, sample: RequestSample)] = []
        var next = 0

        mutating func append(_ sample: RequestSample, at now: Duration) {
            if samples.count < RequestSamples.capacity {
                samples.append((now, sample))
            } else {
                samples[next] = (now, sample)
                next = (next + 1) % RequestSamples.capacity
            }
        }
    }

    private let clock: DelayClock
    private let windows = Mutex<[ObjectKey: Window]>([:])

    package init(clock: some Clock<Duration> = ContinuousClock()) {
        self.clock = DelayClock(clock)
    }

    package func ended(_ request: InferenceRequest) {
        guard let pool = request.pool else { return }
        let isWatched = windows.withLock { $0[pool] != nil }
        guard isWatched, let sample = RequestSample(request) else { return }
        let now = clock.now
        windows.withLock { $0[pool]?.append(sample, at: now) }
    }

    /// Remembers the requests of a pool from now on, if it does not yet.
    package func watch(_ pool: ObjectKey) {
        windows.withLock { windows in
            if windows[pool] == nil { windows[pool] = Window() }
        }
    }

    package func forget(_ pool: ObjectKey) {
        windows.withLock { $0[pool] = nil }
    }

    /// What ended within the last while.
    package func samples(of pool: ObjectKey, last span: Duration) -> SampleSet {
        let first = clock.now - span
        let window = windows.withLock { $0[pool] }
        return SampleSet((window?.samples ?? []).lazy.filter { $0.ended >= first }.map(\.sample))
    }
}
