@preconcurrency import Dispatch
import Glibc

/// Tells what is made and removed in a folder, by inotify, without a thread.
final class FolderWatch: Sendable {
    enum Event: Hashable, Sendable {
        case made(String)
        case removed(String)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let events: AsyncStream<Event>
    private let source: any DispatchSourceRead

    init(_ folder: String) throws(Failure) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        let mask = UInt32(IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
        guard descriptor >= 0, inotify_add_watch(descriptor, folder, mask) >= 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw Failure(description: "watch \(folder): \(reason)")
        }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingOldest(1024))
        self.events = events
        source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "gantry.devices.folder"))
        source.setCancelHandler {
            close(descriptor)
            continuation.finish()
        }
        source.setEventHandler {
            for event in Self.read(descriptor) { continuation.yield(event) }
        }
        source.activate()
    }

    deinit {
        source.cancel()
    }

    /// An event is a head of sixteen bytes (watch, mask, cookie, length of the name) and a name that zeros fill up.
    private static func read(_ descriptor: Int32) -> [Event] {
        let head = 16
        var events: [Event] = []
        var space = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(descriptor, &space, space.count)
            guard count > 0 else { return events }
            space.withUnsafeBytes { bytes in
                var offset = 0
                while offset + head <= count {
                    let mask = Int32(bitPattern: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
                    let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                    guard offset + head + length <= count else { return }
                    let name = String(
                        decoding: bytes[(offset + head)..<(offset + head + length)].prefix { $0 != 0 },
                        as: UTF8.self)
                    let isMade = mask & Int32(IN_CREATE | IN_MOVED_TO) != 0
                    events.append(isMade ? .made(name) : .removed(name))
                    offset += head + length
                }
            }
        }
    }
}
