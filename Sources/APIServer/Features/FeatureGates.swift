import Machinery

/// Kubernetes' feature gates: which features are on, by their names in Kubernetes 1.36 with its defaults.
///
/// A gate that nothing in Gantry asks for may be set all the same, so that command lines of others work; one that
/// Kubernetes does not know is refused, as there.
package struct FeatureGates: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable {
        case stable = "GA"
        case beta = "Beta"
        case alpha = "Alpha"
        case deprecated = "Deprecated"
    }

    package struct Feature: Sendable, Hashable {
        package let stage: Stage
        package let isOnByDefault: Bool
        package let isLocked: Bool
    }

    /// A setting that makes no sense, in Kubernetes' words.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Every gate that Kubernetes 1.36 knows.
    package static let known: [String: Feature] = {
        var known: [String: Feature] = [:]
        var current: Feature?
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasSuffix(":"), let stage = words.first.flatMap(Stage.init(rawValue:)) {
                current = Feature(
                    stage: stage, isOnByDefault: words[1].hasPrefix("true"), isLocked: line.hasSuffix(" locked:"))
            } else if let current {
                for name in words { known[name] = current }
            }
        }
        return known
    }()

    private var changed: [String: Bool] = [:]

    /// Kubernetes' defaults.
    package init() {}

    /// Parses `Name=true,Other=false`; `AllAlpha` and `AllBeta` stand for their stages.
    package init(parsing text: String) throws(Failure) {
        var given: [(name: String, value: Bool)] = []
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0.trimmingSpaces()) }
            guard pair.count == 2 else { throw Failure(description: "missing bool value for \(part)") }
            guard let value = ["true": true, "1": true, "false": false, "0": false][pair[1].lowercased()] else {
                throw Failure(
                    description: "invalid value of \(pair[0])=\(pair[1]), err: strconv.ParseBool: parsing "
                        + "\(GoQuote.quote(pair[1])): invalid syntax")
            }
            given.append((pair[0], value))
        }
        // Whole stages first, whatever the order: a gate's own setting wins.
        for (name, value) in given {
            let stage: Stage
            switch name {
            case "AllAlpha": stage = .alpha
            case "AllBeta": stage = .beta
            default: continue
            }
            for (feature, known) in Self.known where known.stage == stage && !known.isLocked {
                changed[feature] = value
            }
        }
        for (name, value) in given where name != "AllAlpha" && name != "AllBeta" {
            guard let known = Self.known[name] else { throw Failure(description: "unrecognized feature gate: \(name)") }
            guard !known.isLocked || known.isOnByDefault == value else {
                throw Failure(
                    description: "cannot set feature gate \(name) to \(value), feature is locked to "
                        + "\(known.isOnByDefault)")
            }
            changed[name] = value
        }
    }

    /// Whether a feature is on; one that is not known is off.
    package func isEnabled(_ name: String) -> Bool {
        changed[name] ?? Self.known[name]?.isOnByDefault ?? false
    }
}
