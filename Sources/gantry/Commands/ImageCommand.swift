import ArgumentParser
import Node

struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", abstract: "Works with the images on this machine.", subcommands: [LoadImageCommand.self])
}

struct LoadImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Loads images from OCI or docker archives.")

    @OptionGroup var options: DataOptions

    @Argument(help: "Archives.")
    var files: [String]

    func run() async throws {
        let settings = try ClusterSettings.load(options.folder)
        let layout = try ContainerdLayout(dataFolder: options.folder.path)
        let images = ContainerdImages(socket: settings.containerd ?? layout.socket)
        for file in files {
            for name in try await images.load(archive: file) { print("loaded \(name)") }
        }
    }
}
