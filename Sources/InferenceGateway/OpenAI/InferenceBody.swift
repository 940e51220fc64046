import NIOCore

/// What the gateway reads of a request's body. Everything else is relayed as it came.
package struct InferenceBody: Sendable, Hashable {
    package private(set) var model: String?
    /// The most tokens an answer may have, where the client says so.
    package private(set) var maximumTokens: Int?
    /// The length of messages, prompt or input, as JSON text.
    package private(set) var promptBytes = 0
    /// Hashes of the prompt's beginning.
    package private(set) var prefix = PromptPrefix()

    /// A token of English text has about four bytes; what matters is that all requests are measured alike.
    package var promptTokens: Int { max(1, promptBytes / 4) }

    /// Why a body is not a request.
    package struct Flaw: Error, Hashable, CustomStringConvertible {
        package let description: String
        /// The member it is about.
        package var parameter: String?
    }

    package init(reading buffer: ByteBuffer) throws(Flaw) {
        let result = buffer.withUnsafeReadableBytes { bytes -> Result<InferenceBody, Flaw> in
            var body = InferenceBody()
            return body.read(bytes).map { body }
        }
        self = try result.get()
    }

    private init() {}

    private mutating func read(_ bytes: UnsafeRawBufferPointer) -> Result<Void, Flaw> {
        var scanner = JSONScanner(bytes)
        guard scanner.next() == UInt8(ascii: "{") else {
            return .failure(Flaw(description: "The request's body is not a JSON object."))
        }
        var prompt: Range<Int>?
        var models = 0
        do throws(JSONScanner.Flaw) {
            try scanner.object { scanner, key throws(JSONScanner.Flaw) in
                switch key {
                case "model":
                    models += 1
                    guard scanner.next() == UInt8(ascii: "\"") else {
                        try scanner.value()
                        return
                    }
                    let text = try scanner.string()
                    model = scanner.decoded(text)
                case "max_tokens", "max_completion_tokens": maximumTokens = try scanner.count() ?? maximumTokens
                case "messages", "prompt", "input": prompt = try scanner.value()
                default: try scanner.value()
                }
            }
            try scanner.end()
        } catch {
            return .failure(
                Flaw(description: "The request's body is not valid JSON: \(error.description) at byte \(error.offset).")
            )
        }
        // Of two, the model server might take the other one.
        if models > 1 { return .failure(Flaw(description: "'model' is given more than once.", parameter: "model")) }
        if let prompt {
            promptBytes = prompt.count
            prefix = PromptPrefix(UnsafeRawBufferPointer(rebasing: bytes[prompt]), model: model ?? "")
        }
        return .success(())
    }
}
