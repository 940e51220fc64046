import ArgumentParser
import Client
import Foundation
import KubeAPI
import Machinery

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tells whether the cluster is healthy; exits with 0 when it is.")

    @OptionGroup var options: DataOptions

    @Option(help: "text or json.")
    var output = OutputFormat.text

    private struct Check {
        let name: String
        let isHealthy: Bool
        let detail: String
    }

    func run() async throws {
        let running = ProcessFile(path: options.folder.processFile).running()
        var checks = [
            Check(
                name: "process", isHealthy: running != nil,
                detail: running.map { "running as \($0.pid)" } ?? "not running; start it with: gantry up")
        ]
        if running != nil { checks += await clusterChecks() }
        let isHealthy = checks.allSatisfy(\.isHealthy)
        switch output {
        case .text:
            let width = checks.map(\.name.count).max() ?? 0
            for check in checks {
                let name = check.name.padding(toLength: width, withPad: " ", startingAt: 0)
                print("\(name)   \(check.isHealthy ? "ok    " : "FAILED")   \(check.detail)")
            }
        case .json:
            var document: JSONObject = ["healthy": .bool(isHealthy)]
            if let running { document["pid"] = .int(Int64(running.pid)) }
            document["checks"] = .array(
                checks.map { ["name": .string($0.name), "healthy": .bool($0.isHealthy), "detail": .string($0.detail)] })
            print(JSON.object(document))
        }
        if !isHealthy { throw ExitCode.failure }
    }

    private func clusterChecks() async -> [Check] {
        do {
            let client = try AdminClient.make(options.folder, agent: "gantry-status")
            let nodes = try await client.list(Node.self).items
            var checks = [Check(name: "API server", isHealthy: true, detail: "answers")]
            for node in nodes {
                let ready = node.status.conditions.first { $0.type == "Ready" }
                checks.append(
                    Check(
                        name: "node \(node.name)", isHealthy: ready?.status == "True",
                        detail: ready?.message ?? "has not reported yet"))
            }
            if nodes.isEmpty { checks.append(Check(name: "nodes", isHealthy: false, detail: "none has joined yet")) }
            let service = ObjectKey(namespace: "default", name: "kubernetes")
            let address = try await client.get(Service.self, service).spec.clusterIP ?? ""
            checks.append(
                Check(name: "default service", isHealthy: !address.isEmpty, detail: "kubernetes at \(address)"))
            return checks
        } catch {
            return [Check(name: "API server", isHealthy: false, detail: "\(error)")]
        }
    }
}
