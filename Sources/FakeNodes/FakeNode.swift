import KubeAPI
import Machinery

/// What one played node says of itself.
struct FakeNode {
    let settings: FakeNodeSettings
    let number: Int

    var name: String { settings.name(number) }

    func object(at now: Timestamp) -> Node {
        var labels = settings.labels
        labels["kubernetes.io/hostname"] = name
        labels["kubernetes.io/os"] = "linux"
        labels["kubernetes.io/arch"] = "amd64"
        if settings.zones > 0 { labels["topology.kubernetes.io/zone"] = "zone-\(number % settings.zones)" }
        return Node(json: [
            "apiVersion": "v1", "kind": "Node",
            "metadata": [
                "name": .string(name), "labels": .object(JSONObject(labels.map { ($0.key, JSON.string($0.value)) })),
            ],
            "status": .object(status(at: now)),
        ])
    }

    func status(at now: Timestamp) -> JSONObject {
        [
            "capacity": .object(settings.capacity), "allocatable": .object(settings.capacity),
            "addresses": [
                ["type": "InternalIP", "address": .string(settings.address(number))],
                ["type": "Hostname", "address": .string(name)],
            ],
            "nodeInfo": [
                "architecture": "amd64", "operatingSystem": "linux", "containerRuntimeVersion": "fake://1",
                "kubeletVersion": "v1.36.0", "kubeProxyVersion": "", "kernelVersion": "", "osImage": "",
                "machineID": .string(name), "systemUUID": .string(name), "bootID": "",
            ],
            "conditions": .array(conditions(at: now)),
        ]
    }

    private func conditions(at now: Timestamp) -> [JSON] {
        [
            ("Ready", "True", "KubeletReady", "the node is played"),
            ("MemoryPressure", "False", "KubeletHasSufficientMemory", "the node is played"),
            ("DiskPressure", "False", "KubeletHasNoDiskPressure", "the node is played"),
            ("PIDPressure", "False", "KubeletHasSufficientPID", "the node is played"),
        ].map { type, status, reason, message in
            [
                "type": .string(type), "status": .string(status), "reason": .string(reason),
                "message": .string(message), "lastHeartbeatTime": now.inSeconds.json,
            ]
        }
    }

    func lease(at now: Timestamp, owner: Node) -> Lease {
        var lease = Lease(name: name, namespace: "kube-node-lease")
        lease.metadata.json["ownerReferences"] = [
            ["apiVersion": "v1", "kind": "Node", "name": .string(name), "uid": .string(owner.uid)]
        ]
        lease.spec.holderIdentity = name
        lease.spec.leaseDurationSeconds = Int32(clamping: settings.leaseInterval.components.seconds * 4)
        lease.spec.renewTime = now.inMicroseconds
        return lease
    }
}
