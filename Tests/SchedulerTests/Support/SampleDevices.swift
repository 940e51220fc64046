import KubeAPI
import Machinery
import Scheduler

/// Nodes with devices of which some are taken, and a claim for some more.
struct SampleDevices {
    struct Device {
        var name: String
        var model: String
        var bus: Int
        var isTaken: Bool
    }

    struct Request {
        var count: Int
        var model: String?
    }

    static let driver = "gpu.example.com"

    /// By node.
    var devices: [[Device]]
    var requests: [Request]
    /// Whether all are to be on the same bus.
    var isAligned: Bool

    var pod: Pod {
        Make.pod("new") { $0.spec.json["resourceClaims"] = [["name": "c", "resourceClaimName": "wanted"]] }
    }

    func state() -> ClusterState {
        var state = ClusterState()
        var deviceClass = DeviceClass(name: "gpu")
        deviceClass.json["spec"] = ["selectors": [["cel": ["expression": "device.driver == 'gpu.example.com'"]]]]
        state.devices.set(class: "gpu", deviceClass)
        for (index, devices) in devices.enumerated() {
            state.updateNode(Make.node("n\(index)"))
            let slice = slice(index, devices)
            state.devices.set(slice: slice.name, slice)
            for device in devices where device.isTaken {
                let taken = owner(of: device, index)
                state.devices.set(claim: taken.key, taken)
            }
        }
        state.devices.set(claim: wanted.key, wanted)
        return state
    }

    private func slice(_ node: Int, _ devices: [Device]) -> ResourceSlice {
        var slice = ResourceSlice(name: "slice-\(node)")
        slice.json["spec"] = [
            "driver": .string(Self.driver), "nodeName": .string("n\(node)"),
            "pool": ["name": .string("n\(node)"), "generation": 1, "resourceSliceCount": 1],
            "devices": .array(
                devices.map { device in
                    [
                        "name": .string(device.name),
                        "attributes": [
                            "model": ["string": .string(device.model)], "bus": ["int": .int(Int64(device.bus))],
                        ],
                    ]
                }),
        ]
        return slice
    }

    private func owner(of device: Device, _ node: Int) -> ResourceResourceClaim {
        var claim = ResourceResourceClaim(name: "of-\(node)-\(device.name)", namespace: "default")
        claim.metadata.uid = "uid-\(claim.name)"
        claim.json["spec"] = ["devices": ["requests": [["name": "r", "exactly": ["deviceClassName": "gpu"]]]]]
        claim.json["status"] = [
            "allocation": [
                "devices": [
                    "results": [
                        [
                            "request": "r", "driver": .string(Self.driver), "pool": .string("n\(node)"),
                            "device": .string(device.name),
                        ]
                    ]
                ]
            ]
        ]
        return claim
    }

    private var wanted: ResourceResourceClaim {
        var claim = ResourceResourceClaim(name: "wanted", namespace: "default")
        claim.metadata.uid = "uid-wanted"
        let list = requests.enumerated().map { index, request -> JSON in
            var exact: JSONObject = ["deviceClassName": "gpu", "count": .int(Int64(request.count))]
            if let model = request.model {
                let expression = "device.attributes['\(Self.driver)'].model == '\(model)'"
                exact["selectors"] = [["cel": ["expression": .string(expression)]]]
            }
            return ["name": .string("r\(index)"), "exactly": .object(exact)]
        }
        var spec: JSONObject = ["requests": .array(list)]
        if isAligned { spec["constraints"] = [["matchAttribute": .string("\(Self.driver)/bus")]] }
        claim.json["spec"] = ["devices": .object(spec)]
        return claim
    }

    /// Whether a node has what is asked for: by trying every choice.
    func fits(_ node: Int) -> Bool {
        let places = requests.flatMap { [String?](repeating: $0.model, count: $0.count) }
        return fill(places[...], devices[node].filter { !$0.isTaken }, bus: nil)
    }

    private func fill(_ places: ArraySlice<String?>, _ free: [Device], bus: Int?) -> Bool {
        guard let model = places.first else { return true }
        for (index, device) in free.enumerated() {
            if let model, device.model != model { continue }
            if isAligned, let bus, device.bus != bus { continue }
            var rest = free
            rest.remove(at: index)
            if fill(places.dropFirst(), rest, bus: device.bus) { return true }
        }
        return false
    }
}

extension Dice {
    mutating func devices() -> SampleDevices {
        var sample = SampleDevices(devices: [], requests: [], isAligned: oneIn(2))
        for _ in 0...(1 + roll(3)) {
            var devices: [SampleDevices.Device] = []
            for number in 0..<roll(6) {
                devices.append(.init(name: "d\(number)", model: pick(["a", "b"]), bus: roll(2), isTaken: oneIn(4)))
            }
            sample.devices.append(devices)
        }
        for _ in 0...roll(2) {
            sample.requests.append(.init(count: 1 + roll(2), model: pick([nil, "a", "b"])))
        }
        return sample
    }
}
