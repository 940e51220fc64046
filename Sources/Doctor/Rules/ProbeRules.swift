import KubeAPI

/// Containers that run, and that their probes do not like.
enum ProbeRules {
    static func examine(_ facts: ContainerFacts) -> [Finding] {
        guard facts.status.state?.running != nil, !facts.isInit else { return [] }
        if let killed = killed(facts) { return [killed] }
        guard !facts.status.ready, facts.container?.readinessProbe != nil || facts.container?.startupProbe != nil else {
            return []
        }
        // A probe that has not failed yet is still within its time.
        if facts.status.started == false, let event = failure(facts, "Startup") {
            return [
                Finding(
                    .startupProbe, facts.subject, "Container \(facts.name) does not come up: its startup probe fails.",
                    evidence: [.event(event)] + facts.lastLines, next: [logs(facts)])
            ]
        }
        guard let event = failure(facts, "Readiness") else { return [] }
        return [
            Finding(
                .readiness, facts.subject,
                "Container \(facts.name) runs, but is not ready: its readiness probe fails.",
                evidence: [.event(event)] + facts.lastLines, next: [logs(facts), facts.subject.describe])
        ]
    }

    /// One that was killed because it no longer answered.
    static func killed(_ facts: ContainerFacts) -> Finding? {
        guard facts.status.restartCount > 0 else { return nil }
        let (kind, cause): (String, Cause) =
            failure(facts, "Liveness") != nil ? ("Liveness", .liveness) : ("Startup", .startupProbe)
        guard let event = failure(facts, kind) else { return nil }
        return Finding(
            cause, facts.subject,
            "Container \(facts.name) is killed again and again, because its \(kind.lowercased()) probe fails.",
            evidence: [.event(event), Evidence("container \(facts.name)", facts.endText)],
            next: [
                facts.subject.kubectl("logs \(facts.pod.name) -c \(facts.name) --previous"), facts.subject.describe,
            ])
    }

    private static func failure(_ facts: ContainerFacts, _ kind: String) -> Event? {
        facts.picture.events(of: facts.subject, reason: "Unhealthy").first { event in
            event.message?.hasPrefix("\(kind) probe") == true
                && (event.involvedObject.fieldPath ?? "{\(facts.name)}").contains("{\(facts.name)}")
        }
    }

    private static func logs(_ facts: ContainerFacts) -> String {
        facts.subject.kubectl("logs \(facts.pod.name) -c \(facts.name)")
    }
}
