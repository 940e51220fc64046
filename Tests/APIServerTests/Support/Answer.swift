import HTTPCore
import Machinery
import Testing

/// What the server answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// The body as JSON; `null` when it is none.
    var json: JSON { (try? JSON(parsing: body)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
    var message: String { json["message"]?.stringValue ?? "" }
    var reason: String { json["reason"]?.stringValue ?? "" }
    var warnings: [String] { headers.values("warning") }
    var name: String { json.at("metadata.name").stringValue ?? "" }
    var uid: String { json.at("metadata.uid").stringValue ?? "" }
    var version: String { json.at("metadata.resourceVersion").stringValue ?? "" }
    var items: [JSON] { json["items"]?.arrayValue ?? [] }
    var itemNames: [String] { items.compactMap { $0.at("metadata.name").stringValue } }
    /// The fields of the causes, in order.
    var causes: [String] {
        (json.at("details.causes").arrayValue ?? []).compactMap { $0["field"]?.stringValue }
    }

    @discardableResult
    func expect(_ status: Int, _ location: SourceLocation = #_sourceLocation) -> Answer {
        #expect(self.status == status, "\(text.prefix(600))", sourceLocation: location)
        return self
    }

    /// A refusal: code, reason and a part of the message.
    @discardableResult
    func expect(
        _ status: Int, _ reason: String, _ part: String = "", _ location: SourceLocation = #_sourceLocation
    ) -> Answer {
        #expect(self.status == status, "\(text.prefix(600))", sourceLocation: location)
        #expect(self.reason == reason, "\(text.prefix(600))", sourceLocation: location)
        #expect(part.isEmpty || message.contains(part), "\(message)", sourceLocation: location)
        #expect(json["kind"]?.stringValue == "Status", sourceLocation: location)
        #expect(json["code"]?.intValue == Int64(status), sourceLocation: location)
        return self
    }
}

extension JSON {
    /// The value at a dotted path (`spec.ports.0.port`), `null` where there is none.
    func at(_ path: String) -> JSON {
        var value = self
        for part in path.split(separator: ".").map(String.init) {
            if case .array(let elements) = value {
                guard let index = Int(part), elements.indices.contains(index) else { return .null }
                value = elements[index]
            } else {
                guard let next = value[part] else { return .null }
                value = next
            }
        }
        return value
    }
}
