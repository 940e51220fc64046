import KubeAPI
import Machinery

struct FlowSchemaStrategy: Strategy {
    func applyDefaults(_ schema: inout FlowSchema) {
        if (schema.spec.matchingPrecedence ?? 0) == 0 { schema.spec.matchingPrecedence = 1000 }
    }

    func prepareForCreate(_ schema: inout FlowSchema) { schema.json["status"] = [:] }
    func validate(_ schema: FlowSchema) -> [FieldError] { FlowSchemaValidation.validate(schema) }
    func validateStatusUpdate(_ schema: FlowSchema, from old: FlowSchema) -> [FieldError] {
        FlowSchemaValidation.validateStatus(schema)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("PriorityLevel", description: "The level its requests are of."),
            TableColumn("MatchingPrecedence", description: "Schemas of lower numbers are asked first."),
            TableColumn("DistinguisherMethod", description: "What tells flows apart."), .age,
            TableColumn("MissingPL", description: "Whether the level does not exist."),
        ]
    }

    func cells(_ schema: FlowSchema, now: Timestamp) -> [JSON] {
        let dangling = schema.status.conditions.first { $0.type == "Dangling" }
        return [
            .string(schema.name), .string(schema.spec.priorityLevelConfiguration.name),
            .int(Int64(schema.spec.matchingPrecedence ?? 0)),
            .string(schema.spec.distinguisherMethod?.type ?? "<none>"),
            TableCell.age(schema.metadata.creationTimestamp, now: now), .string(dangling?.status ?? "?"),
        ]
    }
}

struct PriorityLevelStrategy: Strategy {
    func applyDefaults(_ level: inout PriorityLevelConfiguration) {
        if var exempt = level.spec.exempt {
            exempt.nominalConcurrencyShares = exempt.nominalConcurrencyShares ?? 0
            exempt.lendablePercent = exempt.lendablePercent ?? 0
            level.spec.exempt = exempt
        }
        guard var limited = level.spec.limited else { return }
        limited.nominalConcurrencyShares = limited.nominalConcurrencyShares ?? 30
        limited.lendablePercent = limited.lendablePercent ?? 0
        if var queuing = limited.limitResponse?.queuing {
            if (queuing.handSize ?? 0) == 0 { queuing.handSize = 8 }
            if (queuing.queues ?? 0) == 0 { queuing.queues = 64 }
            if (queuing.queueLengthLimit ?? 0) == 0 { queuing.queueLengthLimit = 50 }
            limited.limitResponse?.queuing = queuing
        }
        level.spec.limited = limited
    }

    func prepareForCreate(_ level: inout PriorityLevelConfiguration) { level.json["status"] = [:] }
    func validate(_ level: PriorityLevelConfiguration) -> [FieldError] { PriorityLevelValidation.validate(level) }
    func validateStatusUpdate(
        _ level: PriorityLevelConfiguration, from old: PriorityLevelConfiguration
    ) -> [FieldError] {
        PriorityLevelValidation.validateStatus(level)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Type", description: "Limited, or exempt from limits."),
            TableColumn("NominalConcurrencyShares", description: "Its part of what the server does at once."),
            TableColumn("Queues", description: "How many queues it has."),
            TableColumn("HandSize", description: "Among how many queues a flow's requests are dealt."),
            TableColumn("QueueLengthLimit", description: "How many requests may wait in a queue."), .age,
        ]
    }

    func cells(_ level: PriorityLevelConfiguration, now: Timestamp) -> [JSON] {
        let limited = level.spec.limited
        let queuing = limited?.limitResponse?.queuing
        func number(_ value: Int32?) -> JSON { value.map { .int(Int64($0)) } ?? "<none>" }
        return [
            .string(level.name), .string(level.spec.type), number(limited?.nominalConcurrencyShares),
            number(queuing?.queues), number(queuing?.handSize), number(queuing?.queueLengthLimit),
            TableCell.age(level.metadata.creationTimestamp, now: now),
        ]
    }
}
