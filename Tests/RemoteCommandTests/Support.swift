import HTTPCore
import NIOCore
import RemoteCommand
import Testing

extension ByteBuffer {
    var text: String { String(buffer: self) }
}

/// Numbers that look random and are the same in every run.
struct Noise: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> ByteBuffer {
        ByteBuffer(bytes: (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) })
    }
}

/// Runs the other side of a connection while `body` runs, then closes the connection and waits for the other side.
func alongside(
    _ duplex: any ByteDuplex, _ other: @escaping @Sendable () async throws -> Void,
    _ body: () async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(operation: other)
        do {
            try await body()
        } catch {
            await duplex.close()
            throw error
        }
        await duplex.close()
        do {
            try await group.waitForAll()
        } catch ByteDuplexError.closed {
            // What reading says after this side's own close.
        }
    }
}

/// Reads everything a source has, taking a reset as an end, as spdystream does.
func readToEnd(_ source: some ByteSource) async throws -> ByteBuffer {
    var all = ByteBuffer()
    do {
        while var bytes = try await source.read() { all.writeBuffer(&bytes) }
    } catch let error as SPDYError where error.code == .streamReset {
        return all
    }
    return all
}

/// Reads `count` bytes.
func read(_ count: Int, from source: any ByteSource) async throws -> ByteBuffer {
    var all = ByteBuffer()
    while all.readableBytes < count, var bytes = try await source.read() { all.writeBuffer(&bytes) }
    return all
}

/// A clock whose sleepers wake when told to, and not before.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let woken = Latch()

    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await woken.wait()
    }

    /// Lets the sleeper's time be over.
    func ring() { woken.open() }
}

/// Takes a message's first byte.
func channelNumber(_ message: inout ByteBuffer) throws -> UInt8 {
    let number = message.readInteger(as: UInt8.self)
    return try #require(number)
}
