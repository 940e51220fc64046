import HTTPCore
import Inference

/// Which header fields go on, and which end at the gateway.
enum UpstreamFields {
    /// Of a connection rather than a message (RFC 9110, section 7.6.1), or made anew.
    private static let ofConnection: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "content-length", "host", "expect", "date",
    ]
    /// What proves who a client is is none of a model server's business; what it could compress, the gateway could not
    /// look at.
    private static let ownOfGateway: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "accept-encoding", InferenceNames.modelHeader,
    ]

    /// What a model server is sent.
    static func request(_ headers: HTTPHeaders, model: String?) -> HTTPHeaders {
        var result = HTTPHeaders()
        result.reserveCapacity(headers.count + 2)
        let named = named(by: headers)
        for field in headers {
            let name = field.name.lowercased()
            if ofConnection.contains(name) || ownOfGateway.contains(name) || named.contains(name) { continue }
            result.append(field.name, field.value)
        }
        if let model { result.append(InferenceNames.modelHeader, model) }
        return result
    }

    /// What a client is sent of a model server's fields.
    static func response(_ headers: HTTPHeaders) -> HTTPHeaders {
        var result = HTTPHeaders()
        result.reserveCapacity(headers.count)
        let named = named(by: headers)
        for field in headers {
            let name = field.name.lowercased()
            if ofConnection.contains(name) || named.contains(name) { continue }
            result.append(field.name, field.value)
        }
        return result
    }

    /// Fields that `Connection` names are the connection's too.
    private static func named(by headers: HTTPHeaders) -> Set<String> {
        headers.contains("connection") ? Set(headers.elements("connection").map { $0.lowercased() }) : []
    }
}
