/// A version by the rules of semver.org 2.0: `1.2.3-rc.1+build`.
package struct SemanticVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let major: UInt64
    package let minor: UInt64
    package let patch: UInt64
    package let prerelease: [String]
    package let build: [String]

    /// `nil` unless the text is a version in full, with three numbers and no `v` in front.
    package init?(_ text: String) {
        var rest = Substring(text)
        var build: [String] = []
        if let plus = rest.firstIndex(of: "+") {
            build = Self.parts(rest[rest.index(after: plus)...])
            guard build.allSatisfy(Self.isIdentifier) else { return nil }
            rest = rest[..<plus]
        }
        var prerelease: [String] = []
        if let dash = rest.firstIndex(of: "-") {
            prerelease = Self.parts(rest[rest.index(after: dash)...])
            guard prerelease.allSatisfy({ Self.isIdentifier($0) && !Self.isPaddedNumber($0) }) else { return nil }
            rest = rest[..<dash]
        }
        let numbers = Self.parts(rest)
        guard numbers.count == 3, numbers.allSatisfy({ Self.isNumber($0) && !Self.isPaddedNumber($0) }),
            let major = UInt64(numbers[0]), let minor = UInt64(numbers[1]), let patch = UInt64(numbers[2])
        else { return nil }
        (self.major, self.minor, self.patch) = (major, minor, patch)
        self.prerelease = prerelease
        self.build = build
    }

    package var description: String {
        "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease.joined(separator: "."))
            + (build.isEmpty ? "" : "+" + build.joined(separator: "."))
    }

    /// Precedence; what was built how counts for nothing.
    package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        let (numbers, others) = ([left.major, left.minor, left.patch], [right.major, right.minor, right.patch])
        if numbers != others { return numbers.lexicographicallyPrecedes(others) }
        if left.prerelease.isEmpty || right.prerelease.isEmpty {
            return !left.prerelease.isEmpty && right.prerelease.isEmpty
        }
        for (mine, theirs) in zip(left.prerelease, right.prerelease) where mine != theirs {
            switch (UInt64(mine), UInt64(theirs)) {
            case (let mine?, let theirs?): return mine < theirs
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return mine.utf8.lexicographicallyPrecedes(theirs.utf8)
            }
        }
        return left.prerelease.count < right.prerelease.count
    }

    private static func parts(_ text: Substring) -> [String] {
        text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isPaddedNumber(_ text: String) -> Bool {
        isNumber(text) && text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "0")
    }

    private static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
