import ArgumentParser
import Foundation
import Node
import PodNetwork

struct DownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Stops the cluster on this machine.",
        discussion: """
            The data stay, and containers keep running, unless --purge is given: then every container, mount, network \
            interface, rule, route, control group and file that gantry made is removed.
            """)

    /// More than requests under way are given to end.
    private static let limit = Duration.seconds(75)

    @OptionGroup var options: DataOptions

    @Flag(help: "Remove everything gantry made, the data included.")
    var purge = false

    func run() async throws {
        let data = options.folder
        let processFile = ProcessFile(path: data.processFile)
        if let running = processFile.running() {
            running.signal(SIGTERM)
            if try await !running.waitForEnd(limit: Self.limit) {
                running.signal(SIGKILL)
                guard try await running.waitForEnd(limit: .seconds(5)) else {
                    throw CommandFailure("process \(running.pid) does not end; see \(data.log)")
                }
            }
            print("gantry stopped")
        } else {
            print("gantry is not running")
        }
        guard FileManager.default.fileExists(atPath: data.path) else { return }
        // containerd is ours alone, and nothing watches it any more.
        let layout = try ContainerdLayout(dataFolder: data.path)
        guard purge else { return }
        try await Purge(data: data, layout: layout).run()
        print("everything in \(data.path) and everything made from it is gone")
    }
}
