import HTTPClient
import HTTPCore
import Machinery

/// A key service did not answer, or answered badly.
struct KMSError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Calls of Kubernetes' KMS plugin interface, version 2 (KEP-3299), over a unix socket.
struct KMSClient: Sendable {
    struct Sealed: Sendable {
        var ciphertext: [UInt8] = []
        var keyID = ""
        var annotations: [String: [UInt8]] = [:]
    }

    private let connection: GRPCConnection
    private let timeout: Duration

    init(path: String, timeout: Duration) {
        connection = GRPCConnection(.unix(path: path))
        self.timeout = timeout
    }

    func shutDown() { connection.shutDown() }

    /// The service's key in use.
    func status() async throws(KMSError) -> String {
        let answer = try await call("Status", [])
        var (version, health, keyID) = ("", "", "")
        try read(answer) { number, value in
            switch number {
            case 1: version = String(decoding: value, as: UTF8.self)
            case 2: health = String(decoding: value, as: UTF8.self)
            case 3: keyID = String(decoding: value, as: UTF8.self)
            default: break
            }
        }
        guard version == "v2" || version == "v2beta1" else {
            throw KMSError("unsupported version \(version), v2 is expected")
        }
        guard health == "ok" else { throw KMSError("got unexpected healthz status: \(health)") }
        guard !keyID.isEmpty else { throw KMSError("its status names no key") }
        return keyID
    }

    func encrypt(_ plain: [UInt8]) async throws(KMSError) -> Sealed {
        var writer = ProtobufWriter()
        writer.data(1, plain)
        writer.string(2, Self.request())
        let answer = try await call("Encrypt", writer.bytes)
        var sealed = Sealed()
        try read(answer) { number, value in
            switch number {
            case 1: sealed.ciphertext = value
            case 2: sealed.keyID = String(decoding: value, as: UTF8.self)
            case 3:
                let (key, content) = KMSMessage.entry(value)
                sealed.annotations[key] = content
            default: break
            }
        }
        guard !sealed.ciphertext.isEmpty, !sealed.keyID.isEmpty else { throw KMSError("it encrypted nothing") }
        return sealed
    }

    func decrypt(_ sealed: Sealed) async throws(KMSError) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.data(1, sealed.ciphertext)
        writer.string(2, Self.request())
        writer.string(3, sealed.keyID)
        KMSMessage.write(sealed.annotations, as: 4, to: &writer)
        let answer = try await call("Decrypt", writer.bytes)
        var plain: [UInt8] = []
        try read(answer) { number, value in if number == 1 { plain = value } }
        return plain
    }

    /// Names a request in the logs of both sides.
    private static func request() -> String { String(UInt64.random(in: 0 ... .max), radix: 16) }

    private func call(_ method: String, _ message: [UInt8]) async throws(KMSError) -> [UInt8] {
        do throws(GRPCError) {
            return try await connection.unary(
                "/v2.KeyManagementService/\(method)", message, deadline: .now + timeout)
        } catch {
            throw KMSError("\(method): \(error)")
        }
    }

    private func read(_ message: [UInt8], _ field: (Int, [UInt8]) -> Void) throws(KMSError) {
        do throws(ProtobufError) {
            try KMSMessage.read(message, field)
        } catch {
            throw KMSError("it sent a malformed message: \(error.message)")
        }
    }
}

/// Reading and writing of the small messages around key services.
enum KMSMessage {
    /// Offers each field with bytes in it.
    static func read(_ message: [UInt8], _ field: (Int, [UInt8]) -> Void) throws(ProtobufError) {
        let outcome: Result<Void, ProtobufError> = message.withUnsafeBufferPointer { buffer in
            Result { () throws(ProtobufError) in
                var reader = ProtobufReader(buffer)
                while !reader.isAtEnd {
                    let (number, type) = try reader.tag()
                    if type == .bytes { field(number, Array(try reader.delimited())) } else { try reader.skip(type) }
                }
            }
        }
        try outcome.get()
    }

    /// An entry of a map from text to bytes; empty where it is malformed.
    static func entry(_ message: [UInt8]) -> (String, [UInt8]) {
        var (key, content): (String, [UInt8]) = ("", [])
        do throws(ProtobufError) {
            try read(message) { number, value in
                if number == 1 { key = String(decoding: value, as: UTF8.self) }
                if number == 2 { content = value }
            }
        } catch {
            return ("", [])
        }
        return (key, content)
    }

    static func write(_ entries: [String: [UInt8]], as number: Int, to writer: inout ProtobufWriter) {
        for (key, content) in entries.sorted(by: { $0.key < $1.key }) {
            var entry = ProtobufWriter()
            entry.string(1, key)
            entry.data(2, content)
            writer.data(number, entry.bytes)
        }
    }
}
