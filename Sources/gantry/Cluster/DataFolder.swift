import Foundation

/// Where a machine's gantry keeps everything it has: one folder, so that it can be moved, saved and removed as one.
struct DataFolder: Sendable {
    static let standard = "/var/lib/gantry"

    let path: String

    init(_ path: String) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    var credentials: String { path + "/pki" }
    var store: String { path + "/store" }
    var database: String { store + "/objects.sqlite" }
    var snapshots: String { path + "/snapshots" }
    var cost: String { path + "/cost" }
    var kubeconfigs: String { path + "/kubeconfig" }
    var adminKubeconfig: String { kubeconfigs + "/admin.conf" }
    var runtime: String { path + "/run" }
    var processFile: String { runtime + "/gantry.pid" }
    var log: String { path + "/gantry.log" }
    /// What `up` was last started with, for `status` and `down`.
    var settings: String { path + "/settings.json" }
    var pods: String { path + "/pods" }
    var podLogs: String { path + "/logs" }

    /// Makes the folders, readable by nobody else.
    func create() throws {
        for folder in [path, credentials, store, snapshots, kubeconfigs, runtime] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }
}
