import NIOCore

/// A body that is at hand, in pieces of a size, each copied when it is asked for. What is written by somebody else has
/// none.
struct BodyPieces: Sequence, Sendable {
    private let body: ServerResponse.Body
    private let size: Int

    init(_ body: ServerResponse.Body, of size: Int) {
        self.body = body
        self.size = size
    }

    func makeIterator() -> Iterator { Iterator(body, size) }

    struct Iterator: IteratorProtocol {
        private let size: Int
        private var bytes: ArraySlice<UInt8> = []
        private var list: ListBody?
        private var index = 0

        init(_ body: ServerResponse.Body, _ size: Int) {
            self.size = size
            switch body {
            case .bytes(let bytes): self.bytes = bytes[...]
            case .list(let list): self.list = list
            case .watch, .stream, .relay, .upgrade: break
            }
        }

        mutating func next() -> ByteBuffer? {
            if list != nil { return nextOfList() }
            guard !bytes.isEmpty else { return nil }
            defer { bytes = bytes.dropFirst(size) }
            return ByteBuffer(bytes: bytes.prefix(size))
        }

        /// Objects are not split: a piece may be larger by one.
        private mutating func nextOfList() -> ByteBuffer? {
            guard let list else { return nil }
            var piece = ByteBufferAllocator().buffer(capacity: size + size / 8)
            if index == 0 { piece.writeBytes(list.prefix) }
            while index < list.objects.count, piece.readableBytes < size {
                if index > 0 { piece.writeInteger(UInt8(ascii: ",")) }
                piece.writeBytes(list.objects[index].bytes)
                index += 1
            }
            if index == list.objects.count {
                piece.writeBytes(list.suffix)
                self.list = nil
            }
            return piece
        }
    }
}
