import HTTPCore
import NIOCore

/// Answers gRPC calls: a server's handler with a method for each path, `/package.Service/Method`.
///
/// Messages are raw bytes, one to a request; encoding them is the methods'. A method that takes long ends with its
/// client, as its task is cancelled then. Source: gRPC over HTTP/2.
package struct GRPCService: HTTPHandler {
    package enum Method: Sendable {
        /// One message there, one back.
        case unary(@Sendable (_ message: [UInt8]) async throws(GRPCError) -> [UInt8])
        /// One message there, many back, until it returns.
        case serverStreaming(@Sendable (_ message: [UInt8], _ answers: GRPCAnswers) async throws(GRPCError) -> Void)
    }

    private let methods: [String: Method]
    private let maxMessageBytes: Int

    package init(_ methods: [String: Method], maxMessageBytes: Int = 4 << 20) {
        self.methods = methods
        self.maxMessageBytes = maxMessageBytes
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == .post, request.headers["content-type"]?.hasPrefix("application/grpc") == true else {
            return .text("gRPC only", status: 415)
        }
        guard let method = methods[request.path] else {
            return Self.end(GRPCError(.unimplemented, "unknown method \(request.path)"))
        }
        do {
            let message = try await self.message(request)
            switch method {
            case .unary(let answer):
                let bytes = try await answer(message)
                return Self.answer { stream in
                    try await stream.send(GRPCFraming.frame(bytes))
                    stream.finish(trailers: Self.trailers(nil))
                }
            case .serverStreaming(let run):
                return Self.answer { stream in
                    stream.finish(trailers: Self.trailers(await Self.failure(run, message, stream)))
                }
            }
        } catch {
            return Self.end(error)
        }
    }

    private static func failure(
        _ run: @Sendable ([UInt8], GRPCAnswers) async throws(GRPCError) -> Void, _ message: [UInt8],
        _ stream: ResponseStream
    ) async -> GRPCError? {
        do {
            try await run(message, GRPCAnswers(stream: stream))
            return nil
        } catch {
            return error
        }
    }

    private func message(_ request: HTTPRequest) async throws(GRPCError) -> [UInt8] {
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collectBuffer(upTo: maxMessageBytes + 5)
        } catch {
            throw GRPCError(.resourceExhausted, "the request's message: \(error)")
        }
        var framing = GRPCFraming(limit: maxMessageBytes)
        framing.append(bytes)
        guard let message = try framing.next(), !framing.isPartial else {
            throw GRPCError(.internalError, "a request has exactly one message")
        }
        return message
    }

    private static func answer(_ body: @escaping @Sendable (ResponseStream) async throws -> Void) -> HTTPResponse {
        HTTPResponse(headers: ["content-type": "application/grpc"], body: .stream(body))
    }

    /// A failure before the first message is told by the head alone.
    private static func end(_ error: GRPCError) -> HTTPResponse {
        var headers = trailers(error)
        headers.append("content-type", "application/grpc")
        return HTTPResponse(headers: headers)
    }

    private static func trailers(_ error: GRPCError?) -> HTTPHeaders {
        guard let error else { return ["grpc-status": "0"] }
        return ["grpc-status": String(error.code.rawValue), "grpc-message": encoded(error.message)]
    }

    /// `%XX` for what is not printable ASCII, as `grpc-message` wants it.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            if (0x20...0x7e).contains(byte), byte != UInt8(ascii: "%") {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Where a streaming method sends its messages.
package struct GRPCAnswers: Sendable {
    fileprivate let stream: ResponseStream

    /// Waits while the client is slow.
    package func send(_ message: [UInt8]) async throws(GRPCError) {
        do {
            try await stream.send(GRPCFraming.frame(message))
        } catch {
            throw GRPCError(.cancelled, "the client went away")
        }
    }
}
