import Foundation

/// What an agent was started with, kept beside its data: the same at every start, so that only the first start has to be
/// told anything.
struct AgentSettings: Codable, Hashable, Sendable {
    /// `https://HOST:PORT`.
    var server: String
    var nodeName: String
    /// The address of this machine as the other nodes see it.
    var address: String
    /// A containerd of the user's own; gantry runs its own when there is none.
    var containerd: String?
    /// Where drivers of devices look for the kubelet; found out when there is none.
    var kubeletFolder: String?
    /// Whether a node with GPUs is kept for pods that use them; it is unless told otherwise.
    var dedicatesGPUs: Bool?
    var labels: [String: String] = [:]

    static func load(_ data: DataFolder) throws -> AgentSettings? {
        guard let bytes = FileManager.default.contents(atPath: data.agentSettings) else { return nil }
        return try JSONDecoder().decode(AgentSettings.self, from: bytes)
    }

    func save(_ data: DataFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(fileURLWithPath: data.agentSettings), options: .atomic)
    }
}

extension DataFolder {
    var agentSettings: String { path + "/agent.json" }
    /// The cluster's authority, as an agent came to believe it.
    var clusterAuthority: String { credentials + "/cluster-ca.crt" }
    var nodeClientKey: String { credentials + "/node-client.pem" }
    var nodeServingKey: String { credentials + "/node-serving.pem" }
}
