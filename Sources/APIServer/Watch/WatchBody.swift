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
    /// Lives as long as somebody watches.
    var kept: AuditCompletion?

    func start(on stream: ResponseStream) {
        fanOut.start(self, on: stream)
    }

    /// - Parameter place: of the watcher: those of one place are told of a change one after the other.
    func open(_ group: WatchGroup, place: UInt32 = 0) throws(StatusError) -> WatchOpening {
        do {
            return try registry.cache.subscribe(
                registry.bucket, selection, from: start, group: group, place: place)
        } catch {
            if case .tooOld(let revision, let oldest) = error {
                throw StatusError.expired("too old resource version: \(revision) (\(oldest))")
            }
            throw StatusError.internalError("starting a watch: \(error)")
        }
    }

    /// The frame that ends a watch with an error.
    func errorFrame(_ error: StatusError) -> [UInt8] { WatchFrame.bytes("ERROR", error.json, form.encoding) }
}

/// One event of a watch as its bytes on the wire: a line of JSON, a length and a protobuf message, or an item of CBOR.
enum WatchFrame {
    static func bytes(_ type: String, _ object: JSONObject, _ encoding: ResponseForm.Encoding) -> [UInt8] {
        switch encoding {
        case .json, .yaml:
            var writer = JSONWriter()
            writer.raw("{\"type\":")
            writer.write(type)
            writer.raw(",\"object\":")
            writer.write(object)
            writer.raw("}\n")
            return writer.bytes
        case .protobuf:
            do {
                return ProtobufEnvelope.watchFrame(type: type, object: try FormEncoding.protobuf(object))
            } catch {
                // A Status always has a protobuf form: this ends the watch with the reason.
                guard type != "ERROR" else { return [] }
                return bytes("ERROR", error.json, encoding)
            }
        case .cbor:
            return CBORWriter.document(.object(["type": .string(type), "object": .object(object)]))
        }
    }
}

/// Turns events into the lines of a watch. Plain frames are the objects' own bytes between two constants, made once per
/// event and shared by all its watchers.
struct WatchFramer {
    private let body: WatchBody
    private let frameKey: DerivedKey
    private let clock: any WallClock
    /// Tables carry their columns once.
    private var sentColumns = false

    init(_ body: WatchBody, clock: any WallClock) {
        self.body = body
        self.clock = clock
        frameKey = body.registry.frameKey
    }

    mutating func frame(_ event: StoreEvent) -> ByteBuffer {
        if body.form.shape == .object, body.form.encoding == .json {
            return event.derived.value(frameKey) { served(event.type, event.object) }
        }
        if body.form.shape == .object, body.form.encoding == .protobuf {
            return event.derived.value(body.registry.protobufFrameKey) {
                converted(Self.name(event.type), event.object)
            }
        }
        return converted(Self.name(event.type), event.object)
    }

    /// An object of the initial state, or any whose bytes were converted before.
    mutating func frame(_ type: ChangeType, _ object: StoredObject) -> ByteBuffer {
        if body.form.shape == .object, body.form.encoding == .json { return served(type, object) }
        return converted(Self.name(type), object)
    }

    mutating func initial(_ object: StoredObject) -> ByteBuffer { frame(.added, object) }

    /// The frame in the version watched. Converters that have to be asked were asked before: see ConvertedWatch.
    private func served(_ type: ChangeType, _ object: StoredObject) -> ByteBuffer {
        let registry = body.registry
        if let reason = object.unreadable { return ByteBuffer(bytes: body.errorFrame(.internalError(reason))) }
        if registry.servesStoredBytes { return Self.plain(type, object.bytes) }
        do throws(StatusError) {
            guard let bytes = try registry.servedBytesNow(registry.resting(object).bytes) else {
                throw StatusError.internalError("\(registry.bucket) \(object.key.name) was not converted")
            }
            return Self.plain(type, bytes)
        } catch {
            return ByteBuffer(bytes: body.errorFrame(error))
        }
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
        return line("BOOKMARK", object)
    }

    private static func name(_ type: ChangeType) -> String {
        switch type {
        case .added: "ADDED"
        case .modified: "MODIFIED"
        case .deleted: "DELETED"
        }
    }

    private static func plain(_ type: ChangeType, _ bytes: [UInt8]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: bytes.count + 40)
        buffer.writeStaticString("{\"type\":\"")
        buffer.writeString(name(type))
        buffer.writeStaticString("\",\"object\":")
        buffer.writeBytes(bytes)
        buffer.writeStaticString("}\n")
        return buffer
    }

    private mutating func converted(_ type: String, _ stored: StoredObject) -> ByteBuffer {
        do throws(StatusError) {
            guard let subject = try body.registry.tableSubjectNow(body.registry.parse(stored)) else {
                throw StatusError.internalError("\(body.registry.bucket) \(stored.key.name) was not converted")
            }
            switch body.form.shape {
            case .object:
                return line(type, subject.served)
            case .partialMetadata:
                return line(type, PartialMetadata.make(subject.served))
            case .table:
                let builder = try TableBuilder(body.registry, now: clock.now, include: body.includeObject)
                let metadata: JSONObject = ["resourceVersion": .string(String(stored.revision))]
                let table = builder.table([subject], metadata: metadata, withColumns: !sentColumns)
                sentColumns = true
                return line(type, table)
            }
        } catch {
            return ByteBuffer(bytes: body.errorFrame(error))
        }
    }

    private func line(_ type: String, _ object: JSONObject) -> ByteBuffer {
        ByteBuffer(bytes: WatchFrame.bytes(type, object, body.form.encoding))
    }
}
