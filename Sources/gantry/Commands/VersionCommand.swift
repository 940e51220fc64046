import APIServer
import ArgumentParser

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Prints the versions of gantry and of the API it serves.")

    func run() {
        print("gantry \(GantryVersion.program), Kubernetes \(GantryVersion.kubernetes)")
    }
}
