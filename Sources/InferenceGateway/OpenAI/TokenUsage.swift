import NIOCore

/// The tokens of a request, as a model server tells them in `usage`.
package struct TokenUsage: Hashable, Sendable {
    package var input = 0
    package var output = 0

    /// - Parameter bytes: begin with the object; nil where it is none, or is cut off.
    init?(object bytes: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(bytes)
        do throws(JSONScanner.Flaw) {
            try scanner.object { scanner, key throws(JSONScanner.Flaw) in
                switch key {
                case "prompt_tokens": input = try scanner.count() ?? 0
                case "completion_tokens": output = try scanner.count() ?? 0
                default: try scanner.value()
                }
            }
        } catch {
            return nil
        }
    }

    /// Of a whole answer that is at hand; nil where it tells none.
    init?(answer: ByteBuffer) {
        let found = answer.withUnsafeReadableBytes { bytes -> TokenUsage? in
            var scanner = JSONScanner(bytes)
            var place: Range<Int>?
            do throws(JSONScanner.Flaw) {
                try scanner.object { scanner, key throws(JSONScanner.Flaw) in
                    let range = try scanner.value()
                    if key == "usage" { place = range }
                }
            } catch {
                return nil
            }
            return place.flatMap { TokenUsage(object: UnsafeRawBufferPointer(rebasing: bytes[$0])) }
        }
        guard let found else { return nil }
        self = found
    }
}
