import Scheduler

/// What the plugins of volumes should say, the long way round.
struct StorageReference {
    let storage: SampleStorage
    let user: SampleUser

    private var nodes: Range<Int> { storage.zones.indices }

    func verdicts(_ plugin: PluginName) -> [FilterStatus]? {
        switch plugin {
        case .nodeName:
            nodes.map { node in
                user.nodeName.map { $0 == storage.name(node) } ?? true
                    ? .success : .unresolvable("node(s) didn't match the requested node name")
            }
        case .volumeRestrictions: everywhere(unknownClaim) ?? nodes.map(restrictions)
        case .nodeVolumeLimits: everywhere(unknownClaim) ?? nodes.map(limits)
        case .volumeZone: everywhere(zoneObstacle) ?? nodes.map(zone)
        case .volumeBinding: everywhere(bindingObstacle) ?? nodes.map(binding)
        default: nil
        }
    }

    private func everywhere(_ refusal: FilterStatus?) -> [FilterStatus]? {
        refusal.map { refusal in nodes.map { _ in refusal } }
    }

    private var unknownClaim: FilterStatus? {
        user.claims.first { storage.claim($0) == nil }.map {
            .unresolvable(Reasons("persistentvolumeclaim \"\($0)\" not found"))
        }
    }

    private func restrictions(_ node: Int) -> FilterStatus {
        for other in storage.users(on: node) {
            if let disk = user.disk, let taken = other.disk, disk.name == taken.name,
                !(disk.isReadOnly && taken.isReadOnly)
            {
                return .unschedulable("node(s) had no available disk")
            }
        }
        let isTaken = user.claims.contains { name in
            storage.claim(name)?.isExclusive ?? false && storage.placed.contains { $0.user.claims.contains(name) }
        }
        return isTaken
            ? .unschedulable(
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod"
            ) : .success
    }

    /// What names the volume of a claim of the driver, made or to be made.
    private func attachment(_ name: String) -> String? {
        guard let claim = storage.claim(name) else { return nil }
        if let volume = claim.volume.flatMap(storage.volume) { return volume.driver == nil ? nil : volume.name }
        return claim.storageClass == "fixed" ? nil : "of \(name)"
    }

    private func limits(_ node: Int) -> FilterStatus {
        guard let limit = storage.limits[node] else { return .success }
        let there = Set(storage.users(on: node).flatMap(\.claims).compactMap(attachment))
        let new = Set(user.claims.compactMap(attachment)).subtracting(there)
        return new.isEmpty || there.count + new.count <= limit
            ? .success : .unschedulable("node(s) exceed max volume count")
    }

    private var zoneObstacle: FilterStatus? {
        for name in user.claims {
            guard let claim = storage.claim(name) else { return unknownClaim }
            if let volume = claim.volume {
                if storage.volume(volume) == nil {
                    return .unresolvable(Reasons("persistentvolume \"\(volume)\" not found"))
                }
            } else if claim.storageClass == "early" {
                return .unresolvable("PersistentVolume had no name")
            }
        }
        return nil
    }

    private func zone(_ node: Int) -> FilterStatus {
        guard let zone = storage.zones[node] else { return .success }
        for name in user.claims {
            guard let label = storage.claim(name)?.volume.flatMap(storage.volume)?.zoneLabel else { continue }
            if !["z1": ["z1"], "z2": ["z2"], "z1__z2": ["z1", "z2"]][label, default: []].contains(zone) {
                return .unresolvable("node(s) had no available volume zone")
            }
        }
        return .success
    }

    private var bindingObstacle: FilterStatus? {
        for name in user.claims {
            guard let claim = storage.claim(name) else { return unknownClaim }
            if claim.volume == nil, claim.storageClass == "early" {
                return .unresolvable("pod has unbound immediate PersistentVolumeClaims")
            }
        }
        return nil
    }

    private func binding(_ node: Int) -> FilterStatus {
        let claims = user.claims.compactMap(storage.claim)
        func isReached(_ zones: [String]?) -> Bool {
            zones.map { allowed in storage.zones[node].map(allowed.contains) ?? false } ?? true
        }
        var reasons: [String] = []
        if !claims.allSatisfy({ claim in isReached(claim.volume.flatMap(storage.volume)?.zones) }) {
            reasons.append("node(s) didn't match PersistentVolume's node affinity")
        }
        var taken = Set(storage.claims.compactMap(\.volume))
        var isUnmatched = false
        // Small claims first, each with the smallest volume that does.
        let unbound = claims.filter { $0.volume == nil }.enumerated().sorted {
            ($0.element.size, $0.offset) < ($1.element.size, $1.offset)
        }.map(\.element)
        for claim in unbound {
            let volume = storage.volumes.sorted { ($0.size, $0.name) < ($1.size, $1.name) }.first { volume in
                !taken.contains(volume.name) && volume.storageClass == claim.storageClass && volume.size >= claim.size
                    && isReached(volume.zones)
            }
            if let volume {
                taken.insert(volume.name)
            } else if !(claim.storageClass == "late" && isReached(["z1", "z2"])) {
                isUnmatched = true
            }
        }
        if isUnmatched { reasons.append("node(s) didn't find available persistent volumes to bind") }
        if claims.contains(where: { $0.volume != nil && $0.volume.flatMap(storage.volume) == nil }) {
            reasons.append("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)")
        }
        guard let first = reasons.first else { return .success }
        return .unresolvable(Reasons(first, Array(reasons.dropFirst())))
    }
}
