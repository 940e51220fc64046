import CEL
import KubeAPI
import Machinery
import Synchronization

/// A ValidatingAdmissionPolicy, read once; its expressions are compiled when the first request matches.
final class CompiledValidatingPolicy: Sendable {
    struct Rule: Sendable {
        let expression: AdmissionExpression
        let message: String
        let messageExpression: AdmissionExpression?
        let reason: StatusReason
    }

    struct Annotation: Sendable {
        let key: String
        let expression: AdmissionExpression
    }

    final class Programs: Sendable {
        let shared: PolicyPrograms
        let rules: [Rule]
        let annotations: [Annotation]

        init(_ core: PolicyCore, _ validations: [Validation], _ annotations: [AuditAnnotation]) {
            var shared = core.programs()
            rules = validations.map { validation in
                let message = validation.messageExpression ?? ""
                return Rule(
                    expression: shared.compile(validation.expression, as: [.bool]),
                    message: validation.message ?? "",
                    messageExpression: message.isEmpty ? nil : shared.compile(message, as: [.string]),
                    reason: StatusReason(rawValue: validation.reason ?? "Invalid"))
            }
            self.annotations = annotations.map {
                Annotation(key: $0.key, expression: shared.compile($0.valueExpression, as: PolicyTypes.annotation))
            }
            self.shared = shared
        }
    }

    let core: PolicyCore
    private let validations: [Validation]
    private let annotations: [AuditAnnotation]
    private let compiled = AtomicLazyReference<Programs>()

    init(_ json: JSONObject) {
        core = PolicyCore(json)
        let spec = ValidatingAdmissionPolicy(json: json).spec
        validations = spec.validations
        annotations = spec.auditAnnotations
    }

    var programs: Programs { compiled.load() ?? compiled.storeIfNil(Programs(core, validations, annotations)) }
}
