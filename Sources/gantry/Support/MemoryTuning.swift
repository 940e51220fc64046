import CMemory

/// Keeps the memory that the allocator holds close to what is in use.
enum MemoryTuning {
    private static let interval = Duration.seconds(5)
    /// Freed memory worth the giving back: less is soon in use again.
    private static let worthwhileBytes = 4 << 20

    /// Gives back what starting took, once that is done: memory, and code that only a start needs.
    static func started() {
        gantry_purge_memory()
        gantry_release_code()
    }

    /// Gives back what was freed before the process fell idle, until cancelled. The allocator does so by itself, but only
    /// as long as memory is asked for; what is in use again and again is not to be fetched anew each time.
    static func run() async throws {
        var before = 0
        while true {
            try await Task.sleep(for: interval)
            let kept = gantry_kept_memory()
            if kept == before, kept > worthwhileBytes { gantry_purge_memory() }
            before = kept
        }
    }
}
