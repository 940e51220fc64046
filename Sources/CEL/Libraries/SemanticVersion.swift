import Machinery

/// A version as semver.org 2.0.0 has it.
struct SemanticVersion: Sendable {
    let numbers: [UInt64]
    let prerelease: [String]

    struct Problem: Error, Hashable {
        let text: String
    }

    init(_ text: String) throws(Problem) {
        guard !text.isEmpty else { throw Problem(text: "Version string empty") }
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw Problem(text: "No Major.Minor.Patch elements found") }
        var rest = parts[2]
        var build: Substring?
        var pre: Substring?
        if let plus = rest.firstIndex(of: "+") {
            build = rest[rest.index(after: plus)...]
            rest = rest[..<plus]
        }
        if let minus = rest.firstIndex(of: "-") {
            pre = rest[rest.index(after: minus)...]
            rest = rest[..<minus]
        }
        numbers = [
            try Self.number(parts[0], "Major"), try Self.number(parts[1], "Minor"), try Self.number(rest, "Patch"),
        ]
        var identifiers: [String] = []
        for part in pre?.split(separator: ".", omittingEmptySubsequences: false) ?? [] {
            identifiers.append(try Self.identifier(part, isPrerelease: true))
        }
        prerelease = identifiers
        for part in build?.split(separator: ".", omittingEmptySubsequences: false) ?? [] {
            _ = try Self.identifier(part, isPrerelease: false)
        }
    }

    private static func number(_ text: Substring, _ name: String) throws(Problem) -> UInt64 {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Problem(
                text: "Invalid character(s) found in \(name.lowercased()) number \(GoQuote.quote(String(text)))")
        }
        if text.utf8.count > 1, text.first == "0" {
            throw Problem(text: "\(name) number must not contain leading zeroes \(GoQuote.quote(String(text)))")
        }
        guard let number = UInt64(text) else {
            throw Problem(text: "strconv.ParseUint: parsing \(GoQuote.quote(String(text))): invalid syntax")
        }
        return number
    }

    private static func identifier(_ text: Substring, isPrerelease: Bool) throws(Problem) -> String {
        let isPlain = text.utf8.allSatisfy {
            ASCIIClassOfVersions.contains($0)
        }
        if isPrerelease, text.isEmpty { throw Problem(text: "Prerelease is empty") }
        if text.isEmpty { throw Problem(text: "Build meta data is empty") }
        guard isPlain else {
            throw Problem(
                text: isPrerelease
                    ? "Invalid character(s) found in prerelease \(GoQuote.quote(String(text)))"
                    : "Invalid character(s) found in build meta data \(GoQuote.quote(String(text)))")
        }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isPrerelease, isNumber, text.utf8.count > 1, text.first == "0" {
            throw Problem(
                text: "Numeric PreRelease version must not contain leading zeroes \(GoQuote.quote(String(text)))")
        }
        return String(text)
    }

    private enum ASCIIClassOfVersions {
        static func contains(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// Reads also `v1.2` and `01.2.3`: a leading `v`, leading zeros and missing numbers are set right first.
    init(normalizing text: String) throws(Problem) {
        let plain = text.hasPrefix("v") ? text.dropFirst() : text[...]
        var parts = plain.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map { part in
            guard part.utf8.count > 1 else { return String(part) }
            let trimmed = part.drop { $0 == "0" }
            return (trimmed.first?.isNumber ?? false) ? String(trimmed) : "0" + trimmed
        }
        if parts.count < 3 {
            if parts[parts.count - 1].contains(where: { $0 == "+" || $0 == "-" }) {
                throw Problem(text: "short version cannot contain PreRelease/Build meta data")
            }
            while parts.count < 3 { parts.append("0") }
        }
        try self.init(parts.joined(separator: "."))
    }

    /// Negative, zero or positive; what is built from the same source with other metadata is equal.
    func compare(_ other: SemanticVersion) -> Int {
        for (left, right) in zip(numbers, other.numbers) where left != right { return left < right ? -1 : 1 }
        if prerelease.isEmpty || other.prerelease.isEmpty {
            return prerelease.isEmpty == other.prerelease.isEmpty ? 0 : (prerelease.isEmpty ? 1 : -1)
        }
        for (left, right) in zip(prerelease, other.prerelease) where left != right {
            switch (UInt64(left), UInt64(right)) {
            case (let left?, let right?): return left < right ? -1 : 1
            case (.some, nil): return -1
            case (nil, .some): return 1
            case (nil, nil): return UTF8Order.compare(left, right) < 0 ? -1 : 1
            }
        }
        return prerelease.count == other.prerelease.count ? 0 : (prerelease.count < other.prerelease.count ? -1 : 1)
    }
}

/// A version as a value; hosts put them into activations (attributes of devices).
package struct SemverValue: CELOpaque {
    static let type = CELType.object("kubernetes.Semver")
    let version: SemanticVersion
    package var celType: CELType { Self.type }

    /// - Returns: `nil` for a text that is no version.
    package init?(_ text: String) {
        guard let version = try? SemanticVersion(text) else { return nil }
        self.version = version
    }

    init(version: SemanticVersion) { self.version = version }

    package func isEqual(_ other: any CELOpaque) -> Bool {
        (other as? SemverValue).map { $0.version.compare(version) == 0 } ?? false
    }
}

/// `semver('1.2.3').isLessThan(…)`
enum SemverLibrary {
    typealias Failure = CELEvaluationError

    static let functions: FunctionTable = {
        var table = FunctionTable()
        let type = "kubernetes.Semver"
        table.add(
            "semver",
            .one("string_to_semver", "(string) \(type)") { value throws(Failure) in try parse(value, false) },
            .two("string_bool_to_semver", "(string, bool) \(type)") { value, normalizes throws(Failure) in
                try parse(value, normalizes.boolValue ?? false)
            })
        table.add(
            "isSemver",
            .one("is_semver_string", "(string) bool") { value throws(Failure) in
                .bool((try? parse(value, false)) != nil)
            },
            .two("is_semver_string_bool", "(string, bool) bool") { value, normalizes throws(Failure) in
                .bool((try? parse(value, normalizes.boolValue ?? false)) != nil)
            })
        let orders: [(String, String, String, @Sendable (Int) -> CELValue)] = [
            ("isGreaterThan", "semver_is_greater_than", "bool", { .bool($0 > 0) }),
            ("isLessThan", "semver_is_less_than", "bool", { .bool($0 < 0) }),
            ("compareTo", "semver_compare_to", "int", { .int(Int64($0)) }),
        ]
        for (name, id, result, answer) in orders {
            table.add(
                name,
                .two(id, "\(type).(\(type)) \(result)") { left, right throws(Failure) in
                    answer(try version(left).compare(version(right)))
                })
        }
        for (index, name) in ["major", "minor", "patch"].enumerated() {
            table.add(
                name,
                .one("semver_\(name)", "\(type).() int") { value throws(Failure) in
                    .int(Int64(truncatingIfNeeded: try version(value).numbers[index]))
                })
        }
        return table
    }()

    private static func version(_ value: CELValue) throws(Failure) -> SemanticVersion {
        guard case .opaque(let value as SemverValue) = value else { throw Failure("no such overload") }
        return value.version
    }

    private static func parse(_ value: CELValue, _ normalizes: Bool) throws(Failure) -> CELValue {
        let text = value.stringValue ?? ""
        do throws(SemanticVersion.Problem) {
            let version = normalizes ? try SemanticVersion(normalizing: text) : try SemanticVersion(text)
            return .opaque(SemverValue(version: version))
        } catch {
            throw Failure(error.text)
        }
    }
}
