@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Waits for a descriptor of the kernel (a process descriptor, an inotify one) to become readable, without a thread.
final class DescriptorWait: Sendable {
    private let source: any DispatchSourceRead
    private let queue = DispatchQueue(label: "gantry.node.setup.descriptor")
    private let waiting = Mutex<CheckedContinuation<Bool, any Error>?>(nil)

    /// Takes the descriptor over and closes it. True when it became readable, false when `limit` passed first.
    static func readable(_ descriptor: Int32, limit: Duration?) async throws -> Bool {
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
            queue.asyncAfter(deadline: .now() + limit.timeInterval) { self.finish(.success(false)) }
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
}

extension Duration {
    /// Seconds, as Dispatch and Foundation count them.
    var timeInterval: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }
}
