/// Work that blocks on the disk, awaited without holding up one of the few threads that tasks share.
enum OwnThread {
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let outcome: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            do throws(StoreError) {
                try WriterThread.start {
                    continuation.resume(returning: Result { () throws(StoreError) in try body() })
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }
}
