import Glibc

/// A conversation with the kernel. Requests are answered within the call that sends them; nothing waits for others.
package final class NetlinkSocket: Sendable {
    package enum Family: Int32, Sendable {
        case route = 0
        case netfilter = 12
    }

    private static let errorType: UInt16 = 2
    private static let doneType: UInt16 = 3
    private static let headerLength = 16

    private let descriptor: Int32

    package init(_ family: Family) throws(NetlinkError) {
        // AF_NETLINK; unbound sockets get an address of their own.
        descriptor = socket(16, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), family.rawValue)
        guard descriptor >= 0 else { throw NetlinkError("netlink socket", errno) }
        // A dump larger than the buffer is not an error of ours; the kernel then waits with the rest.
        var size: Int32 = 1 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Has the kernel do something.
    ///
    /// - Parameter accepting: errors that are as good as success.
    package func change(
        _ message: NetlinkMessage, _ about: String, accepting: [Int32] = []
    ) throws(NetlinkError) {
        try send(message, flags: NetlinkMessage.acknowledge, about)
        var code: Int32?
        while code == nil {
            try receive(about) { type, body in
                if type == Self.errorType { code = Self.errorCode(body) }
            }
        }
        if let code, code != 0, !accepting.contains(code) { throw NetlinkError(about, code) }
    }

    /// Asks the kernel for one thing.
    ///
    /// - Returns: the message it answers with, without its header; empty when it only acknowledges.
    package func ask(_ message: NetlinkMessage, _ about: String) throws(NetlinkError) -> ArraySlice<UInt8> {
        try send(message, flags: NetlinkMessage.acknowledge, about)
        var answer: ArraySlice<UInt8> = []
        var code: Int32?
        while code == nil {
            try receive(about) { type, body in
                if type == Self.errorType { code = Self.errorCode(body) } else { answer = body }
            }
        }
        if let code, code != 0 { throw NetlinkError(about, code) }
        return answer
    }

    /// Has the kernel list something, and hands over the messages one by one.
    package func list(
        _ message: NetlinkMessage, _ about: String, _ each: (_ body: ArraySlice<UInt8>) -> Void
    ) throws(NetlinkError) {
        try send(message, flags: NetlinkMessage.dump, about)
        var isDone = false
        var code: Int32 = 0
        while !isDone {
            try receive(about) { type, body in
                switch type {
                case Self.errorType:
                    code = Self.errorCode(body)
                    isDone = true
                case Self.doneType: isDone = true
                default: each(body)
                }
            }
        }
        if code != 0 { throw NetlinkError(about, code) }
    }

    private func send(_ message: NetlinkMessage, flags: UInt16, _ about: String) throws(NetlinkError) {
        var bytes = message.finished
        let wanted = UInt16(bytes[6]) | UInt16(bytes[7]) << 8 | flags
        bytes[6] = UInt8(truncatingIfNeeded: wanted)
        bytes[7] = UInt8(truncatingIfNeeded: wanted >> 8)
        guard bytes.withUnsafeBytes({ Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }) == bytes.count else {
            throw NetlinkError(about, errno)
        }
    }

    /// Hands over every message of the next datagram, without its header.
    private func receive(
        _ about: String, _ each: (_ type: UInt16, _ body: ArraySlice<UInt8>) -> Void
    ) throws(NetlinkError) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var count = -1
        repeat {
            count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        } while count < 0 && errno == EINTR
        guard count >= Self.headerLength else { throw NetlinkError(about, count < 0 ? errno : EBADMSG) }
        var rest = buffer[..<count]
        while rest.count >= Self.headerLength {
            let start = rest.startIndex
            let length = (0..<4).reduce(0) { $0 | Int(rest[start + $1]) << (8 * $1) }
            guard length >= Self.headerLength, length <= rest.count else { throw NetlinkError(about, EBADMSG) }
            let type = UInt16(rest[start + 4]) | UInt16(rest[start + 5]) << 8
            each(type, rest[(start + Self.headerLength)..<(start + length)])
            rest = rest.dropFirst((length + 3) & ~3)
        }
    }

    /// The positive errno of an error message; 0 for an acknowledgement.
    private static func errorCode(_ body: ArraySlice<UInt8>) -> Int32 {
        guard body.count >= 4 else { return EBADMSG }
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(body[body.startIndex + $1]) << UInt32(8 * $1) }
        return -Int32(bitPattern: bits)
    }
}

/// What the kernel refused, and why.
package struct NetlinkError: Error, Hashable, Sendable, CustomStringConvertible {
    package let about: String
    package let code: Int32

    package init(_ about: String, _ code: Int32) {
        self.about = about
        self.code = code
    }

    package var description: String { "\(about): \(String(cString: strerror(code)))" }
}
