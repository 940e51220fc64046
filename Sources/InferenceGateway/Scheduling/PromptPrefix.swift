/// The beginning of a prompt, as hashes of its first blocks, each over all that comes before it: prompts that begin alike
/// have the same first hashes, and a replica that computed one has its keys and values at hand.
///
/// Blocks are of JSON text, which begins alike where the conversation does.
package struct PromptPrefix: Sendable, Hashable {
    /// Bytes of text in a block: 64 tokens or so.
    static let blockBytes = 256
    /// What lies behind is not told apart.
    static let maximumBlocks = 64

    let blocks: [UInt64]

    init() { blocks = [] }

    /// - Parameter text: what is left over after the last whole block does not count.
    init(_ text: UnsafeRawBufferPointer, model: String) {
        var blocks: [UInt64] = []
        let count = min(text.count / Self.blockBytes, Self.maximumBlocks)
        blocks.reserveCapacity(count)
        var hash = Self.seed
        for byte in model.utf8 { hash = Self.mix(hash ^ UInt64(byte)) }
        for block in 0..<count {
            let begin = block * Self.blockBytes
            for word in stride(from: begin, to: begin + Self.blockBytes, by: 8) {
                hash = Self.mix(hash ^ text.loadUnaligned(fromByteOffset: word, as: UInt64.self))
            }
            blocks.append(hash)
        }
        self.blocks = blocks
    }

    /// Another one in each process, so that nobody can make prompts that look alike.
    private static let seed = UInt64.random(in: 1 ... .max)

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
