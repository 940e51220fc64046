import Foundation
import LinuxHost

/// Loading images into containerd through its own command-line tool, which understands OCI and docker archives,
/// compressed or not.
package struct ContainerdImages: Sendable {
    /// The socket of the containerd that gets the images.
    package let socket: String
    /// containerd's namespace that the CRI plugin sees.
    package static let namespace = "k8s.io"

    package init(socket: String) { self.socket = socket }

    /// Loads every image of an archive and unpacks it. Returns the images' names.
    package func load(archive: String) async throws -> [String] {
        guard FileManager.default.isReadableFile(atPath: archive) else {
            throw ContainerdError.importFailed(archive: archive, reason: "there is no such file, or it cannot be read")
        }
        let result = try await run(["images", "import", archive])
        guard result.status == 0 else {
            throw ContainerdError.importFailed(archive: archive, reason: result.errors)
        }
        return Self.names(inOutput: result.output)
    }

    /// Makes the pause image available unless it is there. Returns whether it had to be loaded.
    package func ensurePauseImage(layout: ContainerdLayout, sha256: ([UInt8]) -> [UInt8]) async throws -> Bool {
        let name = ContainerdConfiguration.pauseImageName
        let listed = try await run(["images", "list", "--quiet", "name==\(name)"])
        guard listed.status == 0 else { throw ContainerdError.importFailed(archive: name, reason: listed.errors) }
        if listed.output.split(separator: "\n").contains(where: { $0 == name }) { return false }
        do {
            let bytes = PauseImage.archive(name: name, sha256: sha256)
            try Data(bytes).write(to: URL(fileURLWithPath: layout.pauseArchive), options: .atomic)
        } catch {
            throw ContainerdError.file(layout.pauseArchive, reason: "\(error)")
        }
        _ = try await load(archive: layout.pauseArchive)
        return true
    }

    /// The tool says "unpacking NAME (DIGEST)...done" for each image.
    package static func names(inOutput output: String) -> [String] {
        output.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count >= 2, words[0] == "unpacking" else { return nil }
            return String(words[1])
        }
    }

    private func run(_ arguments: [String]) async throws -> CommandResult {
        let command = Command("ctr", ["--address", socket, "--namespace", Self.namespace] + arguments)
        do {
            return try await command.run()
        } catch .missing(let program) {
            throw ContainerdError.programMissing(program, package: "containerd")
        }
    }
}
