import Foundation
import HTTPClient
import HTTPCore
import HTTPTestSupport
import NIOCore
import NIOPosix
import Testing

/// Plain connections.
@Suite(.timeLimit(.minutes(1)))
struct DialTests {
    @Test("An adopted descriptor carries bytes both ways and half-closes")
    func adopt() async throws {
        var descriptors: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors) == 0)
        let left = try await Dial.adopt(fileDescriptor: descriptors[0])
        let right = try await Dial.adopt(fileDescriptor: descriptors[1])
        try await left.write("question")
        try await left.closeOutput()
        let question = try await right.readAll()
        #expect(question == "question")
        try await right.write("answer")
        await right.close()
        let answer = try await left.readAll()
        #expect(answer == "answer")
        await #expect(throws: ByteDuplexError.closed) { try await left.write("more") }
        await left.close()
    }

    @Test("Nobody there is an error with the target in it")
    func refused() async throws {
        do {
            _ = try await Dial.unix(path: "/nonexistent/socket")
            Issue.record("connected")
        } catch let error as DialError {
            #expect(error.target == "unix:/nonexistent/socket")
        }
        await #expect(throws: DialError.self) { try await Dial.tcp(host: "127.0.0.1", port: 0) }
        await #expect(throws: DialError.self) { try await Dial.tcp(host: "127.0.0.1", port: 70_000) }
    }

    @Test("A writer waits for a reader that does not read")
    func backPressure() async throws {
        var descriptors: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors) == 0)
        let left = try await Dial.adopt(fileDescriptor: descriptors[0])
        let right = try await Dial.adopt(fileDescriptor: descriptors[1])
        let total = 32 << 20
        let writing = Task {
            let piece = ByteBuffer(repeating: 7, count: 1 << 20)
            for _ in 0..<(total / piece.readableBytes) { try await left.write(piece) }
            await left.close()
        }
        var count = 0
        while let piece = try await right.read() { count += piece.readableBytes }
        try await writing.value
        #expect(count == total)
    }

    @Test("A read that is cancelled throws, and the next one reads on")
    func cancelledRead() async throws {
        var descriptors: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors) == 0)
        let left = try await Dial.adopt(fileDescriptor: descriptors[0])
        let right = try await Dial.adopt(fileDescriptor: descriptors[1])
        let reading = Task { try await right.read() }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        try await left.write("still here")
        let text = try await right.read(until: "here")
        #expect(text == "still here")
        await left.close()
        await right.close()
    }
}
