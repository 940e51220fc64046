import Glibc

/// Hands scripts to `nft`, each of which the kernel takes as one transaction.
package struct NftCommand: RuleApplier {
    package init() {}

    /// What is kept of the complaints.
    private static let maximumOutput = 8 << 10

    package func apply(_ script: String) async throws(ServiceProxyError) {
        let complaint = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            let job = Job(script: script) { continuation.resume(returning: $0) }
            let argument = Unmanaged.passRetained(job)
            var thread = pthread_t()
            // The call waits for another process, which no thread of the pool may do.
            let code = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, argument.toOpaque())
            if code == 0 {
                pthread_detach(thread)
            } else {
                argument.release()
                continuation.resume(returning: "cannot start a thread: \(String(cString: strerror(code)))")
            }
        }
        if let complaint { throw ServiceProxyError("nft: \(complaint)") }
    }

    package func isTablePresent() async -> Bool {
        do {
            try await apply(TableFrame.probe)
            return true
        } catch {
            // Whatever the reason, making the table anew shows whether there is a lasting one.
            return false
        }
    }

    private final class Job: Sendable {
        private let script: String
        private let done: @Sendable (String?) -> Void

        init(script: String, done: @escaping @Sendable (String?) -> Void) {
            self.script = script
            self.done = done
        }

        func run() { done(NftCommand.run(script)) }
    }

    /// What `nft` complained about; `nil` when all went well.
    private static func run(_ script: String) -> String? {
        // Scripts of large clusters are larger than a pipe; a file has no reader to wait for.
        let path = "/run/gantry-nft-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let input = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard input >= 0 else { return "no file for the script: \(String(cString: strerror(errno)))" }
        unlink(path)
        defer { close(input) }
        if let failure = fill(input, Array(script.utf8)) { return failure }
        var output: [Int32] = [-1, -1]
        guard pipe(&output) == 0 else { return String(cString: strerror(errno)) }
        for descriptor in output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        defer { close(output[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        posix_spawn_file_actions_adddup2(&actions, output[1], 2)
        var process = pid_t()
        let arguments = [strdup("nft"), strdup("-f"), strdup("-"), nil]
        let environment = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { (arguments + environment).forEach { free($0) } }
        var code = ENOENT
        for path in ["/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft"] where code != 0 {
            code = posix_spawn(&process, path, &actions, nil, arguments, environment)
        }
        close(output[1])
        guard code == 0 else { return String(cString: strerror(code)) }
        let said = readAll(output[0])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return "lost sight of the process: \(String(cString: strerror(errno)))" }
        }
        if status == 0 { return nil }
        return said.isEmpty ? "ended with status \(status)" : String(decoding: said, as: UTF8.self)
    }

    private static func fill(_ file: Int32, _ bytes: [UInt8]) -> String? {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return "cannot write the script: \(String(cString: strerror(errno)))" }
            offset += count
        }
        return lseek(file, 0, SEEK_SET) == 0 ? nil : String(cString: strerror(errno))
    }

    private static func readAll(_ file: Int32) -> [UInt8] {
        var said: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return said }
            said += buffer[..<min(count, max(0, maximumOutput - said.count))]
        }
    }
}
