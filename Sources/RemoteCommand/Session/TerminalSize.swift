import HTTPCore
import Machinery
import NIOCore

/// A terminal's size in characters.
package struct TerminalSize: Hashable, Sendable {
    package var width: UInt16
    package var height: UInt16

    package init(width: UInt16, height: UInt16) {
        self.width = width
        self.height = height
    }

    /// The resize stream's form of it.
    package var encoded: ByteBuffer {
        ByteBuffer(string: "{\"Width\":\(width),\"Height\":\(height)}\n")
    }
}

/// The sizes that a resize stream announces: JSON objects one after another.
package struct TerminalSizes: AsyncSequence, Sendable {
    let source: any ByteSource

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }

    package struct AsyncIterator: AsyncIteratorProtocol {
        /// A size takes some thirty bytes.
        private static let maximumLength = 1024

        let source: any ByteSource
        private var pending: [UInt8] = []

        init(source: any ByteSource) {
            self.source = source
        }

        /// - Throws: `MalformedMessage` when the stream holds anything else.
        package mutating func next() async throws -> TerminalSize? {
            while true {
                if let end = pending.firstIndex(of: UInt8(ascii: "}")) {
                    let object = Array(pending[...end])
                    pending.removeSubrange(...end)
                    return try Self.parse(object)
                }
                guard pending.count < Self.maximumLength else {
                    throw MalformedMessage("terminal size is too long")
                }
                guard let bytes = try await source.read() else { return nil }
                pending += bytes.readableBytesView
            }
        }

        private static func parse(_ bytes: [UInt8]) throws(MalformedMessage) -> TerminalSize {
            let json = try MalformedMessage.parse(bytes, as: "terminal size")
            func size(_ keys: String...) -> UInt16? {
                keys.lazy.compactMap { json[$0]?.intValue }.first.flatMap { UInt16(exactly: $0) }
            }
            guard let width = size("Width", "width"), let height = size("Height", "height") else {
                throw MalformedMessage("terminal size needs Width and Height")
            }
            return TerminalSize(width: width, height: height)
        }
    }
}
