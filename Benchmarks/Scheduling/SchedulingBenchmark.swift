import Client
import Foundation
import Machinery
import RemoteClient

/// Runs one of scheduler_perf's workloads against a server of its own and prints how many pods a second it placed.
///
///     SchedulingBenchmark --kubeconfig FILE --pid PID [--json] [--scale FRACTION] WORKLOAD
///     SchedulingBenchmark --list
///
/// Nodes and pods are made by API; nothing runs on the nodes. Pods count as placed when a watch shows them with a
/// node, from the first request for one of the measured pods to the last of these. `--pid` is the server, whose
/// processor time and memory are told. With `--scale` everything is smaller and no limit holds.
@main
enum SchedulingBenchmark {
    static func main() async throws {
        var options: [String: String] = [:]
        var asJSON = false
        var name: String?
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--json": asJSON = true
            case "--list": return print(Workload.all.map(\.name).joined(separator: "\n"))
            case let flag where flag.hasPrefix("--"): options[flag] = arguments.popFirst()
            default: name = argument
            }
        }
        guard let kubeconfig = options["--kubeconfig"], let pid = options["--pid"].flatMap({ Int32($0) }),
            let workload = Workload.all.first(where: { $0.name == name })
        else { throw Failure("usage: SchedulingBenchmark --kubeconfig FILE --pid PID WORKLOAD") }
        let scale = options["--scale"].flatMap { Double($0) } ?? 1
        let configuration = try RemoteConfiguration(
            kubeconfig: [UInt8](try Data(contentsOf: URL(fileURLWithPath: kubeconfig))))
        let trial = Trial(
            client: try configuration.client(userAgent: "scheduling-benchmark"), workload: workload, scale: scale,
            process: ServerAccount(pid: pid))
        let outcome = try await trial.run()
        print(asJSON ? outcome.json : outcome.text)
        // Not an error that would end in a crash report: the figures say it all.
        if scale == 1, outcome.podsPerSecond < workload.goal { exit(1) }
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What the kernel says of the server's process.
struct ServerAccount: Sendable {
    let pid: Int32

    var processorSeconds: Double {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
            guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
            return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    var residentMebibytes: Double {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8)
            let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
            return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
        }
    }
}

/// A workload's figures.
struct Outcome {
    let workload: Workload
    let pods: Int
    let seconds: Double
    let processorSeconds: Double
    let mebibytes: Double

    var podsPerSecond: Double { Double(pods) / seconds }

    var text: String {
        String(
            format: "%@%6.0f pods/s (asked %.0f, kube-scheduler %.0f), %.2f ms of processor per pod, %.0f MiB",
            workload.name.padding(toLength: 28, withPad: " ", startingAt: 0), podsPerSecond, workload.goal,
            workload.peer,
            processorSeconds * 1000 / Double(pods), mebibytes)
    }

    var json: String {
        let object: JSONObject = [
            "workload": .string(workload.name), "podsPerSecond": .double(podsPerSecond),
            "goal": .double(workload.goal), "peer": .double(workload.peer), "pods": .int(Int64(pods)),
            "processorMillisecondsPerPod": .double(processorSeconds * 1000 / Double(pods)),
            "memoryMebibytes": .double(mebibytes),
        ]
        return String(decoding: object.encoded(), as: UTF8.self)
    }
}
