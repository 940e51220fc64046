import Glibc
import Machinery

/// A log file that is set aside when it has grown large, as Kubernetes' does: `audit.log` becomes
/// `audit-2026-01-31T15-04-05.000.log`. The oldest of those go when there are too many, or they are too old.
///
/// For use by one thread at a time.
package struct AuditLogFile {
    package struct Limits: Hashable, Sendable {
        /// Bytes after which a file is set aside; 0: never.
        var bytes: Int
        /// How many are kept besides the current one; 0: all.
        var backups: Int
        /// How many days they are kept; 0: for ever.
        var days: Int

        package init(bytes: Int, backups: Int, days: Int) {
            self.bytes = bytes
            self.backups = backups
            self.days = days
        }
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let path: String
    private let limits: Limits
    private let clock: any WallClock
    private var descriptor: Int32 = -1
    private var size = 0

    /// - Parameter path: `-` is standard output, which is never set aside.
    package init(path: String, limits: Limits, clock: any WallClock) throws(Failure) {
        self.path = path
        self.limits = limits
        self.clock = clock
        guard path != "-" else { return }
        let folder = self.folder
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Self.failure("make", folder) }
        try openCurrent()
    }

    mutating func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Writes whole lines.
    package mutating func write(_ bytes: [UInt8]) throws(Failure) {
        guard path != "-" else { return try Self.write(bytes, to: STDOUT_FILENO, path) }
        if limits.bytes > 0, size > 0, size + bytes.count > limits.bytes { try setAside() }
        if descriptor < 0 { try openCurrent() }
        try Self.write(bytes, to: descriptor, path)
        size += bytes.count
    }

    private mutating func openCurrent() throws(Failure) {
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw Self.failure("look at", path) }
        size = Int(information.st_size)
    }

    private mutating func setAside() throws(Failure) {
        close()
        let name = "\(folder)/\(stem)-\(Self.stamp(clock.now))\(suffix)"
        guard rename(path, name) == 0 else { throw Self.failure("rename", path) }
        try openCurrent()
        removeOld()
    }

    /// What cannot be removed now is tried again the next time.
    private func removeOld() {
        var kept = backups()
        if limits.backups > 0, kept.count > limits.backups {
            for name in kept.dropFirst(limits.backups) { unlink("\(folder)/\(name)") }
            kept = Array(kept.prefix(limits.backups))
        }
        guard limits.days > 0 else { return }
        let oldest = "\(stem)-\(Self.stamp(clock.now.advanced(by: .seconds(-86_400 * limits.days))))\(suffix)"
        for name in kept where name < oldest { unlink("\(folder)/\(name)") }
    }

    /// The files set aside, the newest first: their names sort by time.
    private func backups() -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        let length = stem.utf8.count + 1 + Self.stampLength + suffix.utf8.count
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix("\(stem)-"), name.hasSuffix(suffix), name.utf8.count == length { names.append(name) }
        }
        return names.sorted(by: >)
    }

    private static let stampLength = 23

    /// `2026-01-31T15-04-05.000`, in UTC.
    private static func stamp(_ moment: Timestamp) -> String {
        let text = moment.rfc3339Micro.prefix(stampLength)
        return String(text.map { $0 == ":" ? "-" : $0 })
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private var file: Substring { path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...] }
    private var stem: String { String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)]) }
    private var suffix: String { String(file[(file.lastIndex(of: ".") ?? file.endIndex)...]) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(Failure) {
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
