import Machinery

/// What is to be wrong with made-up GPUs, and what they are to show: a file of lines.
///
///     0 xid 79            GPU 0 fell off the bus, and is unhealthy
///     1 hang              calls for GPU 1 are not answered
///     1 utilization 3     GPU 1 shows this, whoever has it
///     0 memory 2048       MiB in use
///
/// What follows a `#` is a remark.
package struct GPUFaults: Hashable, Sendable {
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    package struct Fault: Hashable, Sendable {
        /// Makes the GPU unhealthy.
        package var xid: Int?
        package var hangs = false
        package var utilization: Int?
        package var memoryMiB: Int?
    }

    /// Errors that are an application's own: the GPU is well, as for NVIDIA's device plugin.
    private static let harmless: Set<Int> = [13, 31, 43, 45, 68, 109]

    package private(set) var byIndex: [Int: Fault] = [:]

    package init() {}

    package init(parsing text: String) throws(Malformed) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let first = words.first else { continue }
            guard let index = Int(first), index >= 0, words.count >= 2 else {
                throw Malformed(description: "line \(number + 1): GPU WORD [NUMBER], not \"\(line)\"")
            }
            let value = words.count == 3 ? Int(words[2]) : nil
            var fault = byIndex[index] ?? Fault()
            switch (words[1], value, words.count) {
            case ("hang", nil, 2): fault.hangs = true
            case ("xid", let value?, 3): fault.xid = value
            case ("utilization", let value?, 3) where (0...100).contains(value): fault.utilization = value
            case ("memory", let value?, 3) where value >= 0: fault.memoryMiB = value
            default: throw Malformed(description: "line \(number + 1): unknown: \"\(line)\"")
            }
            byIndex[index] = fault
        }
    }

    package func isHealthy(_ index: Int) -> Bool {
        guard let xid = byIndex[index]?.xid, xid != 0 else { return true }
        return Self.harmless.contains(xid)
    }
}
