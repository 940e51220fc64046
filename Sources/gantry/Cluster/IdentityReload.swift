import APIServer
import Client
import LinuxHost
import Machinery

/// Takes over the configurations of authentication and authorization whenever their files change. A file with mistakes
/// changes nothing.
struct IdentityReload: Sendable {
    let settings: ClusterSettings
    let identity: Identity
    let log: FailureLog

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let path = settings.flags["authentication-config"] {
                group.addTask {
                    try await follow(path) { try identity.replace(settings.authenticationConfiguration($0)) }
                }
            }
            if let path = settings.flags["authorization-config"] {
                group.addTask { try await follow(path) { try identity.replace(settings.authorization($0)) } }
            }
            while try await group.next() != nil {}
        }
    }

    private func follow(_ path: String, _ take: @Sendable ([UInt8]) throws -> Void) async throws {
        let watch = FileWatch(path: path)
        try await watch.follow(
            try watch.read(),
            onChange: { bytes in
                do {
                    try take(bytes)
                } catch {
                    log.report("configuration \(path)", "\(error)")
                }
            },
            onFailure: { log.report("configuration \(path)", $0.description) })
    }
}
