import NIOCore

extension EventLoop {
    /// Runs `body` on this loop: in place when already there, else by one hop. For work done for many streams of the
    /// loop together, such as handing a watch event to all its watchers: write to each stream, flush each, and what
    /// belongs to one connection leaves in one system call (see `FlushCoalescingHandler`).
    package func runBatch(_ body: @escaping @Sendable () -> Void) {
        if inEventLoop {
            body()
        } else {
            execute(body)
        }
    }
}
