import HTTPCore
import Machinery
import Store

/// What the API server answers, before it becomes HTTP or goes to an in-process client.
package struct ServerResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// A list of objects at rest, sent in pieces without being joined.
        case list(ListBody)
        case watch(WatchBody)
        /// Written by a closure with back-pressure (logs, proxied bodies).
        case stream(@Sendable (any BodyWriter) async throws -> Void)
        /// What another server answers, for a client in this process.
        case relay(RelayedBody)
        /// A switch of protocols (exec, attach, port-forward); HTTP only.
        case upgrade(HTTPResponse)
    }

    package var status: Int
    package var contentType: String
    package var headers: [(name: String, value: String)] = []
    package var body: Body
    /// The seat of the request, where it is taken until the body is sent.
    var seat: HeldSeat?

    package init(status: Int = 200, contentType: String = ContentType.json, body: Body) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    package static func json(_ bytes: [UInt8], status: Int = 200) -> ServerResponse {
        ServerResponse(status: status, body: .bytes(bytes))
    }

    package static func object(_ object: JSONObject, status: Int = 200) -> ServerResponse {
        json(object.encoded(), status: status)
    }

    package static func error(_ error: StatusError) -> ServerResponse {
        var response = json(error.json.encoded(), status: error.code)
        if let seconds = error.details?.retryAfterSeconds, seconds > 0 {
            response.headers.append(("Retry-After", String(seconds)))
        }
        return response
    }

    package static func text(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, contentType: "text/plain; charset=utf-8", body: .bytes(Array(text.utf8)))
    }
}

package enum ContentType {
    package static let json = "application/json"
    package static let yaml = "application/yaml"
    package static let protobuf = "application/vnd.kubernetes.protobuf"
    package static let cbor = "application/cbor"
}

extension ServerResponse.Body {
    /// How many bytes there are, where that is known before they are sent.
    var byteCount: Int? {
        switch self {
        case .bytes(let bytes): bytes.count
        case .list(let list): list.byteCount
        case .watch, .stream, .relay, .upgrade: nil
        }
    }
}

/// Takes the pieces of a body, suspending while the client is slow.
package protocol BodyWriter: Sendable {
    func write(_ bytes: [UInt8]) async throws
}

/// The parts of a list response: a head, the objects' own bytes, a tail.
package struct ListBody: Sendable {
    package let prefix: [UInt8]
    package let objects: [StoredObject]
    package let suffix: [UInt8]
    /// Keeps the objects' array for others who list the same while this one is being sent.
    private let shared: SharedObjects?

    package init(prefix: [UInt8], objects: [StoredObject], suffix: [UInt8], shared: SharedObjects? = nil) {
        self.shared = shared
        self.prefix = prefix
        self.objects = objects
        self.suffix = suffix
    }

    package var byteCount: Int {
        objects.reduce(prefix.count + suffix.count + max(0, objects.count - 1)) { $0 + $1.bytes.count }
    }

    /// Whether the body has no more bytes than so many; a long list is not gone through to the end to tell.
    package func isShort(_ limit: Int) -> Bool {
        var count = prefix.count + suffix.count
        for object in objects {
            count += object.bytes.count + 1
            if count > limit { return false }
        }
        return true
    }

    /// The whole body at once.
    package func joined() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        bytes.append(contentsOf: prefix)
        for (index, object) in objects.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: object.bytes)
        }
        bytes.append(contentsOf: suffix)
        return bytes
    }
}
