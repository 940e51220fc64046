import Dispatch
import HTTPCore
import NIOCore
import RemoteCommand

/// Bytes from a peer of a connection.
enum Streams {
    /// What a client sends to a node's agent; the session must come to its end.
    static func spdy(_ bytes: [UInt8]) {
        let done = DispatchSemaphore(value: 0)
        Task {
            let (peer, own) = MemoryDuplex.pair(capacity: 1 << 20)
            do {
                let session = try SPDYSession(
                    own, role: .server, limits: SPDYSession.Limits(streams: 2, streamBuffer: 1 << 20))
                try await peer.write(ByteBuffer(bytes: bytes))
                try await peer.closeOutput()
                try await session.run()
            } catch {
                // What breaks the protocol ends the session.
                await peer.close()
            }
            done.signal()
        }
        done.wait()
    }
}
