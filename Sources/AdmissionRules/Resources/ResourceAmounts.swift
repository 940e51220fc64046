import Machinery

/// Amounts of resources by name.
package typealias ResourceAmounts = [String: Quantity]

extension ResourceAmounts {
    /// The amounts of both.
    package func adding(_ other: ResourceAmounts) -> ResourceAmounts {
        merging(other) { $0 + $1 }
    }

    package mutating func add(_ other: ResourceAmounts) { self = adding(other) }

    /// The larger of both, name by name.
    package func raised(to other: ResourceAmounts) -> ResourceAmounts {
        merging(other) { Swift.max($0, $1) }
    }

    /// What is more here than there; a name of which there is not more counts nothing.
    func growth(from other: ResourceAmounts) -> ResourceAmounts {
        var result: ResourceAmounts = [:]
        for (name, amount) in self { result[name] = Swift.max(amount - (other[name] ?? .zero), .zero) }
        return result
    }

    /// The amounts of some names only.
    package func masked(to names: some Sequence<String>) -> ResourceAmounts {
        var result: ResourceAmounts = [:]
        for name in names {
            if let amount = self[name] { result[name] = amount }
        }
        return result
    }

    var withoutZeros: ResourceAmounts { filter { !$0.value.isZero } }

    /// `cpu=1,pods=2`, in the order of the names.
    var listed: String {
        sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
}
