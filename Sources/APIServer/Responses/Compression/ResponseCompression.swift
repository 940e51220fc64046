import HTTPCore
import NIOCore

/// Which answers are sent compressed: long ones of gets and lists, to clients that take gzip.
///
/// Clients on this machine get the bytes at rest all the same: compressing would cost both sides time and save nobody
/// anything.
///
/// Source: k8s.io/apiserver/pkg/endpoints/handlers/responsewriters: threshold, level and fields.
package struct ResponseCompression: Sendable {
    /// Shorter bodies are not worth it.
    static let threshold = 128 * 1024

    package var isOn: Bool
    package var sparesLoopback: Bool

    package init(isOn: Bool = true, sparesLoopback: Bool = true) {
        self.isOn = isOn
        self.sparesLoopback = sparesLoopback
    }

    func applies(to http: HTTPRequest, _ info: RequestInfo) -> Bool {
        guard isOn, info.isResourceRequest, http.method == .get, info.verb == "get" || info.verb == "list",
            Self.takesGzip(http.headers)
        else { return false }
        return !sparesLoopback || !Self.isLoopback(http.remoteAddress)
    }

    /// Whether gzip is named and not refused (`gzip;q=0`).
    static func takesGzip(_ headers: HTTPHeaders) -> Bool {
        headers.elements("accept-encoding").contains { element in
            let parts = element.split(separator: ";").map { $0.trimmingSpaces() }
            guard let name = parts.first, HTTPHeaders.equal(name, "gzip") else { return false }
            return !parts.dropFirst().contains { part in
                part.hasPrefix("q=") && Double(part.dropFirst(2)) == 0
            }
        }
    }

    private static func isLoopback(_ address: SocketAddress?) -> Bool {
        switch address {
        case .v4(let address): UInt32(bigEndian: address.address.sin_addr.s_addr) >> 24 == 127
        case .v6: ["::1", "::ffff:127.0.0.1"].contains(address?.ipAddress ?? "")
        case .unixDomainSocket: true
        case nil: false
        }
    }
}
