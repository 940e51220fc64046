import Client
import KubeAPI
import Machinery

/// Creates and deletes the pods of an owner, with expectations and with Kubernetes' Events.
struct PodWriter: Sendable {
    let client: Client
    let recorder: EventRecorder
    let expectations: Expectations

    private var creation: SettledCreation { SettledCreation(client: client, clock: expectations.clock) }

    /// Makes the pod of a template; its name is chosen here, so that it is known before it exists.
    ///
    /// - Parameter prefix: what the name starts with, by default the owner's name.
    static func pod(
        from template: PodTemplateSpec, owner: some KubeObject, prefix: String? = nil
    ) -> Pod {
        let prefix = (prefix ?? owner.name) + "-"
        var pod = Pod(name: GeneratedName.make(prefix: prefix), namespace: owner.namespace)
        pod.metadata.generateName = prefix
        pod.metadata.labels = template.metadata.labels
        pod.metadata.annotations = template.metadata.annotations
        pod.metadata.finalizers = template.metadata.finalizers
        pod.metadata.ownerReferences = [owner.controllerReference]
        pod.spec = template.spec
        return pod
    }

    /// - Returns: whether the pod was created; `false` when its namespace is going away and nothing can be.
    func create(_ pod: Pod, owner: some KubeObject) async throws(StatusError) -> Bool {
        expectations.expectCreation(of: pod.key, by: owner.key)
        do throws(StatusError) {
            let created = try await creation.create(pod)
            recorder.event(owner, reason: "SuccessfulCreate", message: "Created pod: \(created.name)")
            return true
        } catch {
            expectations.creationSettled(pod.key)
            // Not found is the namespace: it is gone already.
            if error.isNamespaceTerminating || error.isNotFound { return false }
            recorder.event(
                owner, type: .warning, reason: "FailedCreate", message: "Error creating: \(error.message)")
            throw error
        }
    }

    func delete(_ pod: Pod, owner: some KubeObject) async throws(StatusError) {
        expectations.expectDeletion(of: pod.uid, by: owner.key)
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = pod.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await client.delete(Pod.self, pod.key, options)
            recorder.event(owner, reason: "SuccessfulDelete", message: "Deleted pod: \(pod.name)")
        } catch {
            expectations.deletionSettled(pod.uid)
            // Gone already, or another pod of that name: what was asked for is the case.
            if error.isNotFound || error.isConflict { return }
            recorder.event(
                owner, type: .warning, reason: "FailedDelete", message: "Error deleting: \(error.message)")
            throw error
        }
    }
}

/// Creates in batches of 1, 2, 4 …, so that a mistake in a template costs one failing request, not a thousand.
enum SlowStart {
    /// The most children an owner makes or deletes in one go.
    static let burst = 500

    struct Outcome: Sendable {
        var done = 0
        var firstError: StatusError?
    }

    /// Runs the operation for each element; stops after the first batch in which one failed or returned `false`.
    static func run<Element: Sendable>(
        _ elements: [Element], _ operation: @escaping @Sendable (Element) async throws(StatusError) -> Bool
    ) async -> Outcome {
        var outcome = Outcome()
        var rest = elements[...]
        var size = 1
        while !rest.isEmpty, !Task.isCancelled {
            let batch = rest.prefix(size)
            rest = rest.dropFirst(batch.count)
            let results = await withTaskGroup(of: Result<Bool, StatusError>.self) { group in
                for element in batch {
                    group.addTask {
                        do throws(StatusError) {
                            return .success(try await operation(element))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                var results: [Result<Bool, StatusError>] = []
                for await result in group { results.append(result) }
                return results
            }
            var mustStop = false
            for result in results {
                switch result {
                case .success(true): outcome.done += 1
                case .success(false): mustStop = true
                case .failure(let error):
                    mustStop = true
                    if outcome.firstError == nil { outcome.firstError = error }
                }
            }
            if mustStop { break }
            size *= 2
        }
        return outcome
    }
}
