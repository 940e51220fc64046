import Foundation

/// CPU time and memory of a process, from `/proc`.
struct Usage: Sendable {
    let cpuSeconds: Double
    let residentMiB: Double
    let at = ContinuousClock.now

    init(pid: Int32) throws {
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        guard let bracket = stat.lastIndex(of: ")"),
            case let fields = stat[bracket...].split(separator: " "), fields.count > 13,
            let user = Double(fields[12]), let system = Double(fields[13]),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { throw ClusterFailure.answer("/proc/\(pid) reads differently than expected") }
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        residentMiB = kibibytes / 1024
    }

    /// Share of one core used since an earlier look, in percent.
    func corePercent(since earlier: Usage) -> Double {
        let elapsed = earlier.at.duration(to: at).components
        return (cpuSeconds - earlier.cpuSeconds) / (Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18) * 100
    }
}
