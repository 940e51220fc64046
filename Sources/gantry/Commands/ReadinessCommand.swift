import ArgumentParser
import Client
import Foundation
import KubeAPI
import Machinery
import Readiness

struct ReadinessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readiness", abstract: "Reviews a namespace before its models are launched.",
        discussion: """
            Asks what a launch review asks, shows the evidence for each answer, and says what follows:
              gantry readiness llm
              gantry readiness llm -o html > review.html
            Changes nothing, and of Secrets reads only who owns them.
            A check that may fail for now is an object: kubectl explain readinessexceptions.spec
            Exits with 0 unless the decision is to block.
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case html
    }

    @OptionGroup var options: DataOptions

    @Option(
        help: "How to reach the API server; the KUBECONFIG variable's file, or this machine's cluster, unless given.")
    var kubeconfig: String?

    @Option(name: [.short, .long], help: "text, json or html.")
    var output = Form.text

    @Argument(help: "The namespace.")
    var namespace: String

    func run() async throws {
        let client = try AdminClient.make(kubeconfig: kubeconfig, options.folder, agent: "gantry-readiness")
        let picture = try await ReviewReader(client).read(namespace, now: SystemWallClock().now)
        let review = Review(picture)
        switch output {
        case .text: print(review.text, terminator: "")
        case .json: print(JSON.object(review.json))
        case .html: print(review.html, terminator: "")
        }
        if review.decision == .block { throw ExitCode.failure }
    }
}
