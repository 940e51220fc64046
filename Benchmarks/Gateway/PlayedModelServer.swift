import ArgumentParser
import HTTPCore
import HTTPServing
import NIOCore

/// Answers like a model server, with words that nobody computed, each stamped with the time at which it was sent.
struct PlayedModelServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "upstream")

    @Option var port: Int

    func run() async throws {
        var configuration = HTTPServerConfiguration(addresses: [.plainTCP(host: "127.0.0.1", port: port)])
        configuration.eventLoops = 2
        try await HTTPServer(configuration, handler: HTTPClosureHandler(Self.answer)).run()
    }

    @Sendable private static func answer(_ request: HTTPRequest) async -> HTTPResponse {
        let number: (String) -> Int = { Int(request.headers[$0] ?? "") ?? 0 }
        let tokens = number("x-tokens")
        let interval = TimeAmount.microseconds(Int64(number("x-interval-us")))
        do {
            // Read whole, as a model server does before it begins.
            _ = try await request.body.collectBuffer(upTo: 1 << 20)
        } catch {
            return .text("\(error)", status: .badRequest)
        }
        guard tokens > 0 else {
            if interval > .zero { await pause(interval, on: request.eventLoop) }
            return .text(answer, contentType: "application/json")
        }
        return HTTPResponse(
            headers: ["content-type": "text/event-stream"],
            body: .push { stream in Typist(stream, tokens: tokens, interval: interval).type() })
    }

    private static func pause(_ time: TimeAmount, on loop: any EventLoop) async {
        await withCheckedContinuation { continuation in
            loop.scheduleTask(in: time) { continuation.resume() }
        }
    }

    private static let answer = """
        {"id":"chatcmpl-0123456789","object":"chat.completion","created":1700000000,"model":"tiny","choices":[{"index":0,\
        "message":{"role":"assistant","content":"\(String(repeating: "word ", count: 60))"},"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":120,"completion_tokens":60,"total_tokens":180}}
        """
}

/// Sends a stream's tokens in even steps that begin anywhere, on the stream's own loop.
// Sendable: used on the stream's loop only.
private final class Typist: @unchecked Sendable {
    private let stream: ResponseStream
    private let interval: TimeAmount
    private var left: Int

    init(_ stream: ResponseStream, tokens: Int, interval: TimeAmount) {
        self.stream = stream
        self.interval = interval
        left = tokens
    }

    func type() {
        let delay = TimeAmount.nanoseconds(Int64.random(in: 0...max(1, interval.nanoseconds)))
        stream.eventLoop.scheduleRepeatedTask(initialDelay: delay, delay: interval) { task in
            self.left -= 1
            self.stream.writeAndFlush(ByteBuffer(string: Self.event()))
            guard self.left <= 0 else { return }
            task.cancel()
            self.stream.writeAndFlush(ByteBuffer(string: "data: [DONE]\n\n"))
            self.stream.finish()
        }
    }

    private static func event() -> String {
        """
        data: {"id":"chatcmpl-0123456789","object":"chat.completion.chunk","created":1700000000,"model":"tiny","choices":\
        [{"index":0,"delta":{"content":" word"},"finish_reason":null}],"t":\(NIODeadline.now().uptimeNanoseconds)}\n\n
        """
    }
}
