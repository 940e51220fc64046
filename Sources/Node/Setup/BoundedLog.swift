import Foundation

/// A log file that another process appends to, kept below a size.
///
/// The writer holds the file open and cannot be asked to reopen it, so a full file is copied aside and emptied in place.
/// Lines written between the two steps are lost; that is the price of not standing between containerd and its log, which
/// must go on while gantry is away.
package struct BoundedLog: Sendable {
    package let path: String
    /// Size in bytes from which the file is turned over. One older file of about this size is kept.
    package let limit: Int

    package init(path: String, limit: Int = 8 << 20) {
        self.path = path
        self.limit = limit
    }

    /// Opens the file for appending, making it when needed. The caller closes the descriptor.
    func open() throws(ContainerdError) -> Int32 {
        let descriptor = Foundation.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .file(path, reason: String(cString: strerror(errno))) }
        return descriptor
    }

    /// Turns the file over when it is full. True when it did.
    @discardableResult
    package func trim() throws(ContainerdError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, Int(status.st_size) >= limit else { return false }
        let manager = FileManager.default
        let older = path + ".1"
        do {
            if manager.fileExists(atPath: older) { try manager.removeItem(atPath: older) }
            try manager.copyItem(atPath: path, toPath: older)
        } catch {
            throw .file(older, reason: "\(error)")
        }
        guard truncate(path, 0) == 0 else { throw .file(path, reason: String(cString: strerror(errno))) }
        return true
    }

    /// The last lines, for an error message; empty when there is no log.
    package func lastLines(_ count: Int = 3) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        // For messages only: a log that cannot be read has nothing to say.
        defer { _ = try? handle.close() }
        guard let end = try? handle.seekToEnd(),
            (try? handle.seek(toOffset: end > 4096 ? end - 4096 : 0)) != nil,
            let data = try? handle.readToEnd()
        else { return "" }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(count).joined(separator: " | ")
    }
}
