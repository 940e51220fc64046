import ArgumentParser
import Foundation

struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "Runs the API server and the controllers, for agents to join.")

    @OptionGroup var options: DataOptions

    @OptionGroup var api: APIOptions

    @OptionGroup var etcd: EtcdOptions

    @OptionGroup var identity: IdentityOptions

    @OptionGroup var audit: AuditOptions
    @OptionGroup var keeping: StoreOptions
    @OptionGroup var gateway: GatewayOptions

    @Option(help: "The port of the API.")
    var port = 6443

    @Option(help: "The address under which nodes reach this machine.")
    var address: String?

    @Flag(help: "Serve the API alone: controllers and scheduler run elsewhere.")
    var apiOnly = false

    @Flag(help: "Serve the API and place pods; controllers run elsewhere.")
    var schedulerOnly = false

    func run() async throws {
        let folder = options.folder
        var settings = ClusterSettings(
            port: port, address: try address ?? HostAddress.primary(),
            nodeName: ProcessInfo.processInfo.hostName.lowercased())
        try api.apply(to: &settings)
        try etcd.apply(to: &settings)
        try identity.apply(to: &settings)
        try audit.apply(to: &settings)
        try keeping.apply(to: &settings)
        try gateway.apply(to: &settings)
        let notice = ShutdownNotice()
        let process = try await ServerProcess(folder, settings, notice: notice)
        try settings.save(folder)
        try AdminKubeconfig.write(folder, settings, process.credentials)
        let (settled, apiOnly, schedulerOnly) = (settings, apiOnly, schedulerOnly)
        try await Termination.run(after: notice) {
            // A store of this machine has one process at a time: nobody else can act.
            let identity = settled.etcd.map { _ in "\(settled.nodeName)-\(getpid())" }
            try await ControlLoops(
                process: process, identity: identity, apiOnly: apiOnly,
                schedulerOnly: schedulerOnly
            ).run {
                MemoryTuning.started()
                FileHandle.standardError.write(Data("gantry server ready on port \(settled.port)\n".utf8))
            }
        }
    }
}
