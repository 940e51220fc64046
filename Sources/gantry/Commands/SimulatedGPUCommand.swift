import ArgumentParser
import Foundation
import GPU
import Machinery
import Node

struct SimulatedGPUCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulated-gpu", abstract: "Plays the driver of GPUs that this machine does not have.",
        discussion: """
            Registers with the node's agent as NVIDIA's device plugin does, labels the node as GPU feature discovery \
            does, and serves metrics as the DCGM exporter does. Ends with an interrupt; containers stay.

            The file of faults has a line for each thing that is to be wrong, and is followed as it changes:
              0 xid 79            GPU 0 fell off the bus, and is unhealthy
              1 hang              calls for GPU 1 are not answered
              1 utilization 3     GPU 1 shows this
              0 memory 2048       MiB in use
            """)

    @OptionGroup var options: DataOptions

    @Option(help: "How many GPUs.")
    var count = 2

    @Option(help: "What they are.")
    var model = "NVIDIA H100 80GB HBM3"

    @Option(help: "The memory of each, in MiB.")
    var memory = 81559

    @Option(help: "What each draws at most, in watts.")
    var power = 700.0

    @Option(help: "The file that says what is wrong; need not be there.")
    var faults: String?

    @Option(help: "Where metrics are served; 0 for nowhere.")
    var metricsPort = GPUExporter.standardPort

    @Option(help: "The address metrics are served at.")
    var metricsAddress = "127.0.0.1"

    @Option(help: "The name of the node in metrics; this machine's name unless given.")
    var nodeName: String?

    @Option(help: "The folder in which the node's agent looks for drivers; found out unless given.")
    var kubeletDir: String?

    func run() async throws {
        guard (0...128).contains(count) else { throw ValidationError("--count is a number up to 128") }
        guard memory > 0 else { throw ValidationError("--memory is a number of MiB") }
        let report: @Sendable (String) -> Void = { line in
            FileHandle.standardError.write(Data("\(line)\n".utf8))
        }
        let node = nodeName ?? ProcessInfo.processInfo.hostName.lowercased()
        let folder = try kubeletFolder()
        let source = SimulatedGPUs(
            count: count, model: model, memoryMiB: memory, powerLimit: power, seed: node, faultFile: faults,
            report: report)
        try folder.make()
        let features = "\(folder.features)/\(GPUFeatures.file)"
        try Files.write(Array(GPUFeatures(source.devices).text.utf8), to: features)
        let exporter = GPUExporter(
            source, hostname: node, podResources: folder.podResourcesSocket, report: report)
        let (address, port) = (metricsAddress, metricsPort)
        try await Termination.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await GPUDriver(source).run(folder: folder.devicePlugins, report: report) }
                if port > 0 { group.addTask { try await exporter.run(address: address, port: port) } }
                try await group.next()
                group.cancelAll()
            }
        }
        // A node that has no such GPUs must not be labelled with them when its agent starts.
        try Files.removeTree(features)
    }

    /// The one that the node of this data folder uses.
    private func kubeletFolder() throws -> KubeletFolder {
        if let kubeletDir { return KubeletFolder(kubeletDir) }
        let data = options.folder
        if let given = try AgentSettings.load(data)?.kubeletFolder { return KubeletFolder(given) }
        if FileManager.default.fileExists(atPath: data.settings),
            let given = try ClusterSettings.load(data).kubeletFolder
        {
            return KubeletFolder(given)
        }
        return KubeletFolder.used(dataFolder: data.path)
    }
}
