import KubeAPI
import Machinery

/// What a played node says of a pod on it.
struct FakePod {
    let pod: Pod
    let nodeAddress: String
    let podAddress: String

    func running(at now: Timestamp) -> JSONObject {
        let moment = now.inSeconds.json
        let address: JSON = .string(pod.spec.hostNetwork ?? false ? nodeAddress : podAddress)
        return [
            "phase": "Running", "startTime": moment, "hostIP": .string(nodeAddress),
            "hostIPs": [["ip": .string(nodeAddress)]], "podIP": address, "podIPs": [["ip": address]],
            "conditions": .array(
                ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"].map {
                    condition($0, "True", moment)
                }),
            "initContainerStatuses": .array(
                pod.spec.initContainers.map { container in
                    status(container, container.restartPolicy == "Always" ? started(moment) : ended(moment, moment))
                }),
            "containerStatuses": .array(pod.spec.containers.map { status($0, started(moment)) }),
        ]
    }

    func succeeded(at now: Timestamp) -> JSONObject {
        let moment = now.inSeconds.json
        let start = pod.status.startTime?.json ?? moment
        return [
            "phase": "Succeeded",
            "conditions": .array(
                ["Ready", "ContainersReady"].map { condition($0, "False", moment, reason: "PodCompleted") }),
            "containerStatuses": .array(pod.spec.containers.map { status($0, ended(start, moment)) }),
        ]
    }

    private func condition(_ type: String, _ status: String, _ moment: JSON, reason: String? = nil) -> JSON {
        var condition: JSONObject = [
            "type": .string(type), "status": .string(status), "lastTransitionTime": moment,
        ]
        if let reason { condition["reason"] = .string(reason) }
        return .object(condition)
    }

    private func started(_ moment: JSON) -> JSONObject { ["running": ["startedAt": moment]] }

    private func ended(_ start: JSON, _ end: JSON) -> JSONObject {
        ["terminated": ["exitCode": 0, "reason": "Completed", "startedAt": start, "finishedAt": end]]
    }

    private func status(_ container: Container, _ state: JSONObject) -> JSON {
        let isRunning = state.contains("running")
        return [
            "name": .string(container.name), "image": .string(container.image ?? ""), "imageID": "fake://image",
            "containerID": .string("fake://\(pod.uid)/\(container.name)"), "restartCount": 0,
            "ready": .bool(isRunning || state.contains("terminated") && isInitial(container)),
            "started": .bool(isRunning), "state": .object(state),
        ]
    }

    private func isInitial(_ container: Container) -> Bool {
        pod.spec.initContainers.contains { $0.name == container.name }
    }
}
