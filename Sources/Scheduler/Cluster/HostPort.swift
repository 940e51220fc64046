import KubeAPI

/// A port of the node that a pod takes for itself.
package struct HostPort: Sendable, Hashable {
    package let address: String
    package let `protocol`: String
    package let port: Int32

    init?(_ port: ContainerPort) {
        guard let number = port.hostPort, number > 0 else { return nil }
        self.port = number
        self.protocol = port.protocol ?? "TCP"
        address = (port.hostIP ?? "").isEmpty ? "0.0.0.0" : port.hostIP ?? "0.0.0.0"
    }

    func conflicts(with other: HostPort) -> Bool {
        port == other.port && self.protocol == other.protocol
            && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
    }
}

/// Names of images as nodes report them.
enum ImageName {
    /// With the tag `latest` where there is none.
    static func normalized(_ name: String) -> String {
        let colon = name.utf8.lastIndex(of: UInt8(ascii: ":"))
        let slash = name.utf8.lastIndex(of: UInt8(ascii: "/"))
        guard let colon else { return name + ":latest" }
        if let slash, colon <= slash { return name + ":latest" }
        return name
    }
}
