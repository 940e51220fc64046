import Foundation

/// Prints a figure in a form that stands out in a test run's output, for the note of an issue.
func measured(_ what: String, _ value: Double, _ unit: String) {
    print("measured: \(what): \(String(format: "%.3f", value)) \(unit)")
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// How long something took.
func timed(_ body: () async throws -> Void) async throws -> Double {
    let begin = ContinuousClock.now
    try await body()
    return begin.duration(to: .now).seconds
}
