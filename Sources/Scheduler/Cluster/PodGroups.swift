import KubeAPI
import Machinery

/// Gangs: their policies, and which of their pods wait and which have a place (KEP-4671).
package struct PodGroups: Sendable {
    package struct Group: Sendable {
        /// `nil` where the API has no such group.
        package fileprivate(set) var policy: Policy?
        /// By uid.
        package fileprivate(set) var waiting: Set<String> = []
        package fileprivate(set) var placed: Set<String> = []

        package var count: Int { waiting.count + placed.count }
    }

    package enum Policy: Hashable, Sendable {
        /// Pods are placed one by one.
        case basic
        /// At least so many together, or none.
        case gang(minimum: Int)
    }

    private var groups: [ObjectKey: Group] = [:]

    package subscript(key: ObjectKey) -> Group? { groups[key] }

    package mutating func set(_ group: PodGroup) {
        let gang = group.spec.schedulingPolicy.gang
        groups[group.key, default: Group()].policy = gang.map { .gang(minimum: Int($0.minCount)) } ?? .basic
    }

    package mutating func remove(_ key: ObjectKey) {
        groups[key]?.policy = nil
        dropEmpty(key)
    }

    /// Notes where a pod stands.
    package mutating func note(_ pod: PodInfo, isPlaced: Bool) {
        guard let key = pod.group else { return }
        forget(pod)
        if isPlaced {
            groups[key, default: Group()].placed.insert(pod.uid)
        } else {
            groups[key, default: Group()].waiting.insert(pod.uid)
        }
    }

    package mutating func forget(_ pod: PodInfo) {
        guard let key = pod.group else { return }
        groups[key]?.waiting.remove(pod.uid)
        groups[key]?.placed.remove(pod.uid)
        dropEmpty(key)
    }

    private mutating func dropEmpty(_ key: ObjectKey) {
        if let group = groups[key], group.policy == nil, group.count == 0 { groups[key] = nil }
    }
}
