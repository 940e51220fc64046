import Foundation

/// A tar archive (POSIX ustar) built in memory, for the few small files gantry packs itself. Same input, same bytes.
struct TarArchive {
    private(set) var bytes: [UInt8] = []

    private static let block = 512

    /// Adds a regular file owned by root.
    /// - Parameter name: At most 100 bytes, the width of the header's field.
    mutating func add(_ name: String, mode: Int, contents: [UInt8]) {
        precondition(name.utf8.count <= 100 && mode <= 0o7777, "tar names here are constants of at most 100 bytes")
        var header = [UInt8](repeating: 0, count: Self.block)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        put(name, at: 0)
        put(Self.octal(mode, width: 7), at: 100)
        put(Self.octal(0, width: 7), at: 108)
        put(Self.octal(0, width: 7), at: 116)
        put(Self.octal(contents.count, width: 11), at: 124)
        put(Self.octal(0, width: 11), at: 136)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        // The checksum counts its own field as eight spaces.
        put("        ", at: 148)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(Self.octal(sum, width: 6) + "\0 ", at: 148)
        bytes += header
        bytes += contents
        bytes += [UInt8](repeating: 0, count: (Self.block - contents.count % Self.block) % Self.block)
    }

    /// The archive with its closing two empty blocks.
    func closed() -> [UInt8] { bytes + [UInt8](repeating: 0, count: 2 * Self.block) }

    private static func octal(_ value: Int, width: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
