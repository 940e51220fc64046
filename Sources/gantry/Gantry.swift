import ArgumentParser

/// The program: every part of the platform is a subcommand of one binary.
@main
struct Gantry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gantry", abstract: "Kubernetes, complete, on one machine or many.",
        subcommands: [
            UpCommand.self, DownCommand.self, StatusCommand.self, DoctorCommand.self, CostCommand.self,
            ReadinessCommand.self,
            ServerCommand.self, AgentCommand.self,
            ControllersCommand.self, SchedulerCommand.self, FakeNodesCommand.self, SimulatedGPUCommand.self,
            KubeconfigCommand.self, TokenCommand.self, ImageCommand.self, SnapshotCommand.self, VersionCommand.self,
        ])
}
