import ArgumentParser
import Foundation

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Starts a whole cluster on this machine.",
        discussion: """
            Runs in the background unless --foreground is given. Stopping or killing gantry leaves every container \
            running; starting it again takes them over.
            """)

    @OptionGroup var options: DataOptions
    @OptionGroup var api: APIOptions
    @OptionGroup var etcd: EtcdOptions
    @OptionGroup var identity: IdentityOptions
    @OptionGroup var audit: AuditOptions

    @OptionGroup var keeping: StoreOptions
    @OptionGroup var gateway: GatewayOptions

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
            Whether this machine, should it have GPUs, is kept for pods that use them: dedicated, or shared, which it \
            is unless told otherwise, as there may be no other machine.
            """)
    var gpuNode: GPUNodeUse?

    @Flag(help: "Stay in the foreground.")
    var foreground = false

    @Option(help: "The port of the API.")
    var port: Int?

    @Option(help: "The name of this machine's node.")
    var nodeName: String?

    @Option(help: "The address of this machine as nodes and pods see it.")
    var address: String?

    @Option(help: "text or json.")
    var output = OutputFormat.text

    /// Where a background process reports its progress to the command that started it.
    @Option(help: .hidden)
    var reportDescriptor: Int32?

    func run() async throws {
        guard geteuid() == 0 else {
            throw CommandFailure("gantry up needs root: it makes network interfaces, mounts and containers")
        }
        let data = options.folder
        let processFile = ProcessFile(path: data.processFile)
        if let running = try await processFile.settled() {
            print("gantry is running already (process \(running.pid)); kubeconfig: \(data.adminKubeconfig)")
            return
        }
        let settings = try settings(data)
        guard !FileManager.default.fileExists(atPath: data.agentSettings) else {
            throw CommandFailure("\(data.path) is an agent's; give the cluster another folder with --data")
        }
        if foreground {
            try await runHere(data, settings, processFile)
        } else {
            try await BackgroundStart(data: data, output: output, kubeconfig: data.adminKubeconfig).run()
        }
    }

    /// What the cluster was started with before, with what is asked for now.
    private func settings(_ data: DataFolder) throws -> ClusterSettings {
        try data.create()
        var settings: ClusterSettings
        if FileManager.default.fileExists(atPath: data.settings) {
            settings = try ClusterSettings.load(data)
            if address != nil { settings.address = try address ?? HostAddress.primary() }
        } else {
            settings = ClusterSettings(
                address: try address ?? HostAddress.primary(),
                nodeName: nodeName ?? ProcessInfo.processInfo.hostName.lowercased())
        }
        if let port { settings.port = port }
        if let nodeName { settings.nodeName = nodeName }
        if let containerd { settings.containerd = containerd }
        if let gpuNode { settings.dedicatesGPUs = gpuNode == .dedicated }
        if let kubeletDir { settings.kubeletFolder = kubeletDir }
        try api.apply(to: &settings)
        try etcd.apply(to: &settings)
        try identity.apply(to: &settings)
        try audit.apply(to: &settings)
        try keeping.apply(to: &settings)
        try gateway.apply(to: &settings)
        try settings.save(data)
        return settings
    }

    private func runHere(_ data: DataFolder, _ settings: ClusterSettings, _ processFile: ProcessFile) async throws {
        try processFile.write()
        let reporter = ProgressReporter(descriptor: reportDescriptor)
        let notice = ShutdownNotice()
        let cluster = Cluster(data: data, settings: settings, notice: notice) { reporter.report($0) }
        do {
            try await Termination.run(after: notice) { try await cluster.run() }
        } catch {
            reporter.report("failed: \(error)")
            processFile.remove()
            throw error
        }
        processFile.remove()
    }
}
