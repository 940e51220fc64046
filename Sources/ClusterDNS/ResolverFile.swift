import Glibc
import NIOCore
import NIOPosix

/// The host's `resolv.conf`.
enum ResolverFile {
    private static let maximumSize = 64 << 10

    /// The servers a file names, in its order; none when there is no such file.
    static func servers(_ path: String) -> [UpstreamServer] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < maximumSize {
            let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        return parse(String(decoding: bytes, as: UTF8.self))
    }

    /// Lines that name no server, or one that is no address, are left out. IPv4 addresses may have a port after a
    /// colon, for resolvers that are not on the usual one.
    static func parse(_ text: String) -> [UpstreamServer] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count >= 2, words[0] == "nameserver" else { return nil }
            let parts = words[1].split(separator: ":", omittingEmptySubsequences: false)
            if parts.count == 2, let port = UInt16(parts[1]), port > 0, IPv4.parse(parts[0]) != nil {
                return UpstreamServer(address: String(parts[0]), port: Int(port))
            }
            do {
                _ = try SocketAddress(ipAddress: String(words[1]), port: 53)
                return UpstreamServer(address: String(words[1]))
            } catch {
                // Not an address: the host's own resolver skips such lines too.
                return nil
            }
        }
    }

    /// Calls the handler whenever the file may have changed, until the channel is closed.
    ///
    /// The folders are watched, not the file: editors and resolvers put a new file in the old one's place. Behind a
    /// symbolic link, the folder it leads to is watched too.
    static func watch(
        _ path: String, group: any EventLoopGroup, _ changed: @escaping @Sendable () -> Void
    ) async throws(ClusterDNSError) -> any Channel {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { throw ClusterDNSError("inotify: \(String(cString: strerror(errno)))") }
        var folders: Set<String> = [folder(path)]
        if let real = realpath(path, nil) {
            folders.insert(folder(String(cString: real)))
            free(real)
        }
        let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE)
        for folder in folders where inotify_add_watch(descriptor, folder, events) < 0 {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw ClusterDNSError("cannot watch \(folder): \(reason)")
        }
        do {
            return try await NIOPipeBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ChangeHandler(changed))
                    }
                }
                .takingOwnershipOfDescriptor(input: descriptor).get()
        } catch {
            close(descriptor)
            throw ClusterDNSError("cannot watch \(path): \(error)")
        }
    }

    private static func folder(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What changed is not looked at: reading the file again is cheap, and folders like `/etc` are quiet.
    private final class ChangeHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let changed: @Sendable () -> Void

        init(_ changed: @escaping @Sendable () -> Void) {
            self.changed = changed
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { changed() }
    }
}
