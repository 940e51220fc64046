import Machinery

/// Random values for property tests.
struct RandomJSON {
    var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func value(depth: Int = 0) -> JSON {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .int(Int64(truncatingIfNeeded: generator.next()) >> Int64.random(in: 0..<64, using: &generator))
        case 3: .double(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 1024 + 0.0001)
        case 4: .string(text())
        case 5: .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in value(depth: depth + 1) })
        default: .object(object(depth: depth))
        }
    }

    mutating func object(depth: Int = 0) -> JSONObject {
        JSONObject((0..<Int.random(in: 0..<6, using: &generator)).map { _ in (text(), value(depth: depth + 1)) })
    }

    private static let characters: [Character] = Array("abcXYZ019 \"\\/\n\t\u{01}\u{7F}äß€漢🎈e\u{301}")

    mutating func text() -> String {
        let length = Int.random(in: 0..<20, using: &generator)
        return String((0..<length).map { _ in Self.characters.randomElement(using: &generator) ?? "a" })
    }
}
