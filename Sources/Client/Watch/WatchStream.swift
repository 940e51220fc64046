import KubeAPI
import KubeSchemas
import Machinery
import Synchronization

/// The events of one watch, in the server's order. To be read once, by one task.
///
/// The sequence ends when the server ends the watch in good order; the reader resumes from the last version it saw.
/// It throws `StatusError`: `expired` (410) when the version it started from is compacted away and the reader has to
/// list anew, anything else when the stream broke.
package final class WatchStream<Object: Sendable>: AsyncSequence, Sendable {
    package enum Event: Sendable {
        case added(Object)
        case modified(Object)
        /// The object's last state.
        case deleted(Object)
        /// Everything up to this resource version has been told.
        case bookmark(String)
    }

    package typealias Element = Event

    /// The longest line: far above the largest object a server stores.
    private static var lineLimit: Int { 16 << 20 }

    private let bytes: any ByteStream
    private let decode: @Sendable (JSONObject) -> Object
    private let managedFieldsDepth: Int
    /// The event, its object, the object's metadata.
    private static var managedFieldsDepthInEvents: Int { 3 }

    init(
        bytes: any ByteStream, omitsManagedFields: Bool = false, decode: @escaping @Sendable (JSONObject) -> Object
    ) {
        self.bytes = bytes
        managedFieldsDepth = omitsManagedFields ? Self.managedFieldsDepthInEvents : 0
        self.decode = decode
    }

    deinit {
        bytes.cancel()
    }

    /// Ends the watch; a reader that waits is woken.
    package func cancel() {
        bytes.cancel()
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(stream: self, lines: LineSplitter(limit: Self.lineLimit))
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let stream: WatchStream
        fileprivate var lines: LineSplitter

        package mutating func next() async throws -> Event? {
            try await nextEvent()
        }

        /// The same with the error's type told.
        package mutating func nextEvent() async throws(StatusError) -> Event? {
            while true {
                do {
                    while let event = try lines.next({ try stream.read($0) }) {
                        if let event { return event }
                    }
                    guard let chunk = try await stream.bytes.next() else {
                        guard !lines.hasRemainder else {
                            throw StatusError.internalError("the watch ended in the middle of an event")
                        }
                        return nil
                    }
                    lines.append(chunk)
                } catch let error as StatusError {
                    throw error
                } catch {
                    throw StatusError.internalError("the watch broke: \(error)")
                }
            }
        }
    }

    /// Reads one line; `nil` for an empty one, which keeps connections alive.
    private func read(_ line: UnsafeBufferPointer<UInt8>) throws(StatusError) -> Event? {
        guard !line.isEmpty else { return nil }
        let value: JSON
        do {
            value = try JSONParser.parse(
                line, keys: BuiltinSchemas.keys, managedFieldsDepth: managedFieldsDepth
            ).value
        } catch {
            throw StatusError.internalError("an event of the watch is not JSON: \(error)")
        }
        guard case .object(let event) = value, let object = event["object"]?.objectValue else {
            throw StatusError.internalError("an event of the watch has no object")
        }
        switch event["type"]?.stringValue {
        case "ADDED": return .added(decode(object))
        case "MODIFIED": return .modified(decode(object))
        case "DELETED": return .deleted(decode(object))
        case "BOOKMARK": return .bookmark(object["metadata"]?["resourceVersion"]?.stringValue ?? "")
        case "ERROR": throw StatusError(json: object) ?? .internalError("the watch told of an error that is no Status")
        case let type: throw StatusError.internalError("an event of the watch has the unknown type \(type ?? "none")")
        }
    }
}
