import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Volumes in scheduling")
struct VolumeTests {
    private func storageClass(waits: Bool, provisioner: String = "kubernetes.io/no-provisioner") -> StorageClass {
        var storageClass = StorageClass(name: "disk")
        storageClass.provisioner = provisioner
        storageClass.volumeBindingMode = waits ? "WaitForFirstConsumer" : "Immediate"
        return storageClass
    }

    private func claim(
        _ name: String, volume: String? = nil, modes: [String] = ["ReadWriteOnce"], size: String = "1Gi"
    ) -> PersistentVolumeClaim {
        var claim = PersistentVolumeClaim(name: name, namespace: "default")
        claim.metadata.uid = "uid-\(name)"
        claim.spec.storageClassName = "disk"
        claim.spec.accessModes = modes
        claim.json["spec"] = {
            var spec = claim.spec.json
            spec["resources"] = ["requests": ["storage": .string(size)]]
            return .object(spec)
        }()
        if let volume {
            claim.spec.volumeName = volume
            claim.metadata.annotations["pv.kubernetes.io/bind-completed"] = "yes"
        }
        return claim
    }

    private func volume(
        _ name: String, size: String = "1Gi", node: String? = nil, labels: [String: String] = [:],
        driver: String? = nil
    ) -> PersistentVolume {
        var volume = PersistentVolume(name: name)
        volume.metadata.labels = labels
        var spec: JSONObject = [
            "storageClassName": "disk", "accessModes": ["ReadWriteOnce", "ReadWriteOncePod"],
            "capacity": ["storage": .string(size)],
        ]
        if let node {
            spec["nodeAffinity"] = [
                "required": [
                    "nodeSelectorTerms": [
                        [
                            "matchExpressions": [
                                ["key": "kubernetes.io/hostname", "operator": "In", "values": [.string(node)]]
                            ]
                        ]
                    ]
                ]
            ]
        }
        if let driver { spec["csi"] = ["driver": .string(driver), "volumeHandle": .string(name)] }
        volume.json["spec"] = .object(spec)
        volume.status.phase = "Available"
        return volume
    }

    private func pod(_ name: String, _ claim: String) -> Pod {
        Make.pod(name) {
            $0.spec.json["volumes"] = [["name": "v", "persistentVolumeClaim": ["claimName": .string(claim)]]]
        }
    }

    private func core(
        _ nodes: [Node], _ storageClass: StorageClass, _ claims: [PersistentVolumeClaim], _ volumes: [PersistentVolume]
    ) -> SchedulerCore {
        var core = Make.core(nodes)
        core.cluster.storage.classes["disk"] = storageClass
        for claim in claims { core.cluster.storage.claims[claim.key] = claim }
        for volume in volumes { core.cluster.storage.volumes[volume.name] = volume }
        return core
    }

    private func next(_ core: inout SchedulerCore, _ pods: Pod...) -> [String] {
        for pod in pods { core.podChanged(.added(pod), now: Make.start) }
        var texts: [String] = []
        while let outcomes = core.next(now: Make.start + .seconds(60)) { texts += outcomes.map(\.text) }
        return texts
    }

    private let nodes = [Make.node("a"), Make.node("b")]
    private let helpless = "preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling."

    @Test("place a pod where its claim's volume is")
    func bound() {
        var core = core(
            nodes, storageClass(waits: true), [claim("c", volume: "v")], [volume("v", node: "b")])
        #expect(next(&core, pod("p", "c")) == ["p to b"])
    }

    @Test("place a pod where a fitting volume is free, and give each volume once")
    func unbound() {
        var core = core(
            nodes, storageClass(waits: true), [claim("c1"), claim("c2")],
            [volume("small", size: "1Mi", node: "a"), volume("fits", node: "b")])
        let texts = next(&core, pod("p1", "c1"), pod("p2", "c2"))
        #expect(texts.first == "p1 to b")
        #expect(
            texts.last
                == "p2: 0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind. \(helpless)"
        )
    }

    @Test("wait for claims that are missing, or bound by others")
    func waiting() {
        var missing = core(nodes, storageClass(waits: true), [], [])
        #expect(
            next(&missing, pod("p", "c")) == [
                "p: 0/2 nodes are available: persistentvolumeclaim \"c\" not found. \(helpless)"
            ])
        var immediate = core(nodes, storageClass(waits: false), [claim("c")], [])
        #expect(next(&immediate, pod("p", "c")).first?.hasPrefix("p: 0/2 nodes are available: ") ?? false)
    }

    @Test("in a zone keep the pod there")
    func zone() {
        let zoned = ["x", "y"].map { Make.node($0, labels: ["topology.kubernetes.io/zone": "zone-\($0)"]) }
        let labels = ["topology.kubernetes.io/zone": "zone-y__zone-z"]
        var core = core(
            zoned, storageClass(waits: true), [claim("c", volume: "v")], [volume("v", labels: labels)])
        #expect(next(&core, pod("p", "c")) == ["p to y"])
    }

    @Test("for one pod only are not given to a second")
    func exclusive() {
        var core = core(
            nodes, storageClass(waits: true), [claim("c", volume: "v", modes: ["ReadWriteOncePod"])], [volume("v")])
        let texts = next(&core, pod("p1", "c"), pod("p2", "c"))
        #expect(texts.first?.hasPrefix("p1 to ") ?? false)
        #expect(
            texts.last?.contains(
                "2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod"
            ) ?? false)
    }

    @Test("are attached to a node only as many as its driver allows")
    func limits() {
        let claims = (1...2).map { claim("c\($0)", volume: "v\($0)") }
        var core = core(
            [Make.node("a")], storageClass(waits: true), claims,
            (1...2).map { volume("v\($0)", driver: "disks.example.com") })
        var node = CSINode(name: "a")
        node.json["spec"] = [
            "drivers": [["name": "disks.example.com", "nodeID": "a", "allocatable": ["count": 1]]]
        ]
        core.cluster.storage.nodes["a"] = node
        let texts = next(&core, pod("p1", "c1"), pod("p2", "c2"))
        #expect(texts.first == "p1 to a")
        #expect(texts.last?.hasPrefix("p2: 0/1 nodes are available: 1 node(s) exceed max volume count.") ?? false)
    }
}
