import Glibc

/// What the kernel knows of this process, read when asked for.
package struct ProcessMetrics: MetricCollector {
    package init() {}

    package func collect(into writer: inout MetricWriter) {
        let statistics = Self.words("/proc/self/stat")
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let page = UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
        func number(_ index: Int) -> UInt64 { index < statistics.count ? UInt64(statistics[index]) ?? 0 : 0 }
        // Numbered from the state, the third field: the second may hold spaces.
        writer.begin(
            MetricFamily("process_cpu_seconds_total", .counter, "Total user and system CPU time spent in seconds."))
        writer.sample(Double(number(11) + number(12)) / ticks)
        writer.begin(MetricFamily("process_resident_memory_bytes", .gauge, "Resident memory size in bytes."))
        writer.sample(number(21) * page)
        writer.begin(MetricFamily("process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes."))
        writer.sample(number(20))
        writer.begin(
            MetricFamily("process_start_time_seconds", .gauge, "Start time of the process since the epoch in seconds."))
        writer.sample(Self.bootTime + Double(number(19)) / ticks)
        writer.begin(MetricFamily("process_threads", .gauge, "Number of threads of the process."))
        writer.sample(number(17))
        writer.begin(MetricFamily("process_open_fds", .gauge, "Number of open file descriptors."))
        writer.sample(Self.openDescriptors)
        writer.begin(MetricFamily("process_max_fds", .gauge, "Maximum number of open file descriptors."))
        var limit = rlimit()
        writer.sample(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? UInt64(limit.rlim_cur) : 0)
    }

    /// The fields after the program's name.
    private static func words(_ path: String) -> [Substring] {
        let text = read(path)
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }

    /// A pseudo-file, as far as it matters; empty when it cannot be read, as where there is no /proc.
    private static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var space = [UInt8](repeating: 0, count: 16 * 1024)
        let count = Glibc.read(descriptor, &space, space.count)
        return String(decoding: space.prefix(max(0, count)), as: UTF8.self)
    }

    /// When the machine started, in seconds since the epoch.
    private static let bootTime: Double = {
        for line in read("/proc/stat").split(separator: "\n") where line.hasPrefix("btime ") {
            return Double(line.dropFirst(6)) ?? 0
        }
        return 0
    }()

    private static var openDescriptors: UInt64 {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count: UInt64 = 0
        while readdir(folder) != nil { count += 1 }
        // Itself, its parent, and the descriptor by which it is read.
        return count > 3 ? count - 3 : 0
    }
}
