import Machinery

extension Review {
    /// A matrix in the way of `kubectl get`, with the evidence for each row, and the decision.
    package var text: String {
        let lines = rows.map { row in
            [row.area.rawValue, row.check, row.status.rawValue, row.evidence.first ?? ""]
        }
        let table = [["AREA", "CHECK", "STATUS", "EVIDENCE"]] + lines
        let widths = (0..<3).map { column in table.map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 3) }.joined() + cells[3] + "\n"
        }
        var text = line(table[0])
        for (row, cells) in zip(rows, lines) {
            text += line(cells)
            for evidence in row.evidence.dropFirst() { text += line(["", "", "", evidence]) }
            if let exception = row.exception { text += line(["", "", "", Self.words(exception)]) }
        }
        text += "\n"
        let width = record.map(\.name.count).max() ?? 0
        for (name, value) in record {
            text += "\(name):\(String(repeating: " ", count: width - name.count + 3))\(value)\n"
        }
        for gap in gaps { text += "\nnot looked at: \(gap)\n" }
        return text
    }

    private static func words(_ exception: AcceptedException) -> String {
        "accepted by \(exception.approver) until \(exception.expires.day): \(exception.reason)"
    }

    package var json: JSONObject {
        [
            "apiVersion": "gantry.dev/v1alpha1", "kind": "ReadinessReview", "namespace": .string(namespace),
            "reviewed": reviewed.inSeconds.json, "decision": .string(decision.rawValue),
            "primaryRisk": .string(primaryRisk), "acceptedExceptions": .array(exceptions.map(Self.json)),
            "rollbackOwner": .string(rollbackOwner), "sloOwner": .string(sloOwner),
            "reviewDate": .string(reviewDate.day),
            "checks": .array(
                rows.map { row in
                    [
                        "area": .string(row.area.rawValue), "check": .string(row.check),
                        "status": .string(row.status.rawValue), "evidence": .array(row.evidence.map(JSON.string)),
                    ]
                }),
            "gaps": .array(gaps.map(JSON.string)),
        ]
    }

    private static func json(_ exception: AcceptedException) -> JSON {
        [
            "name": .string(exception.name), "check": .string(exception.check), "reason": .string(exception.reason),
            "approver": .string(exception.approver), "expires": exception.expires.inSeconds.json,
        ]
    }

    /// One page that needs nothing else.
    package var html: String {
        let matrix = rows.map { row in
            let evidence = row.evidence + (row.exception.map { [Self.words($0)] } ?? [])
            return """
                <tr class="\(row.status.rawValue)"><td>\(Self.escaped(row.area.rawValue))</td>\
                <td>\(Self.escaped(row.check))</td><td class="status">\(row.status.rawValue)</td>\
                <td>\(evidence.map(Self.escaped).joined(separator: "<br>"))</td></tr>
                """
        }
        let decision = record.map { "<dt>\(Self.escaped($0.name))</dt><dd>\(Self.escaped($0.value))</dd>" }
        let missing = gaps.map { "<p>Not looked at: \(Self.escaped($0))</p>" }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Launch review of \(Self.escaped(namespace))</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ddd; }
            .status { font-weight: 600; }
            .pass .status { color: #137333; } .fail .status { color: #b3261e; } .accepted .status { color: #8a5a00; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; }
            dt { font-weight: 600; } dd { margin: 0; }
            </style></head><body>
            <h1>Launch review of \(Self.escaped(namespace))</h1>
            <p>\(reviewed.rfc3339)</p>
            <dl>\(decision.joined(separator: "\n"))</dl>
            <table><thead><tr><th>Area</th><th>Check</th><th>Status</th><th>Evidence</th></tr></thead>
            <tbody>\(matrix.joined(separator: "\n"))</tbody></table>
            \(missing.joined(separator: "\n"))
            </body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
