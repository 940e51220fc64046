import Glibc

/// The processor time of a process with all its threads, from /proc.
struct ProcessorTime {
    struct Unreadable: Error {
        let pid: Int
    }

    let pid: Int

    func seconds() throws -> Double {
        guard let file = fopen("/proc/\(pid)/stat", "r") else { throw Unreadable(pid: pid) }
        defer { fclose(file) }
        var space = [UInt8](repeating: 0, count: 4096)
        let count = fread(&space, 1, space.count, file)
        let text = String(decoding: space.prefix(count), as: UTF8.self)
        // The second field is the program's name and may hold anything.
        guard let end = text.lastIndex(of: ")") else { throw Unreadable(pid: pid) }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw Unreadable(pid: pid)
        }
        return (user + system) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }
}
