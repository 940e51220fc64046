import NIOCore

/// The end of a long answer, where `usage` stands.
struct AnswerTail {
    private static let bytes = 1024
    private static let key = Array("\"usage\"".utf8)

    private var last: [UInt8] = []

    mutating func take(_ piece: ByteBuffer) {
        let view = piece.readableBytesView.suffix(Self.bytes)
        last.append(contentsOf: view)
        if last.count > Self.bytes { last.removeFirst(last.count - Self.bytes) }
    }

    var usage: TokenUsage? {
        guard let found = last.firstRange(of: Self.key), let begin = last[found.upperBound...].firstIndex(of: 0x7B)
        else {
            return nil
        }
        return last[begin...].withUnsafeBytes { TokenUsage(object: $0) }
    }
}
