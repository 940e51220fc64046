@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Waits for a descriptor of the kernel (a process descriptor, an inotify one) to become readable, without a thread.
package final class DescriptorWait: Sendable {
    private let source: any DispatchSourceRead
    private let queue = DispatchQueue(label: "gantry.descriptor")
    private let waiting = Mutex<CheckedContinuation<Bool, any Error>?>(nil)

    /// Takes the descriptor over and closes it. True when it became readable, false when `limit` passed first.
    package static func readable(_ descriptor: Int32, limit: Duration?) async throws -> Bool {
        let wait = DescriptorWait(descriptor)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait.begin($0, limit: limit) }
        } onCancel: {
            wait.finish(.failure(CancellationError()))
        }
    }

    private init(_ descriptor: Int32) {
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setCancelHandler { close(descriptor) }
    }

    private func begin(_ continuation: CheckedContinuation<Bool, any Error>, limit: Duration?) {
        waiting.withLock { $0 = continuation }
        source.setEventHandler { self.finish(.success(true)) }
        source.activate()
        if let limit {
            queue.asyncAfter(deadline: .now() + Self.interval(limit)) { self.finish(.success(false)) }
        }
        // A cancellation that came before the continuation was kept found nothing to resume.
        if Task.isCancelled { finish(.failure(CancellationError())) }
    }

    private func finish(_ result: Result<Bool, any Error>) {
        let continuation = waiting.withLock { kept in
            defer { kept = nil }
            return kept
        }
        guard let continuation else { return }
        source.cancel()
        continuation.resume(with: result)
    }

    private static func interval(_ duration: Duration) -> DispatchTimeInterval {
        let (seconds, attoseconds) = duration.components
        // Years are as good as for ever, and fit.
        return .nanoseconds(Int(min(seconds, 1 << 32)) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
    }
}
