import Machinery
import Synchronization

/// Sends audit events to a service in batches (`audit.k8s.io/v1` EventList), trying again for a while when it fails.
package final class AuditWebhookBackend: AuditBackend {
    package struct Configuration: Sendable {
        package var kubeconfig: WebhookKubeconfig
        package var mode = AuditMode.batch
        package var batching = AuditBatching.webhook
        package var truncation = AuditTruncation()
        package var initialBackoff = Duration.seconds(10)

        package init(_ kubeconfig: WebhookKubeconfig) { self.kubeconfig = kubeconfig }
    }

    private struct State {
        var buffer: AuditBuffer
        /// The sender, while it waits for events.
        var sender: CheckedContinuation<Void, Never>?
        var isEnding = false
        var counts = AuditCounts()
    }

    private static let timeout = Duration.seconds(30)
    /// Batches on their way at a time; more events wait in the buffer.
    private static let maximumBatchesUnderWay = 8
    /// For what is queued when the server ends.
    private static let farewell = Duration.seconds(5)

    private let configuration: Configuration
    private let reviewer: RemoteReviewer
    private let state: Mutex<State>
    private let report: @Sendable (String) -> Void

    package init(
        _ configuration: Configuration, report: @escaping @Sendable (String) -> Void
    ) throws(ConfigurationDocument.Failure) {
        self.configuration = configuration
        self.report = report
        reviewer = try RemoteReviewer(
            configuration.kubeconfig, retry: RemoteReviewer.Retry(first: configuration.initialBackoff),
            timeout: Self.timeout, retriesEverything: true)
        state = Mutex(State(buffer: AuditBuffer(capacity: configuration.batching.bufferSize)))
    }

    package var counts: AuditCounts { state.withLock { $0.counts } }

    package func take(_ event: AuditEvent) async -> Bool {
        guard configuration.mode == .batch else {
            state.withLock { $0.counts.taken += 1 }
            return await send([event]) || configuration.mode != .blockingStrict
        }
        let sender = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.counts.taken += 1
            guard !state.isEnding, state.buffer.append(event) else {
                state.counts.lost += 1
                return nil
            }
            // The first begins a batch, the last completes it; those in between wait with it.
            let count = state.buffer.events.count
            guard count == 1 || count >= configuration.batching.maximumSize else { return nil }
            defer { state.sender = nil }
            return state.sender
        }
        sender?.resume()
        return true
    }

    package func run() async {
        guard configuration.mode == .batch else { return }
        await withTaskGroup(of: Void.self) { group in
            var throttle = Throttle(configuration.batching)
            var underWay = 0
            while !Task.isCancelled {
                await wait(for: 1)
                await gather()
                let batch = state.withLock { $0.buffer.take(configuration.batching.maximumSize) }
                guard !batch.isEmpty, !Task.isCancelled else {
                    if !batch.isEmpty { await deliverLast(batch) }
                    continue
                }
                await throttle.wait()
                if underWay == Self.maximumBatchesUnderWay, await group.next() != nil { underWay -= 1 }
                underWay += 1
                group.addTask { _ = await self.send(batch) }
            }
        }
        let rest = state.withLock { state in
            state.isEnding = true
            return state.buffer.take(.max)
        }
        if !rest.isEmpty { await deliverLast(rest) }
    }

    /// What is left when the server ends is tried once more, for a short time, although this task is cancelled.
    private func deliverLast(_ events: [AuditEvent]) async {
        let delivery = Task { await self.send(events) }
        let limit = Task {
            // Cancelled as soon as the delivery is done.
            try? await Task.sleep(for: Self.farewell)
            delivery.cancel()
        }
        _ = await delivery.value
        limit.cancel()
    }

    /// Until so many events wait, or the task is cancelled.
    private func wait(for count: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state -> Bool in
                    if Task.isCancelled || state.buffer.events.count >= count { return true }
                    state.sender = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
    }

    private func wake() {
        let sender = state.withLock { state in
            defer { state.sender = nil }
            return state.sender
        }
        sender?.resume()
    }

    /// Gives others time to join the first event of a batch.
    private func gather() async {
        let size = configuration.batching.maximumSize
        guard size > 1 else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(for: size) }
            // Cancelled when the batch is full.
            group.addTask { try? await Task.sleep(for: self.configuration.batching.maximumWait) }
            await group.next()
            group.cancelAll()
        }
    }

    private func send(_ events: [AuditEvent]) async -> Bool {
        var isDelivered = true
        for lines in batches(events) {
            let failure = await post(lines)
            state.withLock { state in
                if failure == nil { state.counts.written += lines.count } else { state.counts.lost += lines.count }
            }
            if let failure {
                isDelivered = false
                report("\(lines.count) events lost: \(failure)")
            }
        }
        return isDelivered
    }

    /// Batches of lines that are small enough; events that are too large are lost.
    private func batches(_ events: [AuditEvent]) -> [[[UInt8]]] {
        var result: [[[UInt8]]] = []
        var batch: [[UInt8]] = []
        var bytes = 0
        var lost = 0
        for event in events {
            guard let line = configuration.truncation.line(event) else {
                lost += 1
                continue
            }
            if configuration.truncation.isEnabled, !batch.isEmpty,
                bytes + line.count > configuration.truncation.maximumBatchBytes
            {
                result.append(batch)
                batch = []
                bytes = 0
            }
            batch.append(line)
            bytes += line.count
        }
        if !batch.isEmpty { result.append(batch) }
        if lost > 0 {
            state.withLock { $0.counts.lost += lost }
            report("\(lost) events lost: event is too large even after truncating")
        }
        return result
    }

    private func post(_ lines: [[UInt8]]) async -> RemoteReviewer.Failure? {
        var body = Array("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[".utf8)
        for (index, line) in lines.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body.append(contentsOf: line)
        }
        body.append(contentsOf: Array("]}".utf8))
        do {
            _ = try await reviewer.post(body)
            return nil
        } catch {
            return error
        }
    }
}

/// So many batches a second, and some more after a pause (a token bucket).
private struct Throttle {
    private let batching: AuditBatching
    private var tokens: Double
    private var last = ContinuousClock.now

    init(_ batching: AuditBatching) {
        self.batching = batching
        tokens = Double(batching.burst)
    }

    mutating func wait() async {
        guard batching.throttles else { return }
        let now = ContinuousClock.now
        tokens = min(Double(batching.burst), tokens + (now - last) / .seconds(1) * batching.requestsPerSecond)
        last = now
        tokens -= 1
        guard tokens < 0 else { return }
        // Cancelled: the batch goes out at once, as the last.
        try? await Task.sleep(for: .seconds(-tokens / batching.requestsPerSecond))
    }
}
