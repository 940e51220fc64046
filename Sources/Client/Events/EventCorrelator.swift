import KubeAPI
import Machinery

/// Decides what becomes of an event before it is written: new, one more of a known one, or too much.
///
/// Three steps with Kubernetes' numbers: an object gets 25 events from one source at once and one every five minutes
/// after that; more than ten alike within ten minutes become one; an identical one raises the count of the first.
struct EventCorrelator: Sendable {
    enum Verdict: Sendable {
        case create(Event)
        /// The changed members of an event that exists.
        case patch(ObjectKey, JSON, Event)
        /// Over the limit of its source and object.
        case spam
    }

    private struct Bucket: Sendable {
        var tokens: Double
        var filledAt: Timestamp
    }

    private struct Similar: Sendable {
        var messages: Set<String>
        var lastSeen: Timestamp
    }

    static let burst = 25.0
    static let secondsPerToken = 300.0
    static let similarLimit = 10
    static let similarSeconds: Int64 = 600
    static let capacity = 1024

    private var buckets = RecencyCache<[String], Bucket>(capacity: capacity)
    private var similar = RecencyCache<[String], Similar>(capacity: capacity)
    private var written = RecencyCache<[String], Event>(capacity: capacity)

    mutating func judge(_ candidate: Event, now: Timestamp) -> Verdict {
        guard takeToken(candidate, now: now) else { return .spam }
        var event = candidate
        var identity = Self.similarity(event) + [event.message ?? ""]
        if isOneOfMany(event, now: now) {
            event.message = "(combined from similar events): " + (event.message ?? "")
            identity = Self.similarity(event)
        }
        guard let known = written[identity] else { return .create(event) }
        let count = (known.count ?? 1) &+ 1
        var changed = known
        changed.count = count
        changed.lastTimestamp = now
        changed.message = event.message
        var patch: JSONObject = ["count": .int(Int64(count)), "lastTimestamp": now.inSeconds.json]
        if let message = event.message { patch["message"] = .string(message) }
        return .patch(known.key, .object(patch), changed)
    }

    /// Remembers an event as the server has it now.
    mutating func remember(_ event: Event) {
        let isCombined = event.message?.hasPrefix("(combined from similar events): ") ?? false
        written[Self.similarity(event) + (isCombined ? [] : [event.message ?? ""])] = event
    }

    /// The server no longer has the event: the next one is new again.
    mutating func forget(_ event: Event) {
        written[Self.similarity(event)] = nil
        written[Self.similarity(event) + [event.message ?? ""]] = nil
    }

    private mutating func takeToken(_ event: Event, now: Timestamp) -> Bool {
        let key = Self.source(event)
        var bucket = buckets[key] ?? Bucket(tokens: Self.burst, filledAt: now)
        let elapsed = max(Double((now - bucket.filledAt).components.seconds), 0)
        if elapsed > 0 {
            bucket.tokens = min(bucket.tokens + elapsed / Self.secondsPerToken, Self.burst)
            bucket.filledAt = now
        }
        let allowed = bucket.tokens >= 1
        if allowed { bucket.tokens -= 1 }
        buckets[key] = bucket
        return allowed
    }

    private mutating func isOneOfMany(_ event: Event, now: Timestamp) -> Bool {
        let key = Self.similarity(event)
        var entry = similar[key] ?? Similar(messages: [], lastSeen: now)
        if (now - entry.lastSeen).components.seconds > Self.similarSeconds { entry.messages = [] }
        entry.lastSeen = now
        if entry.messages.count <= Self.similarLimit { entry.messages.insert(event.message ?? "") }
        similar[key] = entry
        return entry.messages.count > Self.similarLimit
    }

    private static func source(_ event: Event) -> [String] {
        let object = event.involvedObject
        return [
            event.source?.component ?? "", event.source?.host ?? "", object.kind ?? "", object.namespace ?? "",
            object.name ?? "", object.uid ?? "", object.apiVersion ?? "",
        ]
    }

    private static func similarity(_ event: Event) -> [String] {
        source(event) + [event.involvedObject.fieldPath ?? "", event.type ?? "", event.reason ?? ""]
    }
}
