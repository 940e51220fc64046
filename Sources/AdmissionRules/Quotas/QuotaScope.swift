import KubeAPI

/// A part of a namespace's objects that a quota is for.
package struct QuotaScope: Hashable, Sendable {
    enum Name: Hashable, Sendable {
        case terminating
        case notTerminating
        case bestEffort
        case notBestEffort
        case priorityClass
        case crossNamespacePodAffinity
        case volumeAttributesClass
        /// Of a later version; holds nothing.
        case unknown

        init(_ text: String) {
            switch text {
            case "Terminating": self = .terminating
            case "NotTerminating": self = .notTerminating
            case "BestEffort": self = .bestEffort
            case "NotBestEffort": self = .notBestEffort
            case "PriorityClass": self = .priorityClass
            case "CrossNamespacePodAffinity": self = .crossNamespacePodAffinity
            case "VolumeAttributesClass": self = .volumeAttributesClass
            default: self = .unknown
            }
        }
    }

    /// What is asked of the names an object gives: of its priority class, of the classes of its volume.
    private enum Condition: Hashable, Sendable {
        case exists
        case doesNotExist
        case among(Set<String>)
        case notAmong(Set<String>)
    }

    let name: Name
    /// As it is written in the quota.
    package let text: String
    private let condition: Condition

    /// A scope by its name alone.
    package init(_ text: String) {
        self.text = text
        name = Name(text)
        condition = .exists
    }

    package init(_ requirement: ScopedResourceSelectorRequirement) {
        text = requirement.scopeName
        name = Name(requirement.scopeName)
        condition =
            switch requirement.operator {
            case "In": .among(Set(requirement.values))
            case "NotIn": .notAmong(Set(requirement.values))
            case "DoesNotExist": .doesNotExist
            default: .exists
            }
    }

    /// The scopes of a quota, all of which an object must be within.
    static func all(of spec: ResourceQuotaSpec) -> [QuotaScope] {
        spec.scopes.map { QuotaScope($0) } + (spec.scopeSelector?.matchExpressions ?? []).map { QuotaScope($0) }
    }

    /// Whether one of the names does; without names, whether having none does.
    func matches(_ names: [String]) -> Bool {
        switch condition {
        case .exists: !names.isEmpty
        case .doesNotExist: names.isEmpty
        case .among(let wanted): names.contains(where: wanted.contains)
        case .notAmong(let unwanted): names.isEmpty || names.contains { !unwanted.contains($0) }
        }
    }
}
