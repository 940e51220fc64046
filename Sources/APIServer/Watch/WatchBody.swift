import HTTPCore
import Machinery
import NIOCore
import Store

/// A watch that was asked for: what it shows, from when, in which form. It begins when somebody takes it: a response
/// stream, or an in-process client.
package struct WatchBody: Sendable {
    let registry: Registry
    let selection: WatchSelection
    let start: WatchStart
    let form: ResponseForm
    let includeObject: String?
    let allowsBookmarks: Bool
    /// The present objects are sent first, ended by a bookmark that says so (streaming lists).
    let marksInitialEnd: Bool
    let timeout: Duration
    let fanOut: WatchFanOut

    func start(on stream: ResponseStream) {
        fanOut.start(self, on: stream)
    }

    func open(_ group: WatchGroup) throws(StatusError) -> WatchOpening {
        do {
            return try registry.cache.subscribe(registry.bucket, selection, from: start, group: group)
        } catch {
            if case .tooOld(let revision, let oldest) = error {
                throw StatusError.expired("too old resource version: \(revision) (\(oldest))")
            }
            throw StatusError.internalError("starting a watch: \(error)")
        }
    }

    /// The frame that ends a watch with an error.
    static func errorFrame(_ error: StatusError) -> [UInt8] {
        var writer = JSONWriter()
        writer.raw("{\"type\":\"ERROR\",\"object\":")
        writer.write(error.json)
        writer.raw("}\n")
        return writer.bytes
    }
}

/// Turns events into the lines of a watch. Plain frames are the objects' own bytes between two constants, made once per
/// event and shared by all its watchers.
struct WatchFramer {
    private static let plainKey = DerivedKey(rawValue: 1)

    private let body: WatchBody
    private let clock: any WallClock
    /// Tables carry their columns once.
    private var sentColumns = false

    init(_ body: WatchBody, clock: any WallClock) {
        self.body = body
        self.clock = clock
    }

    mutating func frame(_ event: StoreEvent) -> ByteBuffer {
        if body.form.shape == .object, body.form.encoding == .json {
            return event.derived.value(Self.plainKey) { Self.plain(event.type, event.object) }
        }
        return converted(Self.name(event.type), event.object)
    }

    /// An object of the initial state.
    mutating func initial(_ object: StoredObject) -> ByteBuffer {
        if body.form.shape == .object, body.form.encoding == .json { return Self.plain(.added, object) }
        return converted("ADDED", object)
    }

    mutating func bookmark(_ revision: UInt64, endsInitialEvents: Bool) -> ByteBuffer {
        let kind = body.registry.resource.gvk
        var metadata: JSONObject = ["resourceVersion": .string(String(revision)), "creationTimestamp": .null]
        if endsInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        var object: JSONObject = [
            "kind": .string(kind.kind), "apiVersion": .string(kind.apiVersion), "metadata": .object(metadata),
        ]
        switch body.form.shape {
        case .object: break
        case .partialMetadata: object = PartialMetadata.make(object)
        case .table:
            object = [
                "kind": "Table", "apiVersion": "meta.k8s.io/v1",
                "metadata": ["resourceVersion": .string(String(revision))], "columnDefinitions": .null,
                "rows": [["cells": .array([]), "object": .object(PartialMetadata.make(object))]],
            ]
        }
        return Self.line("BOOKMARK", object)
    }

    private static func name(_ type: ChangeType) -> String {
        switch type {
        case .added: "ADDED"
        case .modified: "MODIFIED"
        case .deleted: "DELETED"
        }
    }

    private static func plain(_ type: ChangeType, _ object: StoredObject) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: object.bytes.count + 40)
        buffer.writeStaticString("{\"type\":\"")
        buffer.writeString(name(type))
        buffer.writeStaticString("\",\"object\":")
        buffer.writeBytes(object.bytes)
        buffer.writeStaticString("}\n")
        return buffer
    }

    private mutating func converted(_ type: String, _ stored: StoredObject) -> ByteBuffer {
        do {
            let object = try body.registry.parse(stored)
            switch body.form.shape {
            case .object:
                return Self.line(type, object)
            case .partialMetadata:
                return Self.line(type, PartialMetadata.make(object))
            case .table:
                let builder = try TableBuilder(body.registry, now: clock.now, include: body.includeObject)
                let metadata: JSONObject = ["resourceVersion": .string(String(stored.revision))]
                let table = builder.table([object], metadata: metadata, withColumns: !sentColumns)
                sentColumns = true
                return Self.line(type, table)
            }
        } catch {
            return ByteBuffer(bytes: WatchBody.errorFrame(error))
        }
    }

    private static func line(_ type: String, _ object: JSONObject) -> ByteBuffer {
        var writer = JSONWriter()
        writer.raw("{\"type\":")
        writer.write(type)
        writer.raw(",\"object\":")
        writer.write(object)
        writer.raw("}\n")
        return ByteBuffer(bytes: writer.bytes)
    }
}
