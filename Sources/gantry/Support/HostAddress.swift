import Foundation
import HTTPClient
import Machinery

/// The address by which other machines know this one.
enum HostAddress {
    struct Unknown: Error, CustomStringConvertible {
        let description = "this machine has no IPv4 address besides loopback; name one with --address"
    }

    /// The address that packets to a server carry; where that tells nothing, the machine's first. Nothing is sent.
    static func towards(_ server: String) throws -> String {
        guard let (endpoint, _) = HTTPEndpoint.parse(server), case .https(let host, let port) = endpoint,
            let target = InternetAddress(host)?.v4, !(target >> 24 == 127)
        else { return try primary() }
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return try primary() }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = target.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isKnown else { return try primary() }
        return InternetAddress(v4: UInt32(bigEndian: address.sin_addr.s_addr)).description
    }

    /// The first IPv4 address of an interface that is up and not loopback, and not one gantry made.
    static func primary() throws -> String {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { throw Unknown() }
        defer { freeifaddrs(list) }
        var entry = list
        while let current = entry {
            entry = current.pointee.ifa_next
            let flags = Int32(bitPattern: current.pointee.ifa_flags)
            let name = String(cString: current.pointee.ifa_name)
            guard let address = current.pointee.ifa_addr, Int32(address.pointee.sa_family) == AF_INET,
                flags & Int32(IFF_UP) != 0, flags & Int32(IFF_LOOPBACK) == 0,
                !name.hasPrefix("gantry"), !name.hasPrefix("veth"), !name.hasPrefix("docker")
            else { continue }
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            if getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 {
                return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
        }
        throw Unknown()
    }
}
