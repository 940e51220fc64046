import ArgumentParser

/// The program: every part of the platform is a subcommand of one binary.
@main
struct Gantry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gantry", abstract: "Kubernetes, complete, on one machine or many.",
        subcommands: [VersionCommand.self])
}
