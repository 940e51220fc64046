/// The stream cipher Salsa20 and what XSalsa20 adds to it (Bernstein: "The Salsa20 family of stream ciphers",
/// "Extending the Salsa20 nonce"), which libcrypto does not have.
enum Salsa20 {
    private static let constants: [UInt32] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]

    /// HSalsa20: the key for a 24-byte nonce, from its first 16 bytes.
    static func derivedKey(_ key: [UInt8], nonce: ArraySlice<UInt8>) -> [UInt8] {
        let mixed = rounds(matrix(words(key[...]), words(nonce)))
        return [0, 5, 10, 15, 6, 7, 8, 9].flatMap { bytes(mixed[$0]) }
    }

    /// XORs a message with the stream of a key and an 8-byte nonce, from a block on.
    static func apply(key: [UInt8], nonce: ArraySlice<UInt8>, from block: UInt64, to message: inout [UInt8]) {
        let (key, nonce) = (words(key[...]), words(nonce))
        var (block, position) = (block, 0)
        while position < message.count {
            let input = matrix(
                key, nonce + [UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32)])
            let mixed = rounds(input)
            for index in 0..<16 {
                let word = mixed[index] &+ input[index]
                for shift in 0..<4 where position < message.count {
                    message[position] ^= UInt8(truncatingIfNeeded: word >> UInt32(8 * shift))
                    position += 1
                }
            }
            block += 1
        }
    }

    private static func matrix(_ key: [UInt32], _ input: [UInt32]) -> [UInt32] {
        [constants[0]] + key[..<4] + [constants[1]] + input + [constants[2]] + key[4...] + [constants[3]]
    }

    /// Twenty rounds: columns and rows in turn.
    private static func rounds(_ input: [UInt32]) -> [UInt32] {
        var state = input
        state.withUnsafeMutableBufferPointer { state in
            for _ in 0..<10 {
                quarter(state, 0, 4, 8, 12)
                quarter(state, 5, 9, 13, 1)
                quarter(state, 10, 14, 2, 6)
                quarter(state, 15, 3, 7, 11)
                quarter(state, 0, 1, 2, 3)
                quarter(state, 5, 6, 7, 4)
                quarter(state, 10, 11, 8, 9)
                quarter(state, 15, 12, 13, 14)
            }
        }
        return state
    }

    private static func quarter(
        _ state: UnsafeMutableBufferPointer<UInt32>, _ first: Int, _ second: Int, _ third: Int, _ fourth: Int
    ) {
        state[second] ^= rotated(state[first] &+ state[fourth], 7)
        state[third] ^= rotated(state[second] &+ state[first], 9)
        state[fourth] ^= rotated(state[third] &+ state[second], 13)
        state[first] ^= rotated(state[fourth] &+ state[third], 18)
    }

    private static func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 { word << by | word >> (32 - by) }

    private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
    }

    private static func bytes(_ word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
    }
}
