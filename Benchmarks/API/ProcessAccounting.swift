import Glibc

/// Processor time and memory of one process with all its threads, from /proc.
struct ProcessAccounting {
    /// A process that is not there, or a kernel that tells nothing.
    struct Unreadable: Error, CustomStringConvertible {
        let path: String
        var description: String { "cannot read \(path)" }
    }

    let pid: Int

    /// User and system time so far, in seconds; proc_pid_stat(5).
    func processorSeconds() throws -> Double {
        let text = try Self.text("/proc/\(pid)/stat")
        // The second field is the program's name and may hold anything.
        guard let end = text.lastIndex(of: ")") else { throw Unreadable(path: "/proc/\(pid)/stat") }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw Unreadable(path: "/proc/\(pid)/stat")
        }
        return (user + system) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }

    func residentMebibytes() throws -> Double {
        let text = try Self.text("/proc/\(pid)/status")
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { throw Unreadable(path: "/proc/\(pid)/status") }
        return kibibytes / 1_024
    }

    private static func text(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var space = [UInt8](repeating: 0, count: 16 * 1_024)
        let count = fread(&space, 1, space.count, file)
        return String(decoding: space.prefix(count), as: UTF8.self)
    }
}
