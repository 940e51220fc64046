import APIServer
import Foundation
import Machinery
import Testing

/// The audit log of a test's cluster.
struct AuditTrail: Sendable {
    let path: String

    /// Runs a cluster that writes down what `rules` say. A request's events are there when it is answered.
    static func run(
        _ rules: String, _ route: Route = .socket, more: String = "",
        log: @escaping @Sendable (inout AuditLogBackend.Configuration) -> Void = { _ in },
        adjust: @escaping @Sendable (inout ControlPlane.Configuration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestCluster, AuditTrail) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "audit-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let trail = AuditTrail(path: folder + "/audit.log")
        let policy = try AuditPolicy(parsing: Array(Self.policy(rules, more: more).utf8))
        try await TestCluster.run(
            route,
            adjust: { configuration in
                var audit = Auditor.Configuration(policy: policy)
                var file = AuditLogBackend.Configuration(path: trail.path)
                file.mode = .blocking
                log(&file)
                audit.log = file
                configuration.audit = audit
                adjust(&configuration)
            },
            { cluster in try await body(cluster, trail) })
    }

    static func policy(_ rules: String, more: String = "") -> String {
        #"{"apiVersion":"audit.k8s.io/v1","kind":"Policy","rules":[\#(rules)]\#(more)}"#
    }

    var lines: [String] {
        get throws {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    /// The events of requests for a path, in order.
    func events(_ path: String) throws -> [JSON] {
        try lines.map { try JSON(parsing: Array($0.utf8)) }.filter {
            $0.at("requestURI").stringValue?.hasPrefix(path) == true
        }
    }

    func stages(_ path: String) throws -> [String] { try events(path).compactMap { $0.at("stage").stringValue } }

    /// The one event of a stage.
    func event(_ path: String, _ stage: String = "ResponseComplete") throws -> JSON {
        try #require(try events(path).last { $0.at("stage").stringValue == stage })
    }
}
