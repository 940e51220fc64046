import Glibc

/// All objects of a store at one revision, in a file that a SQLite store opens as it is.
package enum SnapshotFile {
    /// What a snapshot holds.
    package struct Facts: Hashable, Sendable {
        /// The revision it shows.
        package var revision: UInt64
        package var objects: Int
        package var bytes: Int
    }

    /// How many objects are written at a time.
    private static let slice = 512

    /// Writes a snapshot, readable by its owner only. The file appears when it is whole and durable; one of that name
    /// is replaced.
    package static func write(
        _ contents: StoreContents, to path: String, cipher: (any ValueCipher)? = nil
    ) async throws(StoreError) -> Facts {
        try await OwnThread.run { () throws(StoreError) in
            try inPlace(path) { partial throws(StoreError) in
                let log = try EventLog.open(path: partial, files: SystemFiles(), logBytes: 8 << 20)
                try fill(log, contents, cipher)
            }
            return Facts(
                revision: contents.revision, objects: contents.tables.values.reduce(0) { $0 + $1.count },
                bytes: size(of: path))
        }
    }

    /// Makes a store's file of a snapshot. Its revision is higher than any that clients have seen by `bump`, so whoever
    /// watched the lost store reads everything anew. Fails with `.invalid` where the file is, and `.corrupt`.
    package static func restore(
        _ snapshot: String, to path: String, bumpingRevisionBy bump: UInt64
    ) async throws(StoreError) -> Facts {
        try await OwnThread.run { () throws(StoreError) in
            guard access(path, F_OK) != 0 else { throw .invalid("\(path) is there already") }
            var facts = Facts(revision: 0, objects: 0, bytes: 0)
            try inPlace(path) { partial throws(StoreError) in
                try copy(snapshot, to: partial)
                let log = try EventLog.open(path: partial, files: SystemFiles(), logBytes: 8 << 20)
                let state = try log.load(nil).state
                facts.revision = state.revision + bump
                facts.objects = state.tables.values.reduce(0) { $0 + $1.count }
                try log.startAnew(at: facts.revision, forgetting: state.history.prefix(.max))
            }
            facts.bytes = size(of: path)
            return facts
        }
    }

    /// What a file holds; fails with `.corrupt` where it is not a whole snapshot. Nothing may have it open.
    package static func facts(of path: String) async throws(StoreError) -> Facts {
        try await OwnThread.run { () throws(StoreError) in
            guard access(path, R_OK) == 0 else { throw .invalid("\(path) cannot be read") }
            let state = try EventLog.open(path: path, files: SystemFiles(), logBytes: 8 << 20).load(nil).state
            return Facts(
                revision: state.revision, objects: state.tables.values.reduce(0) { $0 + $1.count },
                bytes: size(of: path))
        }
    }

    private static func fill(
        _ log: EventLog, _ contents: StoreContents, _ cipher: (any ValueCipher)?
    ) throws(StoreError) {
        var slice: [StoredEvent] = []
        for table in contents.tables.values {
            for object in table.objects() {
                let event = StoreEvent(type: .added, object: object, previous: nil, time: contents.time)
                slice.append(try StoredEvent(event, cipher: cipher))
                if slice.count == Self.slice {
                    try log.add(slice)
                    slice = []
                }
            }
        }
        try log.add(slice)
        try log.startAnew(at: contents.revision, forgetting: [])
    }

    /// Has `body` make a file beside the one wanted, then gives it the name.
    private static func inPlace(_ path: String, _ body: (String) throws(StoreError) -> Void) throws(StoreError) {
        let partial = path + ".partial"
        for suffix in ["", "-wal", "-journal"] { unlink(partial + suffix) }
        do throws(StoreError) {
            try body(partial)
        } catch {
            for suffix in ["", "-wal", "-journal"] { unlink(partial + suffix) }
            throw error
        }
        guard rename(partial, path) == 0 else { throw .unavailable("cannot rename \(partial): \(reason())") }
        // What is left to do is the folder's: the name is durable then.
        try SystemFiles().makeFile(path)
    }

    private static func copy(_ source: String, to target: String) throws(StoreError) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .invalid("cannot open \(source): \(reason())") }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw .unavailable("cannot make \(target): \(reason())") }
        defer { close(output) }
        while true {
            let count = sendfile(output, input, nil, 1 << 20)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw .unavailable("cannot copy \(source): \(reason())") }
        }
    }

    private static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

/// All objects of a store at one revision.
package struct StoreContents: Sendable {
    package var revision: UInt64
    /// By bucket.
    package var tables: [String: ObjectTable]
    /// When that was, in seconds since the epoch.
    package var time: Int64

    package init(revision: UInt64, tables: [String: ObjectTable], time: Int64) {
        self.revision = revision
        self.tables = tables
        self.time = time
    }
}
