import CNode

/// Keeps the memory that the allocator holds close to what is in use.
enum MemoryTuning {
    private static let interval = Duration.seconds(5)
    /// Free memory worth the giving back: less is soon in use again.
    private static let worthwhileBytes = 24 << 20

    /// Call before any thread exists: each thread would otherwise get an arena of its own, and hold on to its peaks.
    static func apply() {
        gantry_limit_arenas(2)
    }

    /// Gives freed memory back to the kernel once in a while, until cancelled.
    static func run() async throws {
        while true {
            try await Task.sleep(for: interval)
            gantry_trim_memory(worthwhileBytes)
        }
    }
}
