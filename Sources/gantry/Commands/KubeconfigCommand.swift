import ArgumentParser
import Foundation

struct KubeconfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubeconfig", abstract: "Prints a kubeconfig for the cluster's administrator.")

    @OptionGroup var options: DataOptions

    func run() throws {
        let path = options.folder.adminKubeconfig
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("there is no cluster in \(options.folder.path); start one with: gantry up")
        }
        FileHandle.standardOutput.write(data)
    }
}
