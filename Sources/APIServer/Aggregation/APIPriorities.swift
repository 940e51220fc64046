import KubeAPI
import Machinery

/// In which order clients prefer groups, and versions within them: what the APIServices say.
///
/// Source: kube-aggregator: groups by the greatest `groupPriorityMinimum` of their versions, then by name; versions by
/// `versionPriority`, then by what their names say.
struct APIPriorities: Hashable, Sendable {
    private var groups: [String: Int32] = [:]
    private var versions: [GroupVersion: Int32] = [:]

    mutating func add(_ spec: APIServiceSpec) {
        let group = spec.group ?? ""
        groups[group] = max(groups[group] ?? 0, spec.groupPriorityMinimum)
        versions[GroupVersion(group: group, version: spec.version ?? "")] = spec.versionPriority
    }

    /// A group that has no APIService yet stands where it will stand with it.
    func precedes(group left: String, _ right: String) -> Bool {
        // The registry of APIs itself comes first: its names are not to be taken by others.
        if left == APIService.resource.group || right == APIService.resource.group {
            return left == APIService.resource.group && left != right
        }
        let (first, second) = (groupPriority(left), groupPriority(right))
        return first == second ? left < right : first > second
    }

    func precedes(_ left: String, _ right: String, in group: String) -> Bool {
        let first = versionPriority(GroupVersion(group: group, version: left))
        let second = versionPriority(GroupVersion(group: group, version: right))
        return first == second ? VersionPriority.precedes(left, right) : first > second
    }

    private func groupPriority(_ group: String) -> Int32 {
        groups[group] ?? APIPriority.of(GroupVersion(group: group, version: "")).group
    }

    private func versionPriority(_ version: GroupVersion) -> Int32 {
        versions[version] ?? (APIPriority.isKnown(version.group) ? APIPriority.of(version).version : 100)
    }
}
