import Foundation
import Machinery
import Store

/// Takes snapshots of a running server's store into its data folder, and keeps the latest ones.
struct SnapshotTaker: Sendable {
    private static let prefix = "snapshot-"

    let store: any Store
    let cipher: (any ValueCipher)?
    let folder: String
    let settings: SnapshotSettings
    let log: @Sendable (String) -> Void

    /// Takes one whenever the schedule says so, until cancelled.
    func run() async throws {
        let schedule = try settings.cron()
        while true {
            let now = Date().timeIntervalSince1970
            guard let next = schedule.next(after: Timestamp(seconds: Int64(now)))?.seconds else {
                log("snapshots: the schedule \(settings.schedule) never comes")
                return
            }
            try await Task.sleep(for: .seconds(Double(next) - now))
            do {
                try await take(at: next)
            } catch {
                // The next one may do better.
                log("snapshots: \(error)")
            }
        }
    }

    /// Takes one, and removes those beyond what is kept.
    @discardableResult
    func take(at second: Int64) async throws -> String {
        let contents = try await store.contents()
        let time = Date(timeIntervalSince1970: TimeInterval(second)).formatted(
            .iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        // Names in the order of time.
        let path = "\(folder)/\(Self.prefix)\(time)-\(contents.revision).db"
        _ = try await SnapshotFile.write(contents, to: path, cipher: cipher)
        let all = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".db") }.sorted()
        for old in all.dropLast(max(settings.retention, 1)) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(old)")
        }
        return path
    }
}
