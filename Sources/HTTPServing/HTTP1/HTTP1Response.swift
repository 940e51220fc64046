import HTTPCore
import NIOCore

/// Response heads as HTTP/1.1 writes them.
enum HTTP1Response {
    /// Bodies up to this size are joined with their head into one buffer.
    static let joinLimit = 32 * 1024

    static func head(
        _ response: HTTPResponse, version: HTTPVersion, close: Bool, chunked: Bool, capacity: Int
    ) -> ByteBuffer {
        var out = ByteBuffer()
        out.reserveCapacity(256 + capacity)
        status(response.status, to: &out)
        var hasDate = false
        var hasLength = false
        for field in response.headers {
            let name = field.name
            if HTTPHeaders.equal(name, "date") { hasDate = true }
            if HTTPHeaders.equal(name, "content-length") { hasLength = true }
            if HTTPHeaders.equal(name, "connection") || HTTPHeaders.equal(name, "transfer-encoding") { continue }
            line(name, field.value, to: &out)
        }
        if !hasDate { line("Date", HTTPDate.now, to: &out) }
        if chunked {
            out.writeStaticString("Transfer-Encoding: chunked\r\n")
        } else if !hasLength, let length = response.knownLength {
            line("Content-Length", String(length), to: &out)
        }
        if close {
            out.writeStaticString("Connection: close\r\n")
        } else if version == .http10 {
            out.writeStaticString("Connection: keep-alive\r\n")
        }
        out.writeStaticString("\r\n")
        return out
    }

    /// `101`, with fields that name the protocol.
    static func switching(_ headers: HTTPHeaders) -> ByteBuffer {
        var out = ByteBuffer()
        status(.switchingProtocols, to: &out)
        write(headers, to: &out)
        out.writeStaticString("\r\n")
        return out
    }

    /// An answer to what is not a request we can handle; the connection ends with it.
    static func refusal(_ status: HTTPStatus) -> ByteBuffer {
        head(
            .text(status.description + "\n", status: status), version: .http11, close: true, chunked: false,
            capacity: 64, body: status.description + "\n")
    }

    private static func head(
        _ response: HTTPResponse, version: HTTPVersion, close: Bool, chunked: Bool, capacity: Int, body: String
    ) -> ByteBuffer {
        var out = head(response, version: version, close: close, chunked: chunked, capacity: capacity)
        out.writeString(body)
        return out
    }

    static func write(_ headers: HTTPHeaders, to out: inout ByteBuffer) {
        for field in headers { line(field.name, field.value, to: &out) }
    }

    private static func status(_ status: HTTPStatus, to out: inout ByteBuffer) {
        out.writeStaticString("HTTP/1.1 ")
        out.writeString(String(status.rawValue))
        out.writeStaticString(" ")
        out.writeString(status.reasonPhrase)
        out.writeStaticString("\r\n")
    }

    private static func line(_ name: String, _ value: String, to out: inout ByteBuffer) {
        out.writeString(name)
        out.writeStaticString(": ")
        out.writeString(value)
        out.writeStaticString("\r\n")
    }
}
