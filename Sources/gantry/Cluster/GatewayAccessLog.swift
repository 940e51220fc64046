import APIServer
import Client
import InferenceGateway
import Machinery

/// The gateway's access log in a file, which is set aside when it has grown large as audit logs are.
struct GatewayAccessLog: Sendable {
    private static let limits = AuditLogFile.Limits(bytes: 100 * 1024 * 1024, backups: 10, days: 0)

    let path: String
    let log = AccessLog()

    func run() async throws {
        var file = try AuditLogFile(path: path, limits: Self.limits, clock: SystemWallClock())
        await log.run { lines in
            do {
                try file.write(lines)
            } catch {
                FailureLog.standardError.report("inference gateway", "access log: \(error)")
            }
        }
    }
}
