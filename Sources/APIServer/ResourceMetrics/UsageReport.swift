import KubeAPI
import Machinery

/// What a node says it and its containers have used up to a moment: the resource metrics of its agent
/// (`/metrics/resource`), read from Prometheus' text.
///
/// Source: KEP-727. Lines of other metrics, and those that cannot be read, are passed over.
package struct UsageReport: Sendable {
    /// CPU time from the start on, and memory as it is.
    package struct Counters: Hashable, Sendable {
        package var cpuSeconds: Double?
        package var memoryBytes: Int64?
        /// In milliseconds since the epoch.
        package var time: Int64 = 0
        /// In seconds since the epoch.
        package var start: Double?
    }

    package private(set) var node = Counters()
    package private(set) var pods: [ObjectKey: [String: Counters]] = [:]

    package init(parsing text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            guard let sample = Sample(line) else { continue }
            take(sample)
        }
    }

    private mutating func take(_ sample: Sample) {
        switch sample.name {
        case "node_cpu_usage_seconds_total":
            node.cpuSeconds = sample.value
            node.time = sample.time ?? node.time
        case "node_memory_working_set_bytes":
            node.memoryBytes = Int64(exactly: sample.value.rounded())
        case "container_cpu_usage_seconds_total":
            change(sample) {
                $0.cpuSeconds = sample.value
                $0.time = sample.time ?? $0.time
            }
        case "container_memory_working_set_bytes":
            change(sample) { $0.memoryBytes = Int64(exactly: sample.value.rounded()) }
        case "container_start_time_seconds":
            change(sample) { $0.start = sample.value }
        default: return
        }
    }

    private mutating func change(_ sample: Sample, _ body: (inout Counters) -> Void) {
        guard let container = sample.labels["container"], let pod = sample.labels["pod"],
            let namespace = sample.labels["namespace"]
        else { return }
        body(&pods[ObjectKey(namespace: namespace, name: pod), default: [:]][container, default: Counters()])
    }

    /// `NAME{LABEL="VALUE",…} NUMBER [MILLISECONDS]`
    private struct Sample {
        let name: String
        var labels: [String: String] = [:]
        let value: Double
        let time: Int64?

        init?(_ line: ArraySlice<UInt8>) {
            var rest = line
            name = Self.text(Self.take(&rest) { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: " ") })
            if rest.first == UInt8(ascii: "{") {
                rest = rest.dropFirst()
                guard let labels = Self.labels(&rest) else { return nil }
                self.labels = labels
            }
            let words = rest.split(separator: UInt8(ascii: " "))
            guard let first = words.first, let value = Double(Self.text(first)), value.isFinite, value >= 0 else {
                return nil
            }
            self.value = value
            time = words.count > 1 ? Int64(Self.text(words[1])) : nil
        }

        /// Up to and with the closing bracket.
        private static func labels(_ rest: inout ArraySlice<UInt8>) -> [String: String]? {
            var labels: [String: String] = [:]
            while let next = rest.first {
                if next == UInt8(ascii: "}") {
                    rest = rest.dropFirst()
                    return labels
                }
                if next == UInt8(ascii: ",") || next == UInt8(ascii: " ") {
                    rest = rest.dropFirst()
                    continue
                }
                let name = text(take(&rest) { $0 == UInt8(ascii: "=") })
                guard rest.count > 2, rest[rest.startIndex + 1] == UInt8(ascii: "\"") else { return nil }
                rest = rest.dropFirst(2)
                guard let value = quoted(&rest) else { return nil }
                labels[name] = value
            }
            return nil
        }

        /// Up to and with the closing quote.
        private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
            var bytes: [UInt8] = []
            while let next = rest.popFirst() {
                switch next {
                case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let escaped = rest.popFirst() else { return nil }
                    bytes.append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
                default: bytes.append(next)
                }
            }
            return nil
        }

        private static func take(
            _ rest: inout ArraySlice<UInt8>, until ends: (UInt8) -> Bool
        ) -> ArraySlice<UInt8> {
            let word = rest.prefix { !ends($0) }
            rest = rest.dropFirst(word.count)
            return word
        }

        private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    }
}
