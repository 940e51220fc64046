import KubeAPI
import Machinery

/// Tells users what a component did and why, as core/v1 Events.
///
/// Recording never waits and never fails: events go through a bounded queue, and what does not fit is dropped and
/// counted. `run()` writes them, merging repeats into one Event with a count.
package struct EventRecorder: Sendable {
    package enum EventType: String, Sendable {
        case normal = "Normal"
        case warning = "Warning"
    }

    private let writer: EventWriter
    private let component: String
    private let host: String?

    /// - Parameter capacity: how many events wait for being written at most.
    package init(
        client: Client, component: String, host: String? = nil, clock: some Clock<Duration> = ContinuousClock(),
        wallClock: any WallClock = SystemWallClock(), capacity: Int = 1000, log: FailureLog = .standardError
    ) {
        writer = EventWriter(
            client: client, clock: DelayClock(clock), wallClock: wallClock, capacity: capacity, log: log)
        self.component = component
        self.host = host
    }

    private init(writer: EventWriter, component: String, host: String?) {
        self.writer = writer
        self.component = component
        self.host = host
    }

    /// A recorder in another component's name that shares the queue and its writer.
    package func named(_ component: String) -> EventRecorder {
        EventRecorder(writer: writer, component: component, host: host)
    }

    /// Writes events until the task is cancelled; once for a recorder and all those named from it.
    package func run() async {
        await writer.run()
    }

    /// How many events were dropped: the queue was full, the source too busy, or the server refused.
    package var dropped: Int { writer.dropped }

    package func event(
        _ object: some KubeObject, type: EventType = .normal, reason: String, message: String,
        fieldPath: String? = nil
    ) {
        var reference = object.reference
        reference.fieldPath = fieldPath
        event(about: reference, type: type, reason: reason, message: message)
    }

    package func event(
        about reference: ObjectReference, type: EventType = .normal, reason: String, message: String
    ) {
        let now = writer.wallClock.now
        let namespace = reference.namespace.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
        var event = Event(
            name: EventName.make(for: reference.name ?? "", at: writer.uniqueMoment(now)), namespace: namespace)
        event.involvedObject = reference
        event.type = type.rawValue
        event.reason = reason
        event.message = String(decoding: message.utf8.prefix(1024), as: UTF8.self)
        event.count = 1
        event.firstTimestamp = now
        event.lastTimestamp = now
        var source = EventSource()
        source.component = component
        source.host = host
        event.source = source
        event.reportingComponent = component
        event.reportingInstance = host ?? ""
        writer.enqueue(event)
    }
}

/// Names of Events: the object's name and the moment in nanoseconds, as `kubectl` users know them.
enum EventName {
    static func make(for object: String, at nanoseconds: UInt64) -> String {
        let suffix = "." + String(nanoseconds, radix: 16)
        // Object names are at most 253 bytes and so is an Event's.
        return object.prefix(253 - suffix.utf8.count) + suffix
    }
}

extension KubeObject {
    /// A reference by which others can find this object.
    package var reference: ObjectReference {
        var reference = ObjectReference()
        reference.apiVersion = Self.kind.apiVersion
        reference.kind = Self.kind.kind
        reference.name = metadata.name
        reference.namespace = metadata.namespace
        reference.uid = metadata.uid
        reference.resourceVersion = metadata.resourceVersion
        return reference
    }
}
