import Client
import KubeAPI
import Machinery

/// Decides about one object at a time and acts on the decision.
struct GarbageExaminer: Controller {
    let collector: GarbageCollector

    var name: String { collector.name }

    func reconcile(_ key: GarbageCollector.Work) async throws -> ReconcileOutcome {
        switch key {
        case .examine(let uid): try await examine(uid)
        case .orphan(let uid): try await orphanDependents(of: uid)
        }
    }

    private var client: Client { collector.context.client }

    private func graph<Value: Sendable>(_ read: (inout OwnershipGraph) -> Value) -> Value {
        collector.state.withLock { read(&$0.graph) }
    }

    // MARK: Deleting

    private func examine(_ uid: String) async throws -> ReconcileOutcome {
        guard let facts = graph({ $0.facts(of: uid) }) else { return .done }
        if facts.isBeingDeleted, !facts.deletesDependents { return .done }
        let resource = client.resource(facts.resource).metadata
        guard let object = try await present(resource, facts.key), object.uid == uid else {
            // The watch has not brought the deletion yet.
            collector.observe(.gone(uid: uid))
            return .done
        }
        let latest = ObjectFacts(resource: facts.resource, kind: facts.kind, object: object.json)
        if facts.deletesDependents || latest.deletesDependents { return try await finishForeground(latest, object) }
        guard !latest.owners.isEmpty, !latest.isBeingDeleted else { return .done }

        let owners = try await classify(latest)
        if !owners.solid.isEmpty {
            let stale = owners.dangling + owners.waiting
            if !stale.isEmpty { try await dropOwners(stale, of: latest, object) }
            return .done
        }
        let dependents = graph { $0.dependents(of: uid) }
        if !owners.waiting.isEmpty, graph({ $0.hasDependents(uid) }) {
            // An owner waits for this object, which has dependents of its own: they go first, in their turn.
            if dependents.contains(where: \.deletesDependents) {
                // In a circle nobody would be first.
                try await unblock(latest, object)
            }
            try await delete(latest, object, "Foreground")
            return .done
        }
        let finalizers = object.metadata.finalizers
        let policy =
            finalizers.contains(ObjectFacts.orphan)
            ? "Orphan" : finalizers.contains(ObjectFacts.foreground) ? "Foreground" : "Background"
        try await delete(latest, object, policy)
        return .done
    }

    private struct Owners {
        var solid: [OwnerFacts] = []
        var dangling: [OwnerFacts] = []
        var waiting: [OwnerFacts] = []
    }

    private func classify(_ facts: ObjectFacts) async throws -> Owners {
        var owners = Owners()
        for owner in facts.owners {
            switch try await lookUp(owner, for: facts) {
            case .absent: owners.dangling.append(owner)
            case .present(let waits) where waits: owners.waiting.append(owner)
            case .present: owners.solid.append(owner)
            }
        }
        return owners
    }

    private enum OwnerState {
        case absent
        case present(waitsForDependents: Bool)
    }

    private func lookUp(_ owner: OwnerFacts, for dependent: ObjectFacts) async throws -> OwnerState {
        if graph({ $0.isAbsent(owner.uid) }) { return .absent }
        guard let version = GroupVersion(apiVersion: owner.apiVersion) else {
            throw StatusError.badRequest("owner reference with the unreadable apiVersion \(owner.apiVersion)")
        }
        let kind = GroupVersionKind(group: version.group, version: version.version, kind: owner.kind)
        let served = collector.state.withLock { state in
            state.kinds[kind]
                ?? state.kinds.values.first { $0.kind.group == kind.group && $0.kind.kind == kind.kind }
        }
        guard let served else {
            collector.requestDiscovery()
            // Perhaps its API comes back: an owner is only gone when its own API says so.
            throw StatusError.serviceUnavailable("no resource serves the kind \(kind) of an owner of \(dependent.key)")
        }
        if served.isNamespaced, dependent.key.namespace.isEmpty {
            // A cluster-scoped object cannot be owned by a namespaced one; the reference can never be followed.
            return .present(waitsForDependents: false)
        }
        let key = ObjectKey(namespace: served.isNamespaced ? dependent.key.namespace : "", name: owner.name)
        guard let object = try await present(client.resource(served.resource).metadata, key),
            object.uid == owner.uid
        else {
            graph { $0.noteAbsent(owner.uid) }
            return .absent
        }
        let facts = ObjectFacts(resource: served.resource, kind: served.kind, object: object.json)
        return .present(waitsForDependents: facts.deletesDependents)
    }

    private func delete(_ facts: ObjectFacts, _ object: PartialObject, _ policy: String) async throws(StatusError) {
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = facts.uid
        // Another owner may have been added since the look.
        preconditions.resourceVersion = object.metadata.resourceVersion
        options.preconditions = preconditions
        options.propagationPolicy = policy
        do throws(StatusError) {
            try await client.resource(facts.resource).delete(facts.key, options)
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    // MARK: Foreground

    /// Lets an object go once nothing that blocks it is left.
    private func finishForeground(_ facts: ObjectFacts, _ object: PartialObject) async throws -> ReconcileOutcome {
        let blocking = graph { graph in
            graph.dependents(of: facts.uid).filter { dependent in
                dependent.owners.contains { $0.uid == facts.uid && $0.blocksDeletion }
            }
        }
        guard !blocking.isEmpty else {
            try await removeFinalizer(ObjectFacts.foreground, facts, object)
            return .done
        }
        for dependent in blocking where !dependent.deletesDependents && !dependent.isBeingDeleted {
            collector.queue.add(.examine(dependent.uid))
        }
        return .done
    }

    // MARK: Orphaning

    private func orphanDependents(of uid: String) async throws -> ReconcileOutcome {
        guard let facts = graph({ $0.facts(of: uid) }), facts.orphansDependents else { return .done }
        var failure: (any Error)?
        for dependent in graph({ $0.dependents(of: uid) }) {
            do {
                let resource = client.resource(dependent.resource).metadata
                guard let object = try await present(resource, dependent.key), object.uid == dependent.uid else {
                    continue
                }
                let latest = ObjectFacts(resource: dependent.resource, kind: dependent.kind, object: object.json)
                let named = latest.owners.filter { $0.uid == uid }
                if !named.isEmpty { try await dropOwners(named, of: latest, object) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard let object = try await present(client.resource(facts.resource).metadata, facts.key), object.uid == uid
        else { return .done }
        try await removeFinalizer(ObjectFacts.orphan, facts, object)
        return .done
    }

    // MARK: Writing

    private func dropOwners(
        _ owners: [OwnerFacts], of facts: ObjectFacts, _ object: PartialObject
    ) async throws(StatusError) {
        let gone = Set(owners.map(\.uid))
        let rest = object.metadata.ownerReferences.filter { !gone.contains($0.uid) }
        try await patch(
            facts, object, "ownerReferences", rest.isEmpty ? .null : .array(rest.map { .object($0.json) }))
    }

    /// Makes an object block none of its owners.
    private func unblock(_ facts: ObjectFacts, _ object: PartialObject) async throws(StatusError) {
        let references = object.metadata.ownerReferences.map { reference in
            var reference = reference
            reference.blockOwnerDeletion = false
            return reference
        }
        try await patch(facts, object, "ownerReferences", .array(references.map { .object($0.json) }))
    }

    private func removeFinalizer(
        _ finalizer: String, _ facts: ObjectFacts, _ object: PartialObject
    ) async throws(StatusError) {
        let rest = object.metadata.finalizers.filter { $0 != finalizer }
        guard rest.count < object.metadata.finalizers.count else { return }
        try await patch(facts, object, "finalizers", rest.isEmpty ? .null : .array(rest.map { .string($0) }))
    }

    private func patch(
        _ facts: ObjectFacts, _ object: PartialObject, _ member: String, _ value: JSON
    ) async throws(StatusError) {
        let patch: JSON = [
            "metadata": .object([
                "resourceVersion": .string(object.metadata.resourceVersion ?? ""), "uid": .string(facts.uid),
                member: value,
            ])
        ]
        do throws(StatusError) {
            _ = try await client.resource(facts.resource).patch(facts.key, .merge(patch))
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    private func present(_ resource: ResourceClient, _ key: ObjectKey) async throws(StatusError) -> PartialObject? {
        do throws(StatusError) {
            return PartialObject(json: try await resource.get(key))
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }
}

/// An object of any kind, by its metadata.
struct PartialObject: JSONView {
    var json: JSONObject
    var metadata: ObjectMeta { ObjectMeta(json["metadata"]) }
    var uid: String { metadata.uid ?? "" }
}
