import Machinery

/// A value that a key service's key protects, as Kubernetes stores it (`v2.EncryptedObject`, KEP-3299).
struct EncryptedObject: Sendable {
    var data: [UInt8] = []
    /// The seed that the data's keys are derived from, as the service encrypted it.
    var source = KMSClient.Sealed()

    private static let seedSource: UInt64 = 1

    init(data: [UInt8], source: KMSClient.Sealed) {
        self.data = data
        self.source = source
    }

    /// Fails where it is malformed, or its key is not a seed.
    init(_ message: [UInt8]) throws(CipherError) {
        var (object, type): (EncryptedObject, UInt64) = (EncryptedObject(), 0)
        do throws(ProtobufError) {
            try KMSMessage.read(message) { number, value in
                switch number {
                case 1: object.data = value
                case 2: object.source.keyID = String(decoding: value, as: UTF8.self)
                case 3: object.source.ciphertext = value
                case 4:
                    let (key, content) = KMSMessage.entry(value)
                    object.source.annotations[key] = content
                default: break
                }
            }
            type = try Self.sourceType(message)
        } catch {
            throw CipherError("the stored data is no encrypted object: \(error.message)")
        }
        guard type == Self.seedSource else { throw CipherError("the stored data has the unknown key source \(type)") }
        self = object
    }

    private init() {}

    var encoded: [UInt8] {
        var writer = ProtobufWriter(reserving: data.count + 256)
        writer.data(1, data)
        writer.string(2, source.keyID)
        writer.data(3, source.ciphertext)
        KMSMessage.write(source.annotations, as: 4, to: &writer)
        writer.integer(5, Int64(Self.seedSource))
        return writer.bytes
    }

    private static func sourceType(_ message: [UInt8]) throws(ProtobufError) -> UInt64 {
        let outcome: Result<UInt64, ProtobufError> = message.withUnsafeBufferPointer { buffer in
            Result { () throws(ProtobufError) in
                var (reader, found): (ProtobufReader, UInt64) = (ProtobufReader(buffer), 0)
                while !reader.isAtEnd {
                    let (number, type) = try reader.tag()
                    if number == 5, type == .varint { found = try reader.varint() } else { try reader.skip(type) }
                }
                return found
            }
        }
        return try outcome.get()
    }
}
