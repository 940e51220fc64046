/// Versions of the remote command protocol, named "channel.k8s.io" with a prefix from v2 on.
package enum RemoteCommandVersion: Int, CaseIterable, Comparable, Sendable {
    case v1 = 1
    case v2
    /// Adds terminal resizing.
    case v3
    /// The error channel carries a Status.
    case v4
    /// Adds closing of single channels over WebSocket.
    case v5

    package static func < (left: RemoteCommandVersion, right: RemoteCommandVersion) -> Bool {
        left.rawValue < right.rawValue
    }

    package var protocolName: String { self == .v1 ? "channel.k8s.io" : "v\(rawValue).channel.k8s.io" }

    package init?(protocolName: String) {
        guard let version = Self.allCases.first(where: { $0.protocolName == protocolName }) else { return nil }
        self = version
    }
}
