/// How much a pod may do to its node; of the Pod Security Standards.
package enum PodSecurityLevel: String, Sendable, CaseIterable, Comparable {
    /// Everything.
    case privileged
    /// Nothing by which pods are known to break out.
    case baseline
    /// As little as is known to be possible.
    case restricted

    private var rank: Int {
        switch self {
        case .privileged: 0
        case .baseline: 1
        case .restricted: 2
        }
    }

    package static func < (left: PodSecurityLevel, right: PodSecurityLevel) -> Bool { left.rank < right.rank }
}

/// The version of Kubernetes whose rules are meant.
package enum PodSecurityVersion: Hashable, Sendable, CustomStringConvertible {
    case latest
    /// `v1.x`
    case minor(Int)

    /// `latest` or `v1.x`, without leading zeros.
    package init?(_ text: String) {
        if text == "latest" {
            self = .latest
            return
        }
        guard text.hasPrefix("v1."), let number = Int(text.dropFirst(3)), number >= 0, text == "v1.\(number)" else {
            return nil
        }
        self = .minor(number)
    }

    package var description: String {
        switch self {
        case .latest: "latest"
        case .minor(let number): "v1.\(number)"
        }
    }
}

/// A level as a version has it: `restricted:v1.30`.
package struct PodSecurityStandard: Hashable, Sendable, CustomStringConvertible {
    package var level: PodSecurityLevel
    package var version: PodSecurityVersion

    package init(_ level: PodSecurityLevel, _ version: PodSecurityVersion = .latest) {
        self.level = level
        self.version = version
    }

    package var description: String { "\(level.rawValue):\(version)" }

    /// Whether both allow the same, as far as their names tell.
    func isEquivalent(to other: PodSecurityStandard) -> Bool {
        self == other || (level == .privileged && other.level == .privileged)
    }
}
