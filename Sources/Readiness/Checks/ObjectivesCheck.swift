import Machinery

/// What is promised is written down, for all five signals.
enum ObjectivesCheck: Check {
    static let name = "Objectives"
    static let area = Review.Area.ownership
    static let risk = "nobody can say whether the service does what it should"

    private static let fields = [
        "timeToFirstTokenP95", "tokensPerSecond", "queueWaitP95", "gpuMemory", "costPerRequest",
    ]

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.services.isEmpty else { return nil }
        var judgement = Judgement()
        for service in picture.services {
            let missing = fields.filter { service.objectives[$0] == nil }
            if missing.isEmpty {
                let texts = fields.map { "\($0) \(text(service.objectives[$0] ?? .null))" }
                judgement.evidence.append("modelservice/\(service.name): \(texts.joined(separator: ", "))")
            } else {
                judgement.problems.append(
                    "modelservice/\(service.name): spec.objectives has no \(missing.joined(separator: ", "))")
            }
        }
        return judgement
    }

    private static func text(_ value: JSON) -> String { value.stringValue ?? "\(value)" }
}
