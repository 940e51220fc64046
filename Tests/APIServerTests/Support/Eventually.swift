import Testing

/// Waits until a condition holds that comes about by itself, such as a policy that follows the store.
///
/// It yields between looks rather than sleeping; the suite's time limit bounds it.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { await Task.yield() }
}
