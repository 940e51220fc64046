import Glibc

/// A thread of its own for work that blocks on the disk.
enum WriterThread {
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Runs `body` on a new thread, which ends with it.
    ///
    /// - Parameter name: at most 15 bytes, for debuggers.
    static func start(_ name: String, _ body: sending @escaping () -> Void) throws(StoreError) {
        let argument = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw .unavailable("cannot start a thread: \(String(cString: strerror(code)))")
        }
        pthread_setname_np(thread, name)
        pthread_detach(thread)
    }
}
