import Machinery

/// Takes figures and prints them beside the peer's, aligned.
struct Report {
    /// A moment to measure from.
    struct Measurement {
        let wall: ContinuousClock.Instant
        let processorSeconds: Double
    }

    private let accounting: ProcessAccounting
    private let bounds: Bounds
    private let printsRows: Bool
    private var figures: [JSON] = []
    private var memory: JSONObject = [:]
    private var failures: [String] = []

    init(accounting: ProcessAccounting, bounds: Bounds, printsRows: Bool) {
        self.accounting = accounting
        self.bounds = bounds
        self.printsRows = printsRows
    }

    var hasFailed: Bool { !failures.isEmpty }

    mutating func start() throws {
        let resident = try accounting.residentMebibytes()
        let verdict = verdict("memory at the start", resident, bounds.startMebibytes)
        memory["startMiB"] = .double(resident)
        guard printsRows else { return }
        print("memory at the start: \(Self.rounded(resident)) MiB \(verdict)")
        print(
            Self.row(
                "", "ops", "errors", "op/s", "p50 ms", "p99 ms", "CPU µs/op", "upstream", "times", "RSS MiB", "limit"))
    }

    func measurement() throws -> Measurement {
        Measurement(wall: .now, processorSeconds: try accounting.processorSeconds())
    }

    mutating func add(_ name: String, since begin: Measurement, operations: Int, _ samples: Samples) throws {
        let seconds = (ContinuousClock.now - begin.wall) / .seconds(1)
        let cost = (try accounting.processorSeconds() - begin.processorSeconds) / Double(operations) * 1e6
        let resident = try accounting.residentMebibytes()
        let bound = bounds.bound(name)
        let verdict = verdict(name, cost, bound?.limit)
        if samples.errors > 0 {
            failures.append("\(name): \(samples.errors) errors, the first: \(samples.firstProblem ?? "")")
        }
        let times = bound.map { $0.peer / max(cost, .leastNonzeroMagnitude) }
        figures.append(
            .object([
                "name": .string(name), "operations": .int(Int64(operations)), "errors": .int(Int64(samples.errors)),
                "perSecond": .double(Double(operations) / seconds),
                "p50Milliseconds": Self.json(samples.percentile(0.5)),
                "p99Milliseconds": Self.json(samples.percentile(0.99)), "serverMicroseconds": .double(cost),
                "peerMicroseconds": Self.json(bound?.peer), "timesBetter": Self.json(times),
                "limitMicroseconds": Self.json(bound?.limit), "rssMiB": .double(resident),
            ]))
        guard printsRows else { return }
        print(
            Self.row(
                name, String(operations), String(samples.errors), Self.rounded(Double(operations) / seconds),
                Self.rounded(samples.percentile(0.5)), Self.rounded(samples.percentile(0.99)), Self.rounded(cost),
                Self.rounded(bound?.peer), Self.rounded(times), Self.rounded(resident), verdict))
    }

    mutating func end() throws {
        let resident = try accounting.residentMebibytes()
        let verdict = verdict("memory at the end", resident, bounds.endMebibytes)
        memory["endMiB"] = .double(resident)
        memory["peerEndMiB"] = .double(Bounds.peerResidentMebibytes)
        guard printsRows else { return }
        let times = Self.rounded(Bounds.peerResidentMebibytes / resident)
        print(
            "memory at the end: \(Self.rounded(resident)) MiB \(verdict)"
                + " (upstream \(Self.rounded(Bounds.peerResidentMebibytes)) MiB, \(times) times)")
        print(failures.isEmpty ? "all within their limits" : (["", "FAILED"] + failures).joined(separator: "\n"))
    }

    var json: JSON {
        .object([
            "figures": .array(figures), "memory": .object(memory), "failures": .array(failures.map { .string($0) }),
        ])
    }

    private mutating func verdict(_ name: String, _ value: Double, _ limit: Double?) -> String {
        guard let limit else { return "" }
        if value <= limit { return "<= \(Self.rounded(limit))" }
        failures.append("\(name): \(Self.rounded(value)) is above \(Self.rounded(limit))")
        return "> \(Self.rounded(limit)) FAIL"
    }

    private static let widths = [20, 8, 6, 10, 9, 9, 11, 11, 7, 9]

    /// The name to the left, numbers to the right, what is left after them as it is.
    private static func row(_ cells: String...) -> String {
        cells.enumerated().map { index, cell in
            guard index < widths.count else { return " " + cell }
            let space = String(repeating: " ", count: max(0, widths[index] - cell.count))
            return index == 0 ? cell + space : space + cell
        }.joined(separator: " ")
    }

    private static func json(_ value: Double?) -> JSON { value.map { .double($0) } ?? .null }

    private static func rounded(_ value: Double?) -> String {
        guard let value else { return "-" }
        if value >= 100 { return grouped(Int(value.rounded())) }
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100)." + String(100 + hundredths % 100).dropFirst()
    }

    /// With commas between thousands.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
        }.joined()
    }
}
