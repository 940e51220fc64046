import KubeAPI

extension FlowState {
    /// Takes a configuration over. Levels that are no longer in it stay until their last request has finished; what is
    /// mandatory is there even if nobody configured it.
    mutating func configure(
        _ schemas: [FlowSchema], _ configured: [PriorityLevelConfiguration], now: Seconds, wakeups: inout [Wakeup]
    ) -> FlowClassifier {
        let known = Set(configured.map(\.name))
        let imagined = FlowControlDefaults.mandatoryLevels.filter { !known.contains($0.name) }
        let settings = (configured + imagined).compactMap(LevelSettings.init)
        let names = Set(settings.map(\.name))
        for index in levels.indices {
            guard let level = levels[index], !names.contains(level.settings.name) else { continue }
            levels[index]?.isQuiescing = true
            reap(index)
        }
        let present = levels.compactMap { $0 }.filter(\.isQuiescing)
        let shareSum = settings.reduce(0) { $0 + $1.shares } + present.reduce(0) { $0 + $1.settings.shares }
        for setting in settings { place(setting, shareSum: shareSum, now: now) }
        for index in levels.indices where levels[index]?.isQuiescing == true {
            relimit(index, shareSum: shareSum)
        }
        edition += 1
        let classifier = classifier(schemas)
        allocate(now: now, periods: 0, wakeups: &wakeups)
        return classifier
    }

    private mutating func place(_ settings: LevelSettings, shareSum: Int, now: Seconds) {
        let limits = SeatLimits(settings, serverSeats: self.settings.seats, shareSum: shareSum)
        if let index = places[settings.name] {
            levels[index]?.settings = settings
            levels[index]?.limits = limits
            levels[index]?.isQuiescing = false
            levels[index]?.queues.advance(to: now)
            levels[index]?.queues.configure(settings.queuing)
            return
        }
        let level = PriorityLevel(settings, limits: limits, now: now)
        if let free = levels.firstIndex(where: { $0 == nil }) {
            levels[free] = level
            places[settings.name] = free
        } else {
            places[settings.name] = levels.count
            levels.append(level)
        }
    }

    private mutating func relimit(_ index: Int, shareSum: Int) {
        guard let level = levels[index] else { return }
        levels[index]?.limits = SeatLimits(level.settings, serverSeats: settings.seats, shareSum: shareSum)
    }

    /// Removes a level that is no longer wanted and has no requests left.
    mutating func reap(_ index: Int) {
        guard let level = levels[index], level.isQuiescing, level.queues.isIdle else { return }
        places[level.settings.name] = nil
        levels[index] = nil
    }

    private mutating func classifier(_ configured: [FlowSchema]) -> FlowClassifier {
        let known = Set(configured.map(\.name))
        let imagined = FlowControlDefaults.mandatorySchemas.filter { !known.contains($0.name) }
        let ordered = (configured + imagined).sorted { left, right in
            let (first, second) = (left.spec.matchingPrecedence ?? 1000, right.spec.matchingPrecedence ?? 1000)
            return first == second ? left.name < right.name : first < second
        }
        let wanted = Set(ordered.map(FlowState.TallyKey.init))
        var schemas = ordered.compactMap { classified($0, wanted) }
        // A catch-all that leads nowhere does not catch: the imagined one does.
        if !schemas.contains(where: { $0.name == "catch-all" }),
            let own = FlowControlDefaults.mandatorySchemas.first(where: { $0.name == "catch-all" }),
            let schema = classified(own, wanted)
        {
            schemas.append(schema)
        }
        guard let catchAll = schemas.last(where: { $0.name == "catch-all" }) else {
            // Unreachable: catch-all and its level are supplied above when nobody configured them.
            preconditionFailure("no catch-all flow schema")
        }
        return FlowClassifier(edition: edition, schemas: schemas, catchAll: catchAll)
    }

    /// `nil` when the schema's level does not exist.
    private mutating func classified(_ schema: FlowSchema, _ wanted: Set<TallyKey>) -> ClassifiedSchema? {
        guard let index = places[schema.spec.priorityLevelConfiguration.name], let level = levels[index],
            !level.isQuiescing
        else { return nil }
        let place = tally(TallyKey(schema), wanted: wanted)
        return ClassifiedSchema(schema, level: level, at: index, tally: place)
    }

    /// Where a schema's figures are. Those of schemas that are gone are kept, until there are many: then their places
    /// are used again, once no request of theirs is under way.
    private mutating func tally(_ key: TallyKey, wanted: Set<TallyKey>) -> Int {
        if let known = tallyPlaces[key] { return known }
        let fresh = FlowTally(priorityLevel: key.level, flowSchema: key.schema)
        if tallies.count >= Self.keptTallies,
            let old = tallies.firstIndex(where: { $0.isIdle && !wanted.contains($0.key) })
        {
            tallyPlaces[tallies[old].key] = nil
            tallies[old] = fresh
            tallyPlaces[key] = old
            return old
        }
        tallyPlaces[key] = tallies.count
        tallies.append(fresh)
        return tallies.count - 1
    }

    private static let keptTallies = 256
}

extension FlowState.TallyKey {
    init(_ schema: FlowSchema) {
        level = schema.spec.priorityLevelConfiguration.name
        self.schema = schema.name
    }
}

extension FlowTally {
    fileprivate var isIdle: Bool { waitingRequests == 0 && executingRequests == 0 }
    fileprivate var key: FlowState.TallyKey { FlowState.TallyKey(level: priorityLevel, schema: flowSchema) }
}
