import Foundation
import Glibc

/// The files of the books: a checkpoint, and a journal of what came after it.
///
/// An entry is in the journal before it is in the books, so that a killed process loses none; `sync` makes what was
/// written outlive the machine as well. A checkpoint replaces the journal, which bounds it. Whatever is cut off, the
/// checkpoint that has its name is whole, and a journal is read up to its last whole line.
///
/// For use by one thread at a time.
package struct CostJournal {
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    private struct Checkpoint: Codable {
        var version = 1
        /// Of the journal that goes on from here.
        var generation: Int
        var ledger: Ledger
    }

    /// Bytes of a journal after which a checkpoint is due.
    static let journalBytes = 8 << 20

    private let folder: String
    private var generation: Int
    private var descriptor: Int32
    private var size = 0
    private var isSynced = true
    private let encoder = JSONEncoder()

    /// Opens the books of a folder, or new ones.
    /// - Parameter report: told of what was found damaged.
    package static func open(
        folder: String, now: Double, report: (String) -> Void
    ) throws(Failure) -> (journal: CostJournal, ledger: Ledger) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("make", folder) }
        var ledger = Ledger(opened: now)
        var generation = 0
        var isNew = true
        if let bytes = FileManager.default.contents(atPath: folder + "/books.json") {
            do {
                let checkpoint = try JSONDecoder().decode(Checkpoint.self, from: bytes)
                ledger = checkpoint.ledger
                generation = checkpoint.generation
                isNew = false
            } catch {
                // Nothing was written half: somebody else did this. Kept for a person to look at.
                let aside = folder + "/books-damaged-\(Int(now)).json"
                guard rename(folder + "/books.json", aside) == 0 else { throw failure("set aside", folder) }
                report("the books in \(folder) cannot be read and begin anew, see \(aside): \(error)")
            }
        }
        var journal = try CostJournal(folder: folder, generation: generation, replaying: &ledger, report: report)
        // When the books were opened must be known whenever they are read again.
        if isNew { try journal.checkpoint(ledger) }
        return (journal, ledger)
    }

    private init(
        folder: String, generation: Int, replaying ledger: inout Ledger, report: (String) -> Void
    ) throws(Failure) {
        self.folder = folder
        self.generation = generation
        let path = Self.path(folder, generation)
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        var whole = 0
        let decoder = JSONDecoder()
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            guard let entries = try? decoder.decode([LedgerEntry].self, from: line) else {
                report("\(path) cannot be read from byte \(whole) on, after which \(bytes.count - whole) follow")
                break
            }
            for entry in entries { ledger.apply(entry) }
            whole += line.count + 1
        }
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        // What a killed process left half of is overwritten.
        guard ftruncate(descriptor, off_t(whole)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw Self.failure("cut", path)
        }
        size = whole
    }

    package func close() { Glibc.close(descriptor) }

    /// Writes entries, as one line: all of them or none.
    package mutating func append(_ entries: [LedgerEntry]) throws(Failure) {
        guard !entries.isEmpty else { return }
        var line: Data
        do {
            line = try encoder.encode(entries)
        } catch {
            throw Failure(description: "cannot write down \(entries.count) entries: \(error)")
        }
        line.append(UInt8(ascii: "\n"))
        isSynced = false
        do throws(Failure) {
            try Self.write(line, to: descriptor, Self.path(folder, generation))
        } catch {
            // Half a line would take the next one with it.
            _ = ftruncate(descriptor, off_t(size))
            _ = lseek(descriptor, 0, SEEK_END)
            throw error
        }
        size += line.count
    }

    package var needsCheckpoint: Bool { size >= Self.journalBytes }

    /// Has what was written outlive the machine.
    package mutating func sync() throws(Failure) {
        guard !isSynced else { return }
        guard fdatasync(descriptor) == 0 else { throw Self.failure("sync", Self.path(folder, generation)) }
        isSynced = true
    }

    /// Writes the books down whole, and begins a new journal.
    package mutating func checkpoint(_ ledger: Ledger) throws(Failure) {
        let next = generation + 1
        let bytes: Data
        do {
            bytes = try encoder.encode(Checkpoint(generation: next, ledger: ledger))
        } catch {
            throw Failure(description: "cannot write down the books: \(error)")
        }
        let journal = Glibc.open(Self.path(folder, next), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard journal >= 0 else { throw Self.failure("open", Self.path(folder, next)) }
        do throws(Failure) {
            try replace(with: bytes)
        } catch {
            Glibc.close(journal)
            unlink(Self.path(folder, next))
            throw error
        }
        Glibc.close(descriptor)
        unlink(Self.path(folder, generation))
        (descriptor, generation, size, isSynced) = (journal, next, 0, true)
    }

    private func replace(with bytes: Data) throws(Failure) {
        let path = folder + "/books.json"
        let partial = path + ".partial"
        let file = Glibc.open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure("open", partial) }
        defer { Glibc.close(file) }
        try Self.write(bytes, to: file, partial)
        guard fsync(file) == 0 else { throw Self.failure("sync", partial) }
        guard rename(partial, path) == 0 else { throw Self.failure("rename", partial) }
        let directory = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.failure("open", folder) }
        defer { Glibc.close(directory) }
        guard fsync(directory) == 0 else { throw Self.failure("sync", folder) }
    }

    private static func path(_ folder: String, _ generation: Int) -> String { "\(folder)/journal-\(generation).jsonl" }

    private static func write(_ bytes: Data, to descriptor: Int32, _ path: String) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { Glibc.write(descriptor, $0 + written, buffer.count - written) } ?? 0
            }
            if count < 0, errno != EINTR { throw failure("write to", path) }
            written += max(0, count)
        }
    }

    private static func failure(_ action: String, _ path: String) -> Failure {
        Failure(description: "cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
