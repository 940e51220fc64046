import ArgumentParser
import Foundation
import Machinery
import RemoteClient

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Makes this machine a node of a cluster that runs on another.",
        discussion: """
            The first start joins, with the token that 'gantry token create' prints on the server. Later starts need \
            nothing: the certificates are kept, and renewed in time. Runs in the background unless --foreground is \
            given. Stopping or killing it leaves every container running; starting it again takes them over.
            """)

    @OptionGroup var options: DataOptions

    @Option(help: "Where the API server is, such as https://192.0.2.7:6443.")
    var server: String?

    @Option(help: "The token to join with.")
    var token: String?

    @Option(help: "A file that holds the token.")
    var tokenFile: String?

    @Option(
        help: """
            The hash of the cluster's authority, sha256:…, for tokens that do not hold it; may be given several times.
            """)
    var caCertHash: [String] = []

    @Option(help: "The name of the node; this machine's name unless given.")
    var name: String?

    @Option(help: "The address of this machine as the other nodes see it.")
    var nodeIp: String?

    @Option(help: "A label for the node, KEY=VALUE; may be given several times.")
    var label: [String] = []

    @Option(help: "The socket of a containerd to use, instead of one of gantry's own.")
    var containerd: String?

    @Option(
        help: """
            The folder in which drivers of devices and monitoring look for the kubelet; /var/lib/kubelet unless a \
            kubelet is there already.
            """)
    var kubeletDir: String?

    @Option(
        help: """
            Whether this node, should it have GPUs, is kept for pods that use them: dedicated, which it is unless told \
            otherwise, or shared.
            """)
    var gpuNode: GPUNodeUse?

    @Flag(help: "Stay in the foreground.")
    var foreground = false

    @Option(help: "text or json.")
    var output = OutputFormat.text

    /// Where a background process reports its progress to the command that started it.
    @Option(help: .hidden)
    var reportDescriptor: Int32?

    func run() async throws {
        guard geteuid() == 0 else {
            throw CommandFailure("gantry agent needs root: it makes network interfaces, mounts and containers")
        }
        let data = options.folder
        let processFile = ProcessFile(path: data.processFile)
        if let running = try await processFile.settled() {
            print("gantry is running already (process \(running.pid))")
            return
        }
        guard !FileManager.default.fileExists(atPath: data.database) else {
            throw CommandFailure("\(data.path) holds a cluster of its own; give the agent another folder with --data")
        }
        let settings = try settings(data)
        let invitation = try invitation()
        guard foreground else {
            try data.create()
            return try await BackgroundStart(data: data, output: output, kubeconfig: nil).run()
        }
        try data.create()
        try processFile.write()
        let reporter = ProgressReporter(descriptor: reportDescriptor)
        let agent = AgentProcess(data: data, settings: settings, invitation: invitation) { reporter.report($0) }
        do {
            try await Termination.run { try await agent.run() }
        } catch {
            reporter.report("failed: \(error)")
            processFile.remove()
            throw error
        }
        processFile.remove()
    }

    /// What the agent was started with before, with what is asked for now.
    private func settings(_ data: DataFolder) throws -> AgentSettings {
        let kept = try AgentSettings.load(data)
        guard let server = server ?? kept?.server else {
            throw ValidationError("--server is needed at the first start")
        }
        let name = name ?? kept?.nodeName ?? ProcessInfo.processInfo.hostName.lowercased()
        guard Names.dns1123Subdomain(name).isEmpty else { throw ValidationError("\"\(name)\" cannot be a node's name") }
        let given = nodeIp ?? (self.server == nil || self.server == kept?.server ? kept?.address : nil)
        var labels = kept?.labels ?? [:]
        for pair in label {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw ValidationError("a label has the form KEY=VALUE, not \(pair)") }
            labels[parts[0]] = parts[1]
        }
        return AgentSettings(
            server: server, nodeName: name, address: try given ?? HostAddress.towards(server),
            containerd: containerd ?? kept?.containerd, kubeletFolder: kubeletDir ?? kept?.kubeletFolder,
            dedicatesGPUs: gpuNode.map { $0 == .dedicated } ?? kept?.dedicatesGPUs, labels: labels)
    }

    private func invitation() throws -> ClusterMembership.Invitation? {
        let text: String
        if let token {
            text = token
        } else if let tokenFile {
            text = try String(contentsOfFile: tokenFile, encoding: .utf8)
        } else {
            return nil
        }
        let token = try JoinToken(text.trimmingCharacters(in: .whitespacesAndNewlines))
        let pins = try caCertHash.map { try AuthorityPin($0) }
        return ClusterMembership.Invitation(token: token, pins: pins + [token.pin].compactMap { $0 })
    }
}
