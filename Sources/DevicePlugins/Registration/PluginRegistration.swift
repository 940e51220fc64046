import HTTPCore

/// Decides whether a driver may register, as the kubelet does; a name never leads out of the folder.
package enum PluginRegistration {
    /// Drivers a node may have.
    static let maxPlugins = 64

    static func check(_ request: DevicePluginV1beta1.RegisterRequest) -> GRPCError? {
        guard request.version == DevicePluginProtocol.version else {
            return GRPCError(
                .unknown,
                "requested API version \"\(request.version)\" is not supported by this agent. Supported version is "
                    + "\"\(DevicePluginProtocol.version)\"")
        }
        guard isExtendedResource(request.resourceName) else {
            return GRPCError(
                .unknown, "the ResourceName \"\(request.resourceName)\" is invalid: it must be an extended resource")
        }
        let endpoint = request.endpoint
        guard !endpoint.isEmpty, endpoint != ".", endpoint != "..", endpoint.utf8.count < 100,
            !endpoint.utf8.contains(UInt8(ascii: "/")), !endpoint.utf8.contains(0),
            endpoint != DevicePluginProtocol.agentSocket
        else {
            return GRPCError(.invalidArgument, "the endpoint \"\(endpoint)\" is no name of a socket beside the agent's")
        }
        return nil
    }

    /// `DOMAIN/NAME`, and not of a domain that Kubernetes keeps for itself.
    package static func isExtendedResource(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, name.utf8.count <= 253 + 64 else { return false }
        let (domain, short) = (parts[0], parts[1])
        if domain == "kubernetes.io" || domain.hasSuffix(".kubernetes.io") || domain.hasPrefix("requests.") {
            return false
        }
        let isDomain =
            !domain.isEmpty && domain.count <= 253
            && domain.utf8.allSatisfy {
                isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            }
        let isShort =
            !short.isEmpty && short.utf8.count <= 63
            && short.utf8.allSatisfy { byte in
                isLower(byte) || isUpper(byte) || isDigit(byte) || [0x2d, 0x2e, 0x5f].contains(byte)
            }
        return isDomain && isShort
    }

    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
