import HTTPCore
import NIOCore

/// One client's port-forward over WebSocket channels: for the port with index n, data on channel 2n, errors on 2n+1,
/// one connection each. The first message of every channel is its port, little-endian.
struct ChannelPortForward: Sendable {
    let pod: String
    let ports: [UInt16]
    let isBase64: Bool
    let clock: any Clock<Duration>
    let dial: PortForwardServer.Dial

    func run(_ duplex: any ByteDuplex) async throws {
        let socket = WebSocketConnection(duplex, role: .server)
        let channels = ChannelSocket(
            socket, codec: isBase64 ? .base64 : .raw, supportsClose: false,
            channels: ports.flatMap { _ in [ChannelSocket.Direction.both, .outgoing] })
        try await ServedConnection(goodbye: .seconds(10), clock: clock).run(
            reading: { try await channels.run() },
            serving: { try await serve(socket, channels.channels) },
            closing: { await socket.close() })
    }

    private func serve(_ socket: WebSocketConnection, _ channels: [ChannelSocket.Channel]) async throws {
        for (index, port) in ports.enumerated() {
            let number = ByteBuffer(integer: port, endianness: .little)
            try await channels[2 * index].write(number)
            try await channels[2 * index + 1].write(number)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, port) in ports.enumerated() {
                group.addTask {
                    try await forward(port, data: channels[2 * index], error: channels[2 * index + 1])
                }
            }
            try await group.waitForAll()
        }
        try await socket.sendClose()
    }

    private func forward(_ port: UInt16, data: ChannelSocket.Channel, error: ChannelSocket.Channel) async throws {
        do {
            let target = try await dial(port)
            // The client cannot end its half alone, so the connection is over when the pod's half is.
            try await withThrowingTaskGroup(of: Bool.self) { group in
                defer { group.cancelAll() }
                group.addTask {
                    while let bytes = try await target.read() { try await data.write(bytes) }
                    return true
                }
                group.addTask {
                    while let bytes = try await data.read() { try await target.write(bytes) }
                    return false
                }
                group.addTask {
                    await untilCancelled()
                    await target.close()
                    return false
                }
                while let isOver = try await group.next() {
                    if isOver { return }
                }
            }
            await data.close()
        } catch let failure {
            try Task.checkCancellation()
            await data.close()
            try await error.write(forwardingFailure(port: port, pod: pod, failure))
        }
    }
}
