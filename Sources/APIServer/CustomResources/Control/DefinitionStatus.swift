import KubeAPI
import Machinery

/// What a definition's status should say.
enum DefinitionStatus {
    /// The definition with names and conditions as they are to be, given the other definitions.
    static func updated(
        _ definition: CustomResourceDefinition, others: [CustomResourceDefinition], now: Timestamp
    ) -> CustomResourceDefinition {
        var result = definition
        let naming = DefinitionNaming(definition, others: others)
        result.status.acceptedNames = naming.accepted
        result.setCondition(
            .namesAccepted, naming.conflict == nil, reason: naming.conflict?.reason ?? "NoConflicts",
            message: naming.conflict?.message ?? "no conflicts found", now: now)
        if !result.isTrue(.established) {
            let isEstablished = naming.conflict == nil
            result.setCondition(
                .established, isEstablished, reason: isEstablished ? "InitialNamesAccepted" : "NotAccepted",
                message: isEstablished
                    ? "the initial names have been accepted" : "not all names are accepted", now: now)
        }
        judgeApproval(&result, now: now)
        judgeSchemas(&result, now: now)
        return result
    }

    private static func judgeApproval(_ definition: inout CustomResourceDefinition, now: Timestamp) {
        guard APIApproval.isProtected(definition.spec.group) else {
            definition.status.conditions.removeAll {
                $0.type == CustomResourceDefinition.ConditionType.approval.rawValue
            }
            return
        }
        let approval = APIApproval(definition.annotations)
        let (isConformant, reason): (Bool, String) =
            switch approval.state {
            case .invalid: (false, "InvalidAnnotation")
            case .missing: (false, "MissingAnnotation")
            case .bypassed: (false, "UnapprovedAnnotation")
            case .approved: (true, "ApprovedAnnotation")
            }
        definition.setCondition(.approval, isConformant, reason: reason, message: approval.message, now: now)
    }

    /// Definitions from before schemas had to be structural say what is wrong with theirs.
    private static func judgeSchemas(_ definition: inout CustomResourceDefinition, now: Timestamp) {
        var problems: [String] = []
        for (index, version) in definition.spec.versions.enumerated() {
            guard let schema = version.schema else { continue }
            let path = FieldPath("spec").child("versions").index(index).child("schema", "openAPIV3Schema")
            problems += StructuralRules.validate(StructuralSchema(schema), at: path).map(\.description)
        }
        if definition.spec.preservesUnknownFields {
            problems.append(
                FieldError.invalid(
                    FieldPath("spec").child("preserveUnknownFields"), true, "must be false"
                ).description)
        }
        if problems.isEmpty {
            definition.status.conditions.removeAll {
                $0.type == CustomResourceDefinition.ConditionType.nonStructuralSchema.rawValue
            }
        } else {
            definition.setCondition(
                .nonStructuralSchema, true, reason: "Violations",
                message: problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]", now: now)
        }
    }
}

/// The annotation by which groups of the Kubernetes community are approved (kubernetes.io, k8s.io).
struct APIApproval {
    static let annotation = "api-approved.kubernetes.io"

    enum State {
        case approved
        case bypassed
        case missing
        case invalid
    }

    let state: State
    let message: String

    static func isProtected(_ group: String) -> Bool {
        group == "k8s.io" || group.hasSuffix(".k8s.io") || group == "kubernetes.io" || group.hasSuffix(".kubernetes.io")
    }

    init(_ annotations: [String: String]) {
        let value = annotations[Self.annotation] ?? ""
        if value.isEmpty {
            state = .missing
            message =
                "protected groups must have approval annotation \"\(Self.annotation)\", see "
                + "https://github.com/kubernetes/enhancements/pull/1111"
        } else if value.hasPrefix("unapproved") {
            state = .bypassed
            message = "not approved: \(GoQuote.quote(value))"
        } else if let scheme = value.range(of: "://"), scheme.upperBound < value.endIndex, !value.hasPrefix("://") {
            state = .approved
            message = "approved in \(value)"
        } else {
            state = .invalid
            message =
                "protected groups must have approval annotation \"\(Self.annotation)\" with either a URL or a reason "
                + "starting with \"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111"
        }
    }
}

extension String {
    /// The first place of a text within another.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
