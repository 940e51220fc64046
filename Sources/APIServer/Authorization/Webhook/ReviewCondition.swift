import CEL
import Machinery

/// An expression that says whether a webhook is asked about a request, which it sees as the `spec` of a
/// SubjectAccessReview named `request`.
///
/// Source: k8s.io/apiserver/pkg/authorization/cel.
struct ReviewCondition: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let text: String
    private let program: CELProgram

    private static func object(_ name: String, _ fields: KeyValuePairs<String, DeclaredType>) -> DeclaredType {
        .object(named: "kubernetes.\(name)", fields.map { DeclaredType.Field(name: $0.key, type: $0.value) })
    }

    private static let requirement = object(
        "SelectorRequirement", ["key": .string, "operator": .string, "values": .list(of: .string)])

    private static let resource = object(
        "ResourceAttributes",
        [
            "namespace": .string, "verb": .string, "group": .string, "version": .string, "resource": .string,
            "subresource": .string, "name": .string,
            "fieldSelector": object(
                "FieldSelectorAttributes", ["rawSelector": .string, "requirements": .list(of: requirement)]),
            "labelSelector": object(
                "LabelSelectorAttributes", ["rawSelector": .string, "requirements": .list(of: requirement)]),
        ])

    private static let review = object(
        "SubjectAccessReviewSpec",
        [
            "resourceAttributes": resource,
            "nonResourceAttributes": object("NonResourceAttributes", ["path": .string, "verb": .string]),
            "user": .string, "groups": .list(of: .string), "extra": .map(of: .list(of: .string)), "uid": .string,
        ])

    init(_ text: String) throws(Failure) {
        self.text = text
        do {
            program = try CELEnvironment.kubernetes(.storedExpressions).declaring("request", Self.review)
                .compile(text, as: .bool)
        } catch {
            throw Failure(
                description: error.kind == .issues ? "compilation failed: \(error.description)" : error.description)
        }
    }

    /// The variable's value, made once for all conditions of a request.
    static func subject(_ attributes: AccessAttributes) -> CELActivation {
        var spec: JSONObject = [
            "user": .string(attributes.user.name), "uid": .string(attributes.user.uid),
            "groups": .array(attributes.user.groups.map(JSON.string)), "extra": .object(attributes.user.extraJSON),
        ]
        if attributes.isResourceRequest {
            spec["resourceAttributes"] = .object(attributes.resourceAttributes(isWhole: true))
        } else {
            spec["nonResourceAttributes"] = ["verb": .string(attributes.verb), "path": .string(attributes.path)]
        }
        return CELActivation(["request": .object(.json(spec, review))])
    }

    func holds(_ subject: CELActivation, _ budget: inout CELBudget) throws(CELEvaluationError) -> Bool {
        try program.evaluate(subject, budget: &budget).boolValue == true
    }
}

extension User {
    var extraJSON: JSONObject { JSONObject(extra.map { ($0.key, JSON.array($0.value.map(JSON.string))) }) }
}

extension AccessAttributes {
    /// The attributes as a SubjectAccessReview has them.
    ///
    /// - Parameter isWhole: empty texts are there too.
    func resourceAttributes(isWhole: Bool) -> JSONObject {
        var object = JSONObject()
        for (key, value) in [
            ("namespace", namespace), ("verb", verb), ("group", group), ("version", version), ("resource", resource),
            ("subresource", subresource), ("name", name),
        ] where isWhole || !value.isEmpty {
            object[key] = .string(value)
        }
        for (key, value) in AccessSelectors.json(self) { object[key] = value }
        return object
    }
}
