import Client
import KubeAPI
import Machinery

extension StatefulSetController {
    /// Whether an ordered set goes on to its next pod in this pass.
    enum Step: Sendable {
        case proceed
        case wait
    }

    /// Creates, removes and updates pods as far as can be now: first what is missing, then what is too much, then
    /// what is old.
    /// - Returns: the first thing that went wrong.
    func act(_ pass: inout StatefulSetPass) async -> StatusError? {
        let look = pass
        switch await forEach(
            Array(pass.replicas.indices), pass,
            { index async throws(StatusError) -> Step in
                try await keep(look.replicas[index], look)
            })
        {
        case .failure(let error): return error
        case .success(.wait): return nil
        case .success(.proceed): break
        }
        switch await forEach(
            pass.condemned, pass,
            { pod async throws(StatusError) -> Step in
                try await settleClaims(of: pod, look)
                return .proceed
            })
        {
        case .failure(let error): return error
        case .success: break
        }
        switch await forEach(
            pass.condemned, pass,
            { pod async throws(StatusError) -> Step in
                try await remove(pod, look)
            })
        {
        case .failure(let error): return error
        case .success(.wait): return nil
        case .success(.proceed): break
        }
        return await update(&pass)
    }

    /// In order, up to the first that has to be waited for; or in growing batches.
    private func forEach<Element: Sendable>(
        _ elements: [Element], _ pass: StatefulSetPass,
        _ step: @escaping @Sendable (Element) async throws(StatusError) -> Step
    ) async -> Result<Step, StatusError> {
        guard pass.set.isOrdered else {
            let outcome = await SlowStart.run(elements) { (element) async throws(StatusError) -> Bool in
                _ = try await step(element)
                return true
            }
            return outcome.firstError.map { .failure($0) } ?? .success(.proceed)
        }
        for element in elements {
            let result = await Self.result(of: step, element)
            guard case .success(.proceed) = result else { return result }
        }
        return .success(.proceed)
    }

    private static func result<Element: Sendable>(
        of step: @Sendable (Element) async throws(StatusError) -> Step, _ element: Element
    ) async -> Result<Step, StatusError> {
        do throws(StatusError) {
            return .success(try await step(element))
        } catch {
            return .failure(error)
        }
    }

    /// Has an ordinal have its pod.
    private func keep(_ replica: StatefulSetPass.Replica, _ pass: StatefulSetPass) async throws(StatusError) -> Step {
        let set = pass.set
        switch replica {
        case .missing(let pod):
            // The claims go with the pod that had this name before; the new one gets new ones.
            if isWaitingForClaims(pod, pass) { return .wait }
            try await create(pod, pass)
            return .wait
        case .present(let pod):
            if pod.isTerminal {
                // However it ended, it has to run; its successor is made once it is gone.
                if !pod.isBeingDeleted { try await delete(pod, set) }
                return .wait
            }
            if pod.phase == "Pending" { try await makeClaims(for: pod, pass) }
            if set.isOrdered, !(pass.isRunningAndReady(pod) && pass.isAvailable(pod)) { return .wait }
            try await restoreIdentity(pod, pass)
            return .proceed
        }
    }

    private func create(_ pod: Pod, _ pass: StatefulSetPass) async throws(StatusError) {
        let set = pass.set
        do throws(StatusError) {
            try await makeClaims(for: pod, pass)
        } catch {
            report(set, "Create", pod, error)
            throw error
        }
        expectations.expectCreation(of: pod.key, by: set.key)
        do throws(StatusError) {
            _ = try await context.client.create(pod)
            report(set, "Create", pod, nil)
        } catch {
            expectations.creationSettled(pod.key)
            if error.isNamespaceTerminating { return }
            if !error.isAlreadyExists { report(set, "Create", pod, error) }
            throw error
        }
    }

    private func restoreIdentity(_ pod: Pod, _ pass: StatefulSetPass) async throws(StatusError) {
        guard let ordinal = pass.set.ordinal(of: pod) else { return }
        var wanted = pod
        if !pass.pods.hasIdentity(pod) { wanted = pass.pods.withIdentity(wanted, ordinal) }
        if !pass.pods.hasStorage(pod, ordinal) {
            wanted = pass.pods.withStorage(wanted, ordinal)
            try await makeClaims(for: pod, pass)
        }
        do throws(StatusError) {
            let claimsChanged = try await settleClaims(of: pod, pass)
            guard wanted != pod else {
                if claimsChanged { report(pass.set, "Update", pod, nil) }
                return
            }
            _ = try await context.client.update(wanted)
            report(pass.set, "Update", pod, nil)
        } catch {
            if !error.isConflict { report(pass.set, "Update", pod, error) }
            throw error
        }
    }

    private func remove(_ pod: Pod, _ pass: StatefulSetPass) async throws(StatusError) -> Step {
        if pod.isBeingDeleted { return .wait }
        if pass.set.isOrdered, !pass.mayRemove(pod) { return .wait }
        try await delete(pod, pass.set)
        return .wait
    }

    private func update(_ pass: inout StatefulSetPass) async -> StatusError? {
        let victims: [Pod]
        do throws(IntOrStringError) {
            victims = try pass.victimsOfUpdate(several: updatesSeveral)
        } catch {
            return StatusError.badRequest(error.description)
        }
        let set = pass.set
        let outcome = await SlowStart.run(victims) { (pod) async throws(StatusError) -> Bool in
            try await delete(pod, set)
            return true
        }
        pass.updating = outcome.done
        return outcome.firstError
    }

    private func delete(_ pod: Pod, _ set: StatefulSet) async throws(StatusError) {
        expectations.expectDeletion(of: pod.uid, by: set.key)
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = pod.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(Pod.self, pod.key, options)
            report(set, "Delete", pod, nil)
        } catch {
            expectations.deletionSettled(pod.uid)
            // Gone already, or another pod of that name: what was asked for is the case.
            if error.isNotFound || error.isConflict { return }
            report(set, "Delete", pod, error)
            throw error
        }
    }

    private func report(_ set: StatefulSet, _ verb: String, _ pod: Pod, _ error: StatusError?) {
        let what = "\(verb) Pod \(pod.name) in StatefulSet \(set.name)"
        guard let error else {
            return recorder.event(set, reason: "Successful\(verb)", message: "\(what) successful")
        }
        recorder.event(
            set, type: .warning, reason: "Failed\(verb)", message: "\(what) failed error: \(error.message)")
    }
}
