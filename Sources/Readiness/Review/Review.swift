import Machinery

/// A launch review: what was asked, what was found, and what follows from it.
package struct Review: Sendable {
    package enum Area: String, Hashable, Sendable, CaseIterable {
        case security = "Security"
        case scheduling = "Scheduling and quota"
        case rollback = "Rollback"
        case telemetry = "Telemetry"
        case cost = "Cost"
        case ownership = "Ownership and objectives"
    }

    package enum Status: String, Hashable, Sendable {
        case pass
        case fail
        /// Fails, and somebody answers for that until a day.
        case accepted
    }

    package struct Row: Hashable, Sendable {
        package var area: Area
        package var check: String
        package var status: Status
        package var evidence: [String]
        /// What may happen where it fails.
        package var risk: String
        package var exception: AcceptedException?
    }

    package struct AcceptedException: Hashable, Sendable {
        package var name: String
        package var check: String
        package var reason: String
        package var approver: String
        package var expires: Timestamp
    }

    package enum Decision: String, Hashable, Sendable {
        case approve = "approve"
        case withConditions = "approve with conditions"
        case block = "block"
    }

    /// Reviews are good for so long, where no exception ends sooner.
    static let validity = Duration.seconds(90 * 86_400)

    package let namespace: String
    package let reviewed: Timestamp
    package let rows: [Row]
    package let decision: Decision
    package let primaryRisk: String
    package let exceptions: [AcceptedException]
    package let rollbackOwner: String
    package let sloOwner: String
    /// When it has to be done again.
    package let reviewDate: Timestamp
    /// What could not be looked at.
    package let gaps: [String]

    package init(_ picture: ReviewPicture) {
        namespace = picture.name
        reviewed = picture.now
        gaps = picture.gaps
        var rows: [Row] = []
        for check in Checks.all {
            guard let judgement = check.judge(picture) else { continue }
            rows.append(Self.row(check, judgement, picture))
        }
        self.rows = rows
        exceptions = rows.compactMap(\.exception)
        let failed = rows.first { $0.status == .fail }
        let accepted = rows.first { $0.status == .accepted }
        decision = failed != nil ? .block : accepted != nil ? .withConditions : .approve
        primaryRisk = (failed ?? accepted).map { "\($0.check): \($0.risk)" } ?? "none found"
        rollbackOwner = Self.owners(picture, "rollbackOwner")
        sloOwner = Self.owners(picture, "sloOwner")
        let end = picture.now + Self.validity
        reviewDate = min(end, exceptions.map(\.expires).min() ?? end)
    }

    private static func row(_ check: any Check.Type, _ judgement: Judgement, _ picture: ReviewPicture) -> Row {
        var row = Row(
            area: check.area, check: check.name, status: .pass, evidence: judgement.evidence, risk: check.risk)
        guard !judgement.problems.isEmpty else { return row }
        row.evidence = judgement.problems
        row.status = .fail
        let meant = picture.exceptions.filter { $0.check == check.name }
        for exception in meant {
            guard let expires = exception.expires, expires > picture.now else {
                row.evidence.append(
                    "readinessexception/\(exception.name) ended on \(exception.expires.map(\.day) ?? "no day")")
                continue
            }
            row.status = .accepted
            row.exception = AcceptedException(
                name: exception.name, check: check.name, reason: exception.reason, approver: exception.approver,
                expires: expires)
        }
        return row
    }

    private static func owners(_ picture: ReviewPicture, _ field: String) -> String {
        let names = Set(picture.services.compactMap { $0.owner.string(field) }).filter { !$0.isEmpty }.sorted()
        return names.isEmpty ? "nobody" : names.joined(separator: ", ")
    }

    /// The decision, in the words and order that it is told in.
    var record: [(name: String, value: String)] {
        let accepted = exceptions.map { "\($0.check) (\($0.approver), until \($0.expires.day))" }
        return [
            ("Decision", decision.rawValue), ("Primary risk", primaryRisk),
            ("Accepted exceptions", accepted.isEmpty ? "none" : accepted.joined(separator: "; ")),
            ("Rollback owner", rollbackOwner), ("SLO owner", sloOwner), ("Review date", reviewDate.day),
        ]
    }
}

extension Timestamp {
    /// `2026-11-22`
    var day: String { String(rfc3339.prefix(10)) }
}
