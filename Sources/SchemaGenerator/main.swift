import Foundation
import KubeSchemas

/// Writes the typed models from the schemas: `swift run SchemaGenerator Sources/KubeAPI/Generated`.
/// `--messages` writes the typed messages of the container runtime interface instead (Sources/CRI/Generated).
/// `--devices` writes those of the device plugin and pod resources interfaces (Sources/DevicePlugins/Generated).
/// With `--check` nothing is written, and the exit status tells whether the files are up to date.
let arguments = CommandLine.arguments.dropFirst()
let check = arguments.contains("--check")
guard let folder = arguments.first(where: { !$0.hasPrefix("--") }) else {
    FileHandle.standardError.write(Data("usage: SchemaGenerator [--check] [--messages] FOLDER\n".utf8))
    exit(2)
}

let root = URL(fileURLWithPath: folder, isDirectory: true)
var stale: [String] = []
let files =
    arguments.contains("--devices")
    ? [
        ModelGenerator(messages: .devicePluginV1beta1, catalog: "MessageSchemas.devicePluginV1beta1")
            .messageFile(namespace: "DevicePluginV1beta1"),
        ModelGenerator(messages: .podResourcesV1, catalog: "MessageSchemas.podResourcesV1")
            .messageFile(namespace: "PodResourcesV1"),
    ]
    : arguments.contains("--messages")
        ? [
            ModelGenerator(messages: .runtimeV1, catalog: "MessageSchemas.runtimeV1").messageFile(
                namespace: "RuntimeV1"),
            ModelGenerator(messages: .containerdV1, catalog: "MessageSchemas.containerdV1")
                .messageFile(namespace: "ContainerdV1"),
        ] : ModelGenerator().files()
for file in files {
    let url = root.appendingPathComponent(file.name)
    let current = try? String(contentsOf: url, encoding: .utf8)
    if current == file.text { continue }
    stale.append(file.name)
    if !check {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try file.text.write(to: url, atomically: true, encoding: .utf8)
    }
}
if check, !stale.isEmpty {
    FileHandle.standardError.write(Data("stale: \(stale.joined(separator: ", ")); run scripts/generate\n".utf8))
    exit(1)
}
print("\(stale.count) files \(check ? "stale" : "written")")
