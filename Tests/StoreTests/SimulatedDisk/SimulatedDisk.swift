import Store
import Synchronization

/// A disk in memory that writes down what is done to it, and that can be full or broken.
final class SimulatedDisk: Sendable {
    enum Fault: Error {
        case full
        /// The drive reports an error.
        case broken
    }

    fileprivate struct State {
        var image: DiskImage
        var operations: [DiskOperation] = []
        var lastFile: Int
        var capacity: Int?
        var isRecording = true
        var failsSyncs = false
    }

    private let state: Mutex<State>

    init(_ image: DiskImage = DiskImage(), capacity: Int? = nil) {
        state = Mutex(State(image: image, lastFile: image.files.keys.max() ?? 0, capacity: capacity))
    }

    /// How much was done so far.
    var operationCount: Int { state.withLock { $0.operations.count } }

    /// All that was done, in order.
    var operations: [DiskOperation] { state.withLock { $0.operations } }

    var image: DiskImage { state.withLock { $0.image } }

    /// The bytes the disk holds; nil for any number.
    func setCapacity(_ capacity: Int?) { state.withLock { $0.capacity = capacity } }

    /// Keeps no more record of what is done.
    func stopRecording() { state.withLock { $0.isRecording = false } }

    /// Has every sync from now on fail.
    func failSyncs() { state.withLock { $0.failsSyncs = true } }

    /// Nil where there is no such file.
    func open(_ name: String, creating: Bool) -> Int? {
        state.withLock { state in
            if let file = state.image.names[name] { return file }
            guard creating else { return nil }
            state.lastFile += 1
            state.note(.name(name, state.lastFile))
            state.image.name(name, state.lastFile)
            return state.lastFile
        }
    }

    func exists(_ name: String) -> Bool { state.withLock { $0.image.names[name] != nil } }

    func size(_ file: Int) -> Int { state.withLock { $0.image.files[file]?.count ?? 0 } }

    /// Copies what there is into the buffer; tells how much that was.
    func read(_ file: Int, at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        state.withLock { state in
            guard let content = state.image.files[file], offset < content.count else { return 0 }
            let count = min(buffer.count, content.count - offset)
            content.withUnsafeBytes { content in
                UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: content[offset..<(offset + count)]))
            }
            return count
        }
    }

    func write(_ file: Int, at offset: Int, _ bytes: UnsafeRawBufferPointer) throws(Fault) {
        let isDone = state.withLock { state in
            guard state.hasRoom(for: file, upTo: offset + bytes.count) else { return false }
            if state.isRecording { state.note(.write(file, offset: offset, Array(bytes))) }
            state.image.write(file, at: offset, bytes)
            return true
        }
        if !isDone { throw .full }
    }

    func truncate(_ file: Int, to size: Int) throws(Fault) {
        let isDone = state.withLock { state in
            guard state.hasRoom(for: file, upTo: size) else { return false }
            state.note(.truncate(file, size: size))
            state.image.truncate(file, to: size)
            return true
        }
        if !isDone { throw .full }
    }

    func sync(_ file: Int) throws(Fault) {
        let isDone = state.withLock { state in
            guard !state.failsSyncs else { return false }
            state.note(.sync(file))
            return true
        }
        if !isDone { throw .broken }
    }

    func syncNames() { state.withLock { $0.note(.syncNames) } }

    /// An open file that loses its name is not read any more by a store, so it is gone at once.
    func remove(_ name: String, durably: Bool) {
        state.withLock { state in
            guard let file = state.image.names[name] else { return }
            state.note(.name(name, nil))
            if durably { state.note(.syncNames) }
            state.image.names[name] = nil
            state.image.files[file] = nil
        }
    }
}

extension SimulatedDisk.State {
    fileprivate mutating func note(_ operation: DiskOperation) {
        if isRecording { operations.append(operation) }
    }

    fileprivate func hasRoom(for file: Int, upTo end: Int) -> Bool {
        guard let capacity else { return true }
        return image.size + max(0, end - (image.files[file]?.count ?? 0)) <= capacity
    }
}
