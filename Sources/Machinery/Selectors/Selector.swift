/// A condition on labels: all of its requirements must hold. No requirement at all matches everything.
package struct Selector: Hashable, Sendable {
    /// The requirements, sorted by key.
    package let requirements: [Requirement]
    /// Matches nothing, whatever the requirements say: what an absent `LabelSelector` means.
    package let isNothing: Bool

    package static let everything = Selector([])
    package static let nothing = Selector(requirements: [], isNothing: true)

    package init(_ requirements: [Requirement]) {
        // Sorting is stable in effect: requirements on one key keep their order.
        let ordered = requirements.enumerated().sorted { left, right in
            let order = UTF8Order.compare(left.element.key, right.element.key)
            return order != 0 ? order < 0 : left.offset < right.offset
        }
        self.init(requirements: ordered.map(\.element), isNothing: false)
    }

    private init(requirements: [Requirement], isNothing: Bool) {
        self.requirements = requirements
        self.isNothing = isNothing
    }

    package var isEverything: Bool { !isNothing && requirements.isEmpty }

    /// The closure gives the value of a label, or `nil` when the object does not have it.
    package func matches(_ value: (String) -> String?) -> Bool {
        !isNothing && requirements.allSatisfy { $0.matches(value($0.key)) }
    }

    package func matches(_ labels: [String: String]) -> Bool {
        matches { labels[$0] }
    }

    /// Labels as pairs sorted by the bytes of their keys, as headers beside stored objects hold them.
    package func matches(pairs: [(key: String, value: String)]) -> Bool {
        matches { key in Self.value(of: key, in: pairs) }
    }

    /// Labels as they stand in an object's `metadata.labels`.
    package func matches(_ labels: JSONObject) -> Bool {
        matches { labels[$0]?.stringValue }
    }

    private static func value(of key: String, in pairs: [(key: String, value: String)]) -> String? {
        var low = 0
        var high = pairs.count
        while low < high {
            let middle = (low + high) / 2
            let order = UTF8Order.compare(pairs[middle].key, key)
            if order == 0 { return pairs[middle].value }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The value that a label must have for a match, when a requirement demands exactly one: for indexes.
    package func requiredValue(of key: String) -> String? {
        for requirement in requirements where requirement.key == key && requirement.values.count == 1 {
            switch requirement.operation {
            case .equals, .doubleEquals, .in: return requirement.values[0]
            case .notEquals, .notIn, .exists, .doesNotExist, .greaterThan, .lessThan: continue
            }
        }
        return nil
    }
}

extension Selector: CustomStringConvertible {
    package var description: String { requirements.map(\.description).joined(separator: ",") }
}

/// Why a text is not a selector; worded as Kubernetes words it.
package struct SelectorError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
