import Client
import KubeAPI
import Machinery
import Store

/// Keeps flow control's own objects: what every cluster starts with is put back when it is deleted or, unless an
/// administrator took it over, changed; what an older release left behind goes; and each flow schema says in its status
/// whether its priority level exists.
///
/// Works by events, a key at a time; nothing is read or written while nothing changes.
final class FlowControlKeeper: Sendable {
    enum Key: Hashable, Sendable {
        case schema(String)
        case level(String)
    }

    private let lookup: ObjectLookup
    private let producer: Client
    private let consumer: Client
    private let clock: any WallClock
    private let queue = WorkQueue<Key>()
    private let subscriptions: [Subscription]

    /// - Parameter transport: makes a transport for an agent's name.
    init(
        lookup: ObjectLookup, clock: any WallClock, transport: (_ agent: String) -> any Transport
    ) throws(StatusError) {
        self.lookup = lookup
        self.clock = clock
        func client(_ agent: String) -> Client { Client(transport: transport(agent), userAgent: agent) }
        producer = client("api-priority-and-fairness-config-producer-v1")
        consumer = client("api-priority-and-fairness-config-consumer-v1")
        let (queue, cache) = (queue, lookup.cache)
        subscriptions = [
            try Self.follow(FlowSchema.bucket, cache) { queue.add(.schema($0)) },
            try Self.follow(PriorityLevelConfiguration.bucket, cache) { name in
                queue.add(.level(name))
                // Whichever schemas lead to it: there are few.
                for schema in cache.snapshot(FlowSchema.bucket).objects() { queue.add(.schema(schema.key.name)) }
            },
        ]
    }

    private static func follow(
        _ bucket: String, _ cache: WatchCache, _ note: @escaping @Sendable (String) -> Void
    ) throws(StatusError) -> Subscription {
        let group = WatchGroup { deliveries in for delivery in deliveries { note(delivery.event.key.name) } }
        do {
            return try cache.subscribe(bucket, WatchSelection(), from: .now, group: group).subscription
        } catch {
            throw StatusError.internalError("following the configuration of flow control: \(error)")
        }
    }

    /// Works until cancelled.
    func run() async {
        for level in PriorityLevelConfiguration.everyOne(lookup) { queue.add(.level(level)) }
        for schema in FlowSchema.everyOne(lookup) { queue.add(.schema(schema)) }
        await withTaskCancellationHandler {
            while let key = await queue.next() {
                do throws(StatusError) {
                    try await reconcile(key)
                    queue.forget(key)
                } catch {
                    // Somebody was quicker, or the server is not ready: looked at again, later each time.
                    queue.addRateLimited(key)
                }
                queue.done(key)
            }
        } onCancel: {
            queue.shutDown()
        }
    }

    private func reconcile(_ key: Key) async throws(StatusError) {
        switch key {
        case .level(let name):
            _ = try await keep(PriorityLevelConfiguration.self, name)
        case .schema(let name):
            if let schema = try await keep(FlowSchema.self, name) { try await tellWhetherDangling(schema) }
        }
    }

    /// - Returns: the object as it is now; `nil` when there is none, or something is about to happen to it.
    private func keep<Object: FlowConfiguration>(
        _ type: Object.Type, _ name: String
    ) async throws(StatusError) -> Object? {
        let mandatory = Object.mandatory.first { $0.name == name }
        let wanted = mandatory ?? Object.suggested.first { $0.name == name }
        guard let present = lookup.clusterObject(type, name) else {
            if let wanted { _ = try await producer.create(wanted) }
            return nil
        }
        guard !present.isBeingDeleted else { return nil }
        if present.isLeftOver {
            try await producer.delete(type, present.key)
            return nil
        }
        guard let wanted, let corrected = present.corrected(to: wanted, isMandatory: mandatory != nil) else {
            return present
        }
        _ = try await producer.update(corrected)
        return nil
    }

    private func tellWhetherDangling(_ schema: FlowSchema) async throws(StatusError) {
        let level = schema.spec.priorityLevelConfiguration.name
        let isThere = lookup.clusterObject(PriorityLevelConfiguration.self, level) != nil
        var condition = FlowSchemaCondition()
        condition.type = "Dangling"
        condition.status = isThere ? "False" : "True"
        condition.reason = isThere ? "Found" : "NotFound"
        condition.message =
            "This FlowSchema references the PriorityLevelConfiguration object named \"\(level)\" "
            + (isThere ? "and it exists" : "but there is no such object")
        let old = schema.status.conditions.first { $0.type == condition.type }
        guard old?.status != condition.status || old?.reason != condition.reason || old?.message != condition.message
        else { return }
        condition.lastTransitionTime = old?.status == condition.status ? old?.lastTransitionTime : clock.now
        var schema = schema
        schema.status.conditions = schema.status.conditions.filter { $0.type != condition.type } + [condition]
        _ = try await consumer.updateStatus(schema)
    }
}

extension FlowConfiguration {
    fileprivate static var bucket: String { resource.groupResource.description }

    /// The names of those that are there, and of those that should be.
    fileprivate static func everyOne(_ lookup: ObjectLookup) -> Set<String> {
        Set(lookup.cache.snapshot(bucket).objects().map(\.key.name) + (mandatory + suggested).map(\.name))
    }
}
