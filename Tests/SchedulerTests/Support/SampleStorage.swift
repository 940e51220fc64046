import Client
import KubeAPI
import Machinery
import Scheduler

/// A volume that may be taken, or is taken already by the claim of the same number.
struct SampleVolume {
    var name: String
    var size: Int
    var storageClass: String
    var zoneLabel: String?
    /// Zones that its node affinity allows; `nil` for any.
    var zones: [String]?
    var driver: String?

    var volume: PersistentVolume {
        var volume = PersistentVolume(name: name)
        if let zoneLabel { volume.metadata.labels = ["topology.kubernetes.io/zone": zoneLabel] }
        var spec: JSONObject = [
            "capacity": ["storage": .string("\(size)Gi")], "accessModes": ["ReadWriteOnce", "ReadWriteOncePod"],
            "storageClassName": .string(storageClass),
        ]
        if let zones {
            let expression = SampleExpression(key: "topology.kubernetes.io/zone", operation: "In", values: zones)
            spec["nodeAffinity"] = [
                "required": ["nodeSelectorTerms": [["matchExpressions": [expression.json]]]]
            ]
        }
        if let driver { spec["csi"] = ["driver": .string(driver), "volumeHandle": .string(name)] }
        volume.json["spec"] = .object(spec)
        volume.json["status"] = ["phase": "Available"]
        return volume
    }
}

struct SampleClaim {
    var name: String
    var size: Int
    var storageClass: String
    var isExclusive: Bool
    /// The volume it is bound to.
    var volume: String?

    var claim: PersistentVolumeClaim {
        var claim = PersistentVolumeClaim(name: name, namespace: "default")
        claim.metadata.uid = "uid-\(name)"
        var spec: JSONObject = [
            "resources": ["requests": ["storage": .string("\(size)Gi")]], "storageClassName": .string(storageClass),
            "accessModes": [isExclusive ? "ReadWriteOncePod" : "ReadWriteOnce"],
        ]
        if let volume {
            spec["volumeName"] = .string(volume)
            claim.metadata.annotations = ["pv.kubernetes.io/bind-completed": "yes"]
        }
        claim.json["spec"] = .object(spec)
        return claim
    }
}

/// A pod with volumes.
struct SampleUser {
    var name: String
    var claims: [String]
    /// A disk that its spec names, and whether it is only read.
    var disk: (name: String, isReadOnly: Bool)?
    var nodeName: String?

    var pod: Pod {
        Make.pod(name) { pod in
            var volumes = claims.map { claim -> JSON in
                ["name": .string(claim), "persistentVolumeClaim": ["claimName": .string(claim)]]
            }
            if let disk {
                volumes.append([
                    "name": "disk",
                    "gcePersistentDisk": ["pdName": .string(disk.name), "readOnly": .bool(disk.isReadOnly)],
                ])
            }
            pod.spec.json["volumes"] = .array(volumes)
            if let nodeName { pod.spec.nodeName = nodeName }
        }
    }
}

/// A small cluster with volumes. The class "late" waits for pods and has volumes made where zone z1 or z2 is, "fixed"
/// waits and has none made, "early" does not wait.
struct SampleStorage {
    /// By node: its zone.
    var zones: [String?]
    /// By node: how many volumes of the driver it takes.
    var limits: [Int?]
    var volumes: [SampleVolume]
    var claims: [SampleClaim]
    var placed: [(user: SampleUser, node: Int)]

    static let driver = "disk.example.com"

    func name(_ node: Int) -> String { "n\(node)" }
    func claim(_ name: String) -> SampleClaim? { claims.first { $0.name == name } }
    func volume(_ name: String) -> SampleVolume? { volumes.first { $0.name == name } }
    func users(on node: Int) -> [SampleUser] { placed.filter { $0.node == node }.map(\.user) }

    func state() -> ClusterState {
        var state = ClusterState()
        for (index, zone) in zones.enumerated() {
            let labels = zone.map { ["topology.kubernetes.io/zone": $0] } ?? [:]
            state.updateNode(Make.node(name(index), cpu: "64", labels: labels))
            guard let limit = limits[index] else { continue }
            var storage = CSINode(name: name(index))
            storage.json["spec"] = [
                "drivers": [
                    ["name": .string(Self.driver), "nodeID": "n", "allocatable": ["count": .int(Int64(limit))]]
                ]
            ]
            state.storage.nodes[name(index)] = storage
        }
        for sample in volumes {
            var volume = sample.volume
            if let owner = claims.first(where: { $0.volume == sample.name }) {
                volume.spec.claimRef = owner.claim.reference
                volume.status.phase = "Bound"
            }
            state.storage.volumes[sample.name] = volume
        }
        for claim in claims { state.storage.claims[claim.claim.key] = claim.claim }
        for (name, waits, provisioner) in [
            ("late", true, Self.driver), ("fixed", true, "kubernetes.io/no-provisioner"), ("early", false, Self.driver),
        ] {
            var storageClass = StorageClass(name: name)
            storageClass.json["provisioner"] = .string(provisioner)
            storageClass.json["volumeBindingMode"] = waits ? "WaitForFirstConsumer" : "Immediate"
            if name == "late" {
                storageClass.json["allowedTopologies"] = [
                    ["matchLabelExpressions": [["key": "topology.kubernetes.io/zone", "values": ["z1", "z2"]]]]
                ]
            }
            state.storage.classes[name] = storageClass
        }
        for (user, node) in placed { state.confirm(state.info(user.pod), on: name(node)) }
        return state
    }
}

extension Dice {
    mutating func storage() -> SampleStorage {
        var storage = SampleStorage(zones: [], limits: [], volumes: [], claims: [], placed: [])
        for _ in 0...(1 + roll(4)) {
            storage.zones.append(oneIn(6) ? nil : pick(["z1", "z2", "z3"]))
            storage.limits.append(oneIn(2) ? nil : 1 + roll(3))
        }
        for number in 0..<(2 + roll(6)) {
            storage.volumes.append(
                SampleVolume(
                    name: "v\(number)", size: 1 + roll(8), storageClass: pick(["late", "fixed", "early"]),
                    zoneLabel: pick([nil, nil, "z1", "z2", "z1__z2"]),
                    zones: pick([nil, ["z1"], ["z2", "z3"]]), driver: oneIn(3) ? nil : SampleStorage.driver))
        }
        var free = storage.volumes
        for number in 0..<(1 + roll(5)) {
            var claim = SampleClaim(
                name: "c\(number)", size: 1 + roll(6), storageClass: pick(["late", "late", "fixed", "early"]),
                isExclusive: oneIn(5))
            if oneIn(2), !free.isEmpty { claim.volume = free.remove(at: roll(free.count)).name }
            if oneIn(15) { claim.volume = "missing" }
            storage.claims.append(claim)
        }
        for number in 0..<roll(6) { storage.placed.append((user("p\(number)", storage), roll(storage.zones.count))) }
        return storage
    }

    mutating func user(_ name: String, _ storage: SampleStorage) -> SampleUser {
        var user = SampleUser(name: name, claims: [])
        for claim in storage.claims where oneIn(3) { user.claims.append(claim.name) }
        if oneIn(20) { user.claims.append("unknown") }
        if oneIn(4) { user.disk = (pick(["d1", "d2"]), oneIn(2)) }
        if oneIn(6) { user.nodeName = storage.name(roll(storage.zones.count)) }
        return user
    }
}
