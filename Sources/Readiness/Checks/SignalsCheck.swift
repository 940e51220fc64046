/// All five signals exist, and move under a probe load.
enum SignalsCheck: Check {
    static let name = "Signals"
    static let area = Review.Area.telemetry
    static let risk = "nobody sees that the objectives are missed"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.signals.isEmpty else { return nil }
        var judgement = Judgement()
        for signal in SignalReading.Signal.allCases {
            guard let reading = picture.signals.first(where: { $0.signal == signal }), let after = reading.after else {
                judgement.problems.append("\(signal.rawValue): there is no such metric")
                continue
            }
            let text = "\(signal.rawValue): \(reading.metric) \(number(reading.before ?? 0)) to \(number(after))"
            // Memory that a model's weights take stays as it is.
            let isAlive = signal == .gpuMemory ? after > 0 : after > reading.before ?? 0
            if isAlive {
                judgement.evidence.append(text)
            } else {
                judgement.problems.append("\(text): it does not move")
            }
        }
        return judgement
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
