import KubeAPI
import Machinery

/// Gives Services the node ports that their type asks for.
struct NodePortAllocator: Sendable {
    let range: ClosedRange<Int>
    let record: NodePortRecord

    /// How many ports at the start of the range are given out last when nobody asks for one (KEP-3668).
    private var staticBand: Int { range.count <= 16 ? 0 : min(max(range.count / 32, 16), 128) }

    /// - Returns: the ports newly claimed.
    func assign(
        _ service: inout Service, before: Service?, isDryRun: Bool
    ) async throws(StatusError) -> Set<Int32> {
        guard service.spec.type == "NodePort" || service.spec.type == "LoadBalancer" else { return [] }
        let mine = before.map { ServiceClaims($0).ports } ?? []
        var wanted = service
        keep(&wanted, before)
        if needsNothing(wanted, mine) {
            service = wanted
            return []
        }
        let template = wanted
        let change: (inout Set<Int32>) throws(StatusError) -> (Service, Set<Int32>) = {
            (taken) throws(StatusError) in
            var service = template
            let assigned = try fill(&service, taken: taken, mine: mine)
            let fresh = assigned.subtracting(mine)
            taken.formUnion(fresh)
            return (service, fresh)
        }
        if isDryRun {
            var taken = try record.page().ports
            service = try change(&taken).0
            return []
        }
        let (filled, fresh) = try await record.change(change)
        service = filled
        return fresh
    }

    /// What cannot be given back now, the next comparison does.
    func release(_ ports: Set<Int32>) async {
        guard !ports.isEmpty else { return }
        do throws(StatusError) {
            try await record.change { (taken) throws(StatusError) in taken.subtract(ports) }
        } catch {
            return
        }
    }

    /// A port that is named again without a number has the number it had.
    private func keep(_ service: inout Service, _ before: Service?) {
        service.spec.ports = service.spec.ports.map { port in
            var port = port
            if (port.nodePort ?? 0) == 0,
                let kept = before?.spec.ports.first(where: {
                    $0.port == port.port && ($0.protocol ?? "TCP") == (port.protocol ?? "TCP")
                })?.nodePort
            {
                port.nodePort = kept
            }
            return port
        }
    }

    private func needsNothing(_ service: Service, _ mine: Set<Int32>) -> Bool {
        service.spec.ports.allSatisfy { port in
            (port.nodePort ?? 0) == 0 ? !gives(service) : mine.contains(port.nodePort ?? 0)
        }
    }

    /// Balancers may do without node ports.
    private func gives(_ service: Service) -> Bool {
        service.spec.type != "LoadBalancer" || service.spec.allocateLoadBalancerNodePorts != false
    }

    private func fill(
        _ service: inout Service, taken: Set<Int32>, mine: Set<Int32>
    ) throws(StatusError) -> Set<Int32> {
        var assigned: Set<Int32> = []
        var ports = service.spec.ports
        for index in ports.indices {
            let path = FieldPath("spec").child("ports").index(index).child("nodePort")
            if let wanted = ports[index].nodePort, wanted != 0 {
                guard range.contains(Int(wanted)) else {
                    throw invalid(
                        service,
                        .invalid(
                            path, wanted,
                            "provided port is not in the valid range. The range of valid ports is "
                                + "\(range.lowerBound)-\(range.upperBound)"))
                }
                guard mine.contains(wanted) || assigned.contains(wanted) || !taken.contains(wanted) else {
                    throw invalid(service, .invalid(path, wanted, "provided port is already allocated"))
                }
                assigned.insert(wanted)
            } else if gives(service) {
                let free = candidates().first { !taken.contains($0) && !assigned.contains($0) && !mine.contains($0) }
                guard let free else {
                    throw StatusError.internalError("failed to allocate a nodePort: range is full")
                }
                ports[index].nodePort = free
                assigned.insert(free)
            }
        }
        service.spec.ports = ports
        return assigned
    }

    /// Every port once, from a random one on: those above the static band first.
    private func candidates() -> [Int32] {
        let start = range.lowerBound + staticBand
        let upper = start...max(start, range.upperBound)
        let first = Int.random(in: upper)
        let dynamic = Array(first...upper.upperBound) + Array(upper.lowerBound..<first)
        return (dynamic + Array(range.lowerBound..<start)).map(Int32.init)
    }

    private func invalid(_ service: Service, _ error: FieldError) -> StatusError {
        StatusError.invalid(Service.kind, name: service.name, [error])
    }
}
