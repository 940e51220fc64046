import ArgumentParser
import Foundation

/// How objects are kept: encrypted, and with snapshots.
struct StoreOptions: ParsableArguments {
    @Option(help: "What is encrypted at rest, and how: a file with Kubernetes' EncryptionConfiguration.")
    var encryptionProviderConfig: String?

    @Flag(help: "Take over changes of that file while running.")
    var encryptionProviderConfigAutomaticReload = false

    @Option(help: "When snapshots are taken into the data folder, in UTC: \"0 */6 * * *\", \"@every 1h\".")
    var snapshotSchedule: String?

    @Option(help: "How many snapshots are kept.")
    var snapshotRetention: Int?

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        if let encryptionProviderConfig {
            settings.encryptionConfiguration = URL(fileURLWithPath: encryptionProviderConfig).path
            settings.reloadsEncryption = encryptionProviderConfigAutomaticReload
        }
        if let snapshotSchedule { settings.snapshots = SnapshotSettings(schedule: snapshotSchedule) }
        if let snapshotRetention {
            guard settings.snapshots != nil else {
                throw CommandFailure("--snapshot-retention needs --snapshot-schedule")
            }
            guard snapshotRetention > 0 else { throw CommandFailure("--snapshot-retention must be at least 1") }
            settings.snapshots?.retention = snapshotRetention
        }
        // A mistake is told at once rather than by a process in the background.
        _ = try settings.snapshots?.cron()
        if let file = settings.encryptionConfiguration { try ServerEncryption.load(file) }
    }
}
