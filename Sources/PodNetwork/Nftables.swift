import Glibc

/// The pod network's own nftables table.
enum Nftables {
    static let table = "gantry-network"

    /// Hides pods behind the node's address when they speak to the world outside the cluster.
    static func ruleset(_ configuration: PodNetworkConfiguration) -> String {
        """
        table ip \(table)
        delete table ip \(table)
        table ip \(table) {
            chain postrouting {
                type nat hook postrouting priority srcnat + 10; policy accept;
                ip saddr \(configuration.subnet) ip daddr != \(configuration.clusterNetwork) \
                oifname != "\(configuration.bridge)" masquerade
            }
        }

        """
    }

    /// Has `nft` apply a script as one transaction.
    static func run(_ script: String) async throws(PodNetworkError) {
        let result = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
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
        if let result { throw PodNetworkError("nft: \(result)") }
    }

    private final class Job: Sendable {
        private let script: String
        private let done: @Sendable (String?) -> Void

        init(script: String, done: @escaping @Sendable (String?) -> Void) {
            self.script = script
            self.done = done
        }

        func run() { done(Self.apply(script)) }

        /// What `nft` complained about; `nil` when all went well.
        private static func apply(_ script: String) -> String? {
            var input: [Int32] = [0, 0]
            var output: [Int32] = [0, 0]
            guard pipe(&input) == 0 else { return String(cString: strerror(errno)) }
            guard pipe(&output) == 0 else {
                input.forEach { close($0) }
                return String(cString: strerror(errno))
            }
            for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_adddup2(&actions, input[0], 0)
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
            close(input[0])
            close(output[1])
            defer { close(output[0]) }
            guard code == 0 else {
                close(input[1])
                return String(cString: strerror(code))
            }
            let bytes = Array(script.utf8)
            // Scripts are far smaller than a pipe, so this does not wait for a reader.
            let written = bytes.withUnsafeBytes { write(input[1], $0.baseAddress, $0.count) }
            close(input[1])
            var said: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while said.count < 64 << 10 {
                let count = buffer.withUnsafeMutableBytes { read(output[0], $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                said += buffer[..<count]
            }
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            if status == 0, written == bytes.count { return nil }
            let text = String(decoding: said, as: UTF8.self)
            return text.isEmpty ? "ended with status \(status)" : text
        }
    }
}
