import ArgumentParser
import Client
import Cost
import Foundation
import Machinery

struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Says who pays for what: every second of every GPU is somebody's.",
        discussion: """
            Costs are those of requests to models, of pods, of what is idle, and of what is held for nothing:
              gantry cost
              gantry cost --by tenant --since 1h
              gantry cost --by model -o json
            Prices come from the file that the cluster was started with (--cost-prices).
            """)

    @OptionGroup var options: DataOptions

    @Option(
        help: "How to reach the API server; the KUBECONFIG variable's file, or this machine's cluster, unless given.")
    var kubeconfig: String?

    @Option(help: "namespace, team, model, version, route, tenant or class.")
    var by = CostReport.Grouping.namespace

    @Option(help: "How far back, as 90m or 24h; all that is known unless given.")
    var since: String?

    @Option(name: [.short, .long], help: "text or json.")
    var output = OutputFormat.text

    func run() async throws {
        var query = [(name: "by", value: by.rawValue)]
        if let since { query.append((name: "since", value: since)) }
        let client = try AdminClient.make(kubeconfig: kubeconfig, options.folder, agent: "gantry-cost")
        let answer = try await client.transport.send(
            APIRequest(method: "GET", path: CostDocument.path, query: query))
        guard answer.isSuccess else { throw StatusError(response: answer) }
        guard case .object(let report) = try JSON(parsing: answer.body) else {
            throw CommandFailure("the server's answer is no report")
        }
        switch output {
        case .text: print(CostTable(report).text, terminator: "")
        case .json: print(JSON.object(report))
        }
    }
}

extension CostReport.Grouping: ExpressibleByArgument {}
