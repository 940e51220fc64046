import Machinery

/// Findings for people and for programs.
package struct DoctorReport: Sendable {
    /// Pieces of evidence shown for each finding.
    private static let maxEvidence = 8

    private let findings: [Finding]
    private let gaps: [PictureReader.Gap]

    package init(_ findings: [Finding], gaps: [PictureReader.Gap] = []) {
        self.findings = findings
        self.gaps = gaps
    }

    /// A table of causes in the way of `kubectl get`, then each with its evidence and the next commands.
    package var text: String {
        var out =
            findings.isEmpty ? "Nothing is wrong.\n" : table + "\n" + findings.map(Self.details).joined(separator: "\n")
        for gap in gaps { out += "\nnot looked at: \(gap.resource): \(gap.reason)\n" }
        return out
    }

    private var table: String {
        let rows =
            [["NAMESPACE", "OBJECT", "CAUSE"]]
            + findings.map {
                [$0.subject.namespace.isEmpty ? "-" : $0.subject.namespace, Self.name($0), $0.cause.rawValue]
            }
        let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 3) }.joined() + row[2] + "\n"
        }.joined()
    }

    private static func name(_ finding: Finding) -> String {
        finding.others.isEmpty ? "\(finding.subject)" : "\(finding.subject) and \(finding.others.count) more"
    }

    private static func details(_ finding: Finding) -> String {
        let place = finding.subject.namespace.isEmpty ? "" : " (\(finding.subject.namespace))"
        var out = "\(name(finding))\(place): \(finding.cause.rawValue)\n  \(finding.summary)\n"
        let shown = finding.evidence.prefix(maxEvidence)
        let width = shown.map(\.source.count).max() ?? 0
        for evidence in shown {
            let padding = String(repeating: " ", count: width - evidence.source.count)
            let quote = evidence.quote.split(separator: "\n").joined(separator: " ")
            out += "    \(evidence.source)\(padding)   \(quote)\n"
        }
        for command in finding.next { out += "  $ \(command)\n" }
        return out
    }

    package var json: JSON {
        .object([
            "healthy": .bool(findings.isEmpty), "findings": .array(findings.map(Self.json)),
            "gaps": .array(gaps.map { ["resource": .string($0.resource), "reason": .string($0.reason)] }),
        ])
    }

    private static func json(_ finding: Finding) -> JSON {
        .object([
            "cause": .string(finding.cause.rawValue), "object": json(finding.subject),
            "others": .array(finding.others.map(json)), "summary": .string(finding.summary),
            "evidence": .array(
                finding.evidence.map { ["source": .string($0.source), "quote": .string($0.quote)] }),
            "next": .array(finding.next.map { .string($0) }),
        ])
    }

    private static func json(_ name: ObjectName) -> JSON {
        var object: JSONObject = ["kind": .string(name.kind), "name": .string(name.name)]
        if !name.namespace.isEmpty { object["namespace"] = .string(name.namespace) }
        return .object(object)
    }
}
