/// An image reference, checked and completed as the container tools do: `nginx` is `docker.io/library/nginx:latest`.
package struct ImageName: Hashable, Sendable, CustomStringConvertible {
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// The registry's host, with its port if any.
    package let registry: String
    package let repository: String
    package let tag: String?
    package let digest: String?

    package init(_ text: String) throws(Malformed) {
        func malformed(_ why: String) -> Malformed {
            Malformed(
                description:
                    "Failed to apply default image tag \"\(text)\": couldn't parse image name \"\(text)\": "
                    + "invalid reference format\(why)"
            )
        }
        guard !text.isEmpty, text.utf8.count <= 1024 else { throw malformed("") }
        var rest = Substring(text)
        var digest: String?
        if let at = rest.firstIndex(of: "@") {
            let value = rest[rest.index(after: at)...]
            let parts = value.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].allSatisfy({ $0.isLetter || $0.isNumber || "+._-".contains($0) }),
                parts[1].count >= 32, parts[1].allSatisfy(\.isHexDigit)
            else { throw malformed("") }
            digest = String(value)
            rest = rest[..<at]
        }
        var tag: String?
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
            let value = rest[rest.index(after: colon)...]
            guard let first = value.utf8.first, value.utf8.count <= 128,
                Self.isWord(first) || first == UInt8(ascii: "_"),
                value.utf8.allSatisfy({ Self.isWord($0) || "_.-".utf8.contains($0) })
            else { throw malformed("") }
            tag = String(value)
            rest = rest[..<colon]
        }
        let first = rest.prefix { $0 != "/" }
        if first.count < rest.count, first.contains(".") || first.contains(":") || first == "localhost" {
            registry = String(first)
            rest = rest.dropFirst(first.count + 1)
        } else {
            registry = "docker.io"
        }
        guard !rest.isEmpty else { throw malformed("") }
        for part in rest.split(separator: "/", omittingEmptySubsequences: false) {
            guard let head = part.utf8.first, let tail = part.utf8.last, Self.isLower(head), Self.isLower(tail),
                part.utf8.allSatisfy({ Self.isLower($0) || "._-".utf8.contains($0) })
            else { throw malformed(part.contains { $0.isUppercase } ? ": repository name must be lowercase" : "") }
        }
        repository = registry == "docker.io" && !rest.contains("/") ? "library/" + rest : String(rest)
        self.tag = tag
        self.digest = digest
    }

    package var description: String {
        "\(registry)/\(repository)" + (tag.map { ":\($0)" } ?? (digest == nil ? ":latest" : ""))
            + (digest.map { "@\($0)" } ?? "")
    }

    /// Whether the image is looked for in the registry at every start when the pod does not say.
    package var isMoving: Bool { digest == nil && (tag == nil || tag == "latest") }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isLower(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
