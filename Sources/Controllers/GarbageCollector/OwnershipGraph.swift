import KubeAPI
import Machinery

/// What the garbage collector knows of an object: its identity, its owners, and how it is being deleted.
struct ObjectFacts: Hashable, Sendable {
    static let foreground = "foregroundDeletion"
    static let orphan = "orphan"

    let resource: GroupVersionResource
    let kind: GroupVersionKind
    let key: ObjectKey
    let uid: String
    let owners: [OwnerFacts]
    let isBeingDeleted: Bool
    /// Waits for its dependents to be deleted first.
    let deletesDependents: Bool
    /// Waits for its dependents to be released.
    let orphansDependents: Bool

    init(resource: GroupVersionResource, kind: GroupVersionKind, object: JSONObject) {
        let metadata = object["metadata"]?.objectValue ?? JSONObject()
        self.resource = resource
        self.kind = kind
        key = ObjectKey(namespace: metadata.string("namespace") ?? "", name: metadata.string("name") ?? "")
        uid = metadata.string("uid") ?? ""
        owners = metadata["ownerReferences"]?.arrayValue?.compactMap { $0.objectValue.map(OwnerFacts.init) } ?? []
        isBeingDeleted = metadata["deletionTimestamp"] != nil
        let finalizers = isBeingDeleted ? metadata.strings("finalizers") : []
        deletesDependents = finalizers.contains(Self.foreground)
        orphansDependents = finalizers.contains(Self.orphan)
    }
}

/// An owner as its dependent names it.
struct OwnerFacts: Hashable, Sendable {
    let apiVersion: String
    let kind: String
    let name: String
    let uid: String
    let blocksDeletion: Bool

    init(_ reference: JSONObject) {
        apiVersion = reference.string("apiVersion") ?? ""
        kind = reference.string("kind") ?? ""
        name = reference.string("name") ?? ""
        uid = reference.string("uid") ?? ""
        blocksDeletion = reference.bool("blockOwnerDeletion") ?? false
    }
}

/// Who owns whom, by uid. A plain value; it says what has to be looked at, others look.
struct OwnershipGraph: Sendable {
    /// What a change calls for.
    struct Consequences: Sendable {
        /// Objects that may have to be deleted.
        var examine: Set<String> = []
        /// Objects whose dependents are to be released.
        var orphan: Set<String> = []
    }

    private struct Node: Sendable {
        /// `nil` while the object is known only from its dependents.
        var facts: ObjectFacts?
        /// How a dependent names it, for a look at the server.
        var claimed: (owner: OwnerFacts, namespace: String)?
        var dependents: Set<String> = []
    }

    private var nodes: [String: Node] = [:]
    /// Uids of owners that the server said do not exist.
    private var absent: Set<String> = []
    private static let absentLimit = 5000

    var count: Int { nodes.count }

    func facts(of uid: String) -> ObjectFacts? { nodes[uid]?.facts }
    func claimed(_ uid: String) -> (owner: OwnerFacts, namespace: String)? { nodes[uid]?.claimed }
    func dependents(of uid: String) -> [ObjectFacts] {
        nodes[uid]?.dependents.compactMap { nodes[$0]?.facts } ?? []
    }

    /// Dependents, known or only heard of.
    func hasDependents(_ uid: String) -> Bool { nodes[uid]?.dependents.isEmpty == false }

    func isAbsent(_ uid: String) -> Bool { absent.contains(uid) }

    mutating func noteAbsent(_ uid: String) {
        if absent.count >= Self.absentLimit { absent = [] }
        absent.insert(uid)
    }

    /// Takes in an object's present state.
    mutating func update(_ facts: ObjectFacts) -> Consequences {
        var consequences = Consequences()
        let old = nodes[facts.uid]?.facts
        nodes[facts.uid, default: Node()].facts = facts
        nodes[facts.uid]?.claimed = nil
        absent.remove(facts.uid)
        relink(facts.uid, from: old?.owners ?? [], to: facts.owners, namespace: facts.key.namespace, &consequences)
        if facts.deletesDependents, old?.deletesDependents != true {
            consequences.examine.insert(facts.uid)
            consequences.examine.formUnion(nodes[facts.uid]?.dependents ?? [])
        }
        if facts.orphansDependents, old?.orphansDependents != true { consequences.orphan.insert(facts.uid) }
        // An owner that waits for this one may wait no longer: it is going, or blocks no more.
        let blockedBefore = Set((old?.owners ?? []).filter(\.blocksDeletion).map(\.uid))
        let blocksNow = Set(facts.owners.filter(\.blocksDeletion).map(\.uid))
        for owner in blockedBefore.subtracting(blocksNow) where nodes[owner]?.facts?.deletesDependents == true {
            consequences.examine.insert(owner)
        }
        return consequences
    }

    /// The object is gone.
    mutating func remove(_ uid: String) -> Consequences {
        var consequences = Consequences()
        guard let node = nodes[uid] else { return consequences }
        noteAbsent(uid)
        consequences.examine.formUnion(node.dependents)
        for owner in node.facts?.owners ?? [] {
            nodes[owner.uid]?.dependents.remove(uid)
            if nodes[owner.uid]?.facts?.deletesDependents == true { consequences.examine.insert(owner.uid) }
            dropIfForgotten(owner.uid)
        }
        nodes[uid]?.facts = nil
        // Dependents that outlive it still name it; they are examined and then let go of it.
        dropIfForgotten(uid)
        return consequences
    }

    private mutating func relink(
        _ uid: String, from old: [OwnerFacts], to new: [OwnerFacts], namespace: String,
        _ consequences: inout Consequences
    ) {
        let oldUIDs = Set(old.map(\.uid))
        let newUIDs = Set(new.map(\.uid))
        for gone in oldUIDs.subtracting(newUIDs) {
            nodes[gone]?.dependents.remove(uid)
            if nodes[gone]?.facts?.deletesDependents == true { consequences.examine.insert(gone) }
            dropIfForgotten(gone)
        }
        for owner in new where !oldUIDs.contains(owner.uid) {
            let isKnown = nodes[owner.uid]?.facts != nil
            nodes[owner.uid, default: Node()].dependents.insert(uid)
            if isKnown {
                if nodes[owner.uid]?.facts?.deletesDependents == true { consequences.examine.insert(uid) }
                continue
            }
            // Heard of, not seen: perhaps only not yet. The dependent is examined, which asks the server.
            nodes[owner.uid]?.claimed = (owner, namespace)
            consequences.examine.insert(uid)
        }
    }

    private mutating func dropIfForgotten(_ uid: String) {
        if let node = nodes[uid], node.facts == nil, node.dependents.isEmpty { nodes[uid] = nil }
    }
}
