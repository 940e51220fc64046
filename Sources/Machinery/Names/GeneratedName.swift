/// Names the server makes from `generateName`: the prefix, cut to leave room, and five random characters.
package enum GeneratedName {
    /// No vowels, and no digits that look like letters: a name never spells a word.
    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    package static let suffixLength = 5
    private static let maximumPrefixLength = Names.maximumLabelLength - suffixLength

    package static func make(
        prefix: String, using generator: inout some RandomNumberGenerator
    ) -> String {
        var kept = prefix
        while kept.utf8.count > maximumPrefixLength { kept.removeLast() }
        return kept + suffix(using: &generator)
    }

    package static func make(prefix: String) -> String {
        var generator = SystemRandomNumberGenerator()
        return make(prefix: prefix, using: &generator)
    }

    package static func suffix(length: Int = suffixLength, using generator: inout some RandomNumberGenerator) -> String
    {
        // The system is asked for one number, from which more letters are taken than a suffix has.
        var number: UInt64 = 0
        return String(
            decoding: (0..<length).map { index in
                if index.isMultiple(of: 8) { number = generator.next() }
                let (rest, place) = number.quotientAndRemainder(dividingBy: UInt64(alphabet.count))
                number = rest
                return alphabet[Int(place)]
            },
            as: UTF8.self)
    }

    /// Maps a number to the same alphabet, as pod template hashes are written (`rand.SafeEncodeString`).
    package static func safeEncode(_ text: String) -> String {
        String(decoding: text.utf8.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
    }
}
