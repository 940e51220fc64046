import KubeAPI
import Machinery

extension PodMachine {
    /// Takes a newer version of the object.
    package mutating func update(_ pod: Pod) {
        self.pod = pod
    }

    /// The API no longer has the pod.
    package mutating func noteGoneFromAPI() {
        isGoneFromAPI = true
    }

    /// The status that told of every container's end is stored.
    package mutating func noteFinalStatusWritten() {
        finalStatusIsWritten = true
    }

    package mutating func apply(_ input: PodInput, now: Timestamp) {
        switch input {
        case .sandbox(let record):
            sandboxes.removeAll { $0.id == record.id }
            sandboxes.append(record)
            sandboxes.sort { $0.createdAt > $1.createdAt }
        case .sandboxGone(let id):
            sandboxes.removeAll { $0.id == id }
            stoppedSandboxes.remove(id)
        case .container(let record):
            insert(record)
            if record.hasEnded {
                probes[record.id] = nil
                stopGrace[record.id] = nil
            } else {
                waiting[record.name] = nil
            }
        case .containerGone(let id):
            for (name, records) in containers {
                let kept = records.filter { $0.id != id }
                if kept.count != records.count { containers[name] = kept.isEmpty ? nil : kept }
            }
            probes[id] = nil
        case .volumesPrepared:
            inFlight.remove(.prepareVolumes)
            volumes = .ready
        case .failed(let operation, let reason, let message, let retryAfter):
            inFlight.remove(operation)
            noteFailure(operation, reason: reason, message: message, retryAt: now + retryAfter)
        case .pulling(let name):
            inFlight.remove(.start(container: name))
            pulls.insert(name)
        case .pullEnded(let name):
            pulls.remove(name)
        case .finished(let operation):
            inFlight.remove(operation)
            switch operation {
            case .createSandbox: sandboxRetryAt = nil
            // Should the container live on, it is asked again.
            case .stop(let id): stopGrace[id] = nil
            case .stopSandbox(let id): stoppedSandboxes.insert(id)
            case .prepareVolumes, .start, .removeContainer, .removeSandbox, .finalize, .cleanUp: break
            }
        case .finalized:
            inFlight.remove(.finalize)
            isGoneFromAPI = true
        case .cleanedUp:
            inFlight.remove(.cleanUp)
            lifecycle = .gone
        case .probe(let id, let verdict):
            apply(verdict, containerID: id)
        case .tick:
            break
        }
    }

    private mutating func noteFailure(
        _ operation: PodOperation, reason: String, message: String, retryAt: Timestamp
    ) {
        switch operation {
        case .prepareVolumes: volumes = .unprepared(retryAt: retryAt)
        case .createSandbox: sandboxRetryAt = retryAt
        case .start(let name):
            waiting[name] = Waiting(reason: reason, message: message, retryAt: retryAt)
        case .stop(let id): stopGrace[id] = nil
        case .stopSandbox, .removeContainer, .removeSandbox: sandboxRetryAt = retryAt
        case .finalize, .cleanUp: finalizeRetryAt = retryAt
        }
    }

    private mutating func apply(_ verdict: ProbeVerdict, containerID id: String) {
        guard containers.values.contains(where: { $0.contains { $0.id == id && $0.isRunning } }) else { return }
        var state = probes[id] ?? ProbeState()
        switch verdict {
        case .started: state.started = true
        case .ready(let isReady): state.ready = isReady
        case .failing(let kind, let graceSeconds):
            state.failing = kind
            state.failingGraceSeconds = graceSeconds
        }
        probes[id] = state
    }

    /// Whether a container runs and its startup probe, if it has one, has passed.
    package func isStarted(_ record: ContainerRecord, _ container: Container) -> Bool {
        guard record.isRunning else { return false }
        return container.startupProbe == nil || probes[record.id]?.started == true
    }

    package func isReady(_ record: ContainerRecord, _ container: Container) -> Bool {
        guard isStarted(record, container) else { return false }
        return container.readinessProbe == nil || probes[record.id]?.ready == true
    }
}
