import CNode
import Foundation

/// Starts this program again in the background and waits until it is ready, showing its progress.
struct BackgroundStart: Sendable {
    let data: DataFolder
    let output: OutputFormat
    /// How the cluster that runs here is reached; `nil` for an agent.
    let kubeconfig: String?

    func run() async throws {
        var pipes: [Int32] = [0, 0]
        guard pipe(&pipes) == 0 else { throw CommandFailure("pipe: \(String(cString: strerror(errno)))") }
        let log = open(data.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard log >= 0 else { throw CommandFailure("\(data.log): \(String(cString: strerror(errno)))") }
        defer { close(log) }
        let pid = try spawn(reportTo: pipes[1], log: log)
        close(pipes[1])
        let begin = ContinuousClock.now
        var isReady = false
        let report = FileHandle(fileDescriptor: pipes[0], closeOnDealloc: true)
        var rest = Data()
        while !isReady {
            let piece = report.availableData
            if piece.isEmpty { break }
            rest.append(piece)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                rest = rest[rest.index(after: end)...]
                if line == "ready" { isReady = true }
                if line.hasPrefix("failed: ") {
                    throw CommandFailure("gantry did not start: \(line.dropFirst(8))\nSee \(data.log)")
                }
                if output == .text, !isReady { print("  \(line)") }
            }
        }
        guard isReady else { throw CommandFailure("gantry ended while starting; see \(data.log)") }
        let seconds = begin.duration(to: .now) / .seconds(1)
        switch output {
        case .text:
            let time = String(format: "%.1f", seconds)
            if let kubeconfig {
                print(
                    """
                    Cluster ready in \(time) s. Use it with:
                      export KUBECONFIG=\(kubeconfig)
                      kubectl get nodes
                    """)
            } else {
                print("Node ready in \(time) s.")
            }
        case .json:
            var summary = ["pid": String(pid), "log": data.log]
            summary["kubeconfig"] = kubeconfig
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            print(String(decoding: try encoder.encode(summary), as: UTF8.self))
        }
    }

    private func spawn(reportTo descriptor: Int32, log: Int32) throws -> pid_t {
        let arguments =
            [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst()
            + ["--foreground", "--report-descriptor", String(GANTRY_REPORT_DESCRIPTOR)]
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { pointers.forEach { free($0) } }
        var pid: pid_t = 0
        let status = gantry_spawn_session(&pid, "/proc/self/exe", pointers, environ, log, descriptor)
        guard status == 0 else { throw CommandFailure("starting gantry: \(String(cString: strerror(status)))") }
        return pid
    }
}
