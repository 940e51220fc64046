import Dispatch
import Foundation

/// Runs something until it ends or the process is asked to end. A second signal ends it without delay.
enum Termination {
    static func run(
        after notice: ShutdownNotice = ShutdownNotice(), _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let task = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await MemoryTuning.run() }
                group.addTask { try await body() }
                try await group.next()
                group.cancelAll()
            }
        }
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                Task {
                    _ = await notice.begin()
                    task.cancel()
                }
            }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        do {
            try await task.value
        } catch is CancellationError {
            return
        }
    }
}
