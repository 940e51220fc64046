import Glibc

/// Wall and processor time since a moment.
struct Meter {
    private let wall = ContinuousClock.now
    private let processor = Meter.processorMicroseconds()

    var seconds: Double {
        let elapsed = ContinuousClock.now - wall
        return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }

    /// Processor time of the whole process, in microseconds.
    var processorMicroseconds: Double { Meter.processorMicroseconds() - processor }

    private static func processorMicroseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }

    /// The resident memory of the process in MiB.
    static func residentMebibytes() -> Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let words = text.split(separator: " ")
        return words.count > 1 ? (Double(words[1]) ?? 0) * 4_096 / 1_048_576 : 0
    }
}
