import Foundation
import HTTPCore
import HTTPServing
import HTTPTestSupport
import Machinery
import NIOCore
import Synchronization

/// A plugin of Kubernetes' KMS interface, version 2 (KEP-3299), on a unix socket of the test's own.
///
/// It "encrypts" by turning all bits over, and remembers by its annotation which key it did that with.
final class KeyService: Sendable {
    struct State {
        var version = "v2"
        var health = "ok"
        var keyID = "key-1"
        var encrypts = true
        var calls: [String: Int] = [:]
    }

    let path = "/tmp/gantry-kms-\(UInt32.random(in: 0 ..< .max)).sock"
    private let state = Mutex(State())

    /// How often a method was called.
    func calls(_ method: String) -> Int { state.withLock { $0.calls[method] ?? 0 } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    static func run(_ body: (KeyService) async throws -> Void) async throws {
        let service = KeyService()
        defer { unlink(service.path) }
        try await TestServer.run(
            [.unix(path: service.path)], configure: { $0.limits.drainDeadline = .milliseconds(100) },
            handler: { await service.respond(to: $0) }, { _ in try await body(service) })
    }

    private func respond(to request: HTTPRequest) async -> HTTPResponse {
        let method = request.path.split(separator: "/").last.map(String.init) ?? ""
        // A message that cannot be read is answered like an empty one.
        let body = (try? await request.body.collect(upTo: 1 << 20)) ?? []
        let message = Message(Array(body.dropFirst(5)))
        let state = state.withLock { state in
            state.calls[method, default: 0] += 1
            return state
        }
        let answer: [UInt8]?
        switch method {
        case "Status": answer = Self.status(state)
        case "Encrypt": answer = Self.encrypt(message, state)
        case "Decrypt": answer = Self.decrypt(message)
        default: answer = nil
        }
        return HTTPResponse(
            headers: ["content-type": "application/grpc"],
            body: .stream { stream in
                if let answer {
                    var frame = ByteBuffer()
                    frame.writeInteger(UInt8(0))
                    frame.writeInteger(UInt32(answer.count))
                    frame.writeBytes(answer)
                    try await stream.send(frame)
                }
                stream.finish(
                    trailers: answer == nil
                        ? ["grpc-status": "3", "grpc-message": "bad request"] : ["grpc-status": "0"])
            })
    }

    private static func status(_ state: State) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.string(1, state.version)
        writer.string(2, state.health)
        writer.string(3, state.keyID)
        return writer.bytes
    }

    private static func encrypt(_ message: Message, _ state: State) -> [UInt8] {
        guard state.encrypts else { return [] }
        var annotation = ProtobufWriter()
        annotation.string(1, "key.kms.example.com")
        annotation.data(2, Array(state.keyID.utf8))
        var writer = ProtobufWriter()
        writer.data(1, (message.fields[1] ?? []).map { ~$0 })
        writer.string(2, state.keyID)
        writer.data(3, annotation.bytes)
        return writer.bytes
    }

    /// `nil` where the request does not name the key that the annotation does.
    private static func decrypt(_ message: Message) -> [UInt8]? {
        let annotation = Message(message.fields[4] ?? [])
        guard annotation.fields[1] == Array("key.kms.example.com".utf8), let key = annotation.fields[2],
            key == message.fields[3]
        else { return nil }
        var writer = ProtobufWriter()
        writer.data(1, (message.fields[1] ?? []).map { ~$0 })
        return writer.bytes
    }

    /// The fields of a message that are bytes, by their numbers.
    private struct Message {
        var fields: [Int: [UInt8]] = [:]

        init(_ bytes: [UInt8]) {
            let read: Result<[Int: [UInt8]], ProtobufError> = bytes.withUnsafeBufferPointer { buffer in
                Result { () throws(ProtobufError) in
                    var fields: [Int: [UInt8]] = [:]
                    var reader = ProtobufReader(buffer)
                    while !reader.isAtEnd {
                        let (number, type) = try reader.tag()
                        if type == .bytes {
                            fields[number] = Array(try reader.delimited())
                        } else {
                            try reader.skip(type)
                        }
                    }
                    return fields
                }
            }
            if case .success(let fields) = read { self.fields = fields }
        }
    }
}
