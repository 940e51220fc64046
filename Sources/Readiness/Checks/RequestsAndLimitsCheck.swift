import KubeAPI

/// Every container says what it needs, and how much memory it may take at most.
enum RequestsAndLimitsCheck: Check {
    static let name = "RequestsAndLimits"
    static let area = Review.Area.scheduling
    static let risk = "one pod takes its neighbours' memory or processor"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.workloads.isEmpty else { return .fail("nothing runs in the namespace") }
        var judgement = Judgement()
        for workload in picture.workloads {
            for container in workload.containers {
                let missing = missing(container.resources ?? ResourceRequirements())
                if missing.isEmpty {
                    judgement.evidence.append("\(workload.name) \(container.name): \(amounts(container))")
                } else {
                    judgement.problems.append(
                        "\(workload.name) \(container.name) has no \(missing.joined(separator: ", "))")
                }
            }
        }
        return judgement
    }

    private static func missing(_ resources: ResourceRequirements) -> [String] {
        var missing: [String] = []
        for name in ["cpu", "memory"] where (resources.requests[name] ?? resources.limits[name]) == nil {
            missing.append("requests.\(name)")
        }
        if resources.limits["memory"] == nil { missing.append("limits.memory") }
        return missing
    }

    private static func amounts(_ container: Container) -> String {
        let limits = container.resources?.limits ?? [:]
        return "limits " + limits.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}
