import Machinery

/// The `authorizer` of an evaluation: the value hosts put into an activation.
package struct AuthorizerValue: CELOpaque {
    package static let type = CELType.object("kubernetes.authorization.Authorizer")
    let serviceAccount: CELAuthorizationQuestion.ServiceAccount?
    package var celType: CELType { Self.type }

    package init() { serviceAccount = nil }

    init(serviceAccount: CELAuthorizationQuestion.ServiceAccount) { self.serviceAccount = serviceAccount }

    package func isEqual(_ other: any CELOpaque) -> Bool {
        (other as? AuthorizerValue)?.serviceAccount == serviceAccount
    }
}

/// A check that is being put together; hosts make one for `authorizer.requestResource`.
package struct ResourceCheckValue: CELOpaque {
    package static let type = CELType.object("kubernetes.authorization.ResourceCheck")
    var serviceAccount: CELAuthorizationQuestion.ServiceAccount?
    var group: String
    var resource: String
    var subresource = ""
    var namespace = ""
    var name = ""
    var fieldSelector: String?
    var labelSelector: String?
    package var celType: CELType { Self.type }

    package init(group: String, resource: String, subresource: String = "", namespace: String = "", name: String = "") {
        self.group = group
        self.resource = resource
        self.subresource = subresource
        self.namespace = namespace
        self.name = name
    }

    func question(_ verb: String) -> CELAuthorizationQuestion {
        CELAuthorizationQuestion(
            target: .resource(
                group: group, version: "*", resource: resource, subresource: subresource, namespace: namespace,
                name: name),
            verb: verb, serviceAccount: serviceAccount, fieldSelector: fieldSelector, labelSelector: labelSelector)
    }

    package func isEqual(_ other: any CELOpaque) -> Bool {
        (other as? ResourceCheckValue).map { $0.question("") == question("") } ?? false
    }
}

struct PathCheckValue: CELOpaque {
    static let type = CELType.object("kubernetes.authorization.PathCheck")
    let serviceAccount: CELAuthorizationQuestion.ServiceAccount?
    let path: String
    var celType: CELType { Self.type }

    func isEqual(_ other: any CELOpaque) -> Bool {
        (other as? PathCheckValue).map { $0.path == path && $0.serviceAccount == serviceAccount } ?? false
    }
}

struct GroupCheckValue: CELOpaque {
    static let type = CELType.object("kubernetes.authorization.GroupCheck")
    let serviceAccount: CELAuthorizationQuestion.ServiceAccount?
    let group: String
    var celType: CELType { Self.type }

    func isEqual(_ other: any CELOpaque) -> Bool {
        (other as? GroupCheckValue).map { $0.group == group && $0.serviceAccount == serviceAccount } ?? false
    }
}

/// A check whose answer the evaluation has to look up.
struct PendingCheck: CELOpaque {
    let question: CELAuthorizationQuestion
    var celType: CELType { DecisionValue.type }

    func isEqual(_ other: any CELOpaque) -> Bool { (other as? PendingCheck)?.question == question }

    /// - Throws: `pendingAuthorization` when nobody has asked yet.
    func answer(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        guard let answer = frame.answers[question] else {
            throw CELEvaluationError("authorization is not available here", reason: .pendingAuthorization(question))
        }
        return .opaque(DecisionValue(answer: answer))
    }
}

struct DecisionValue: CELOpaque {
    static let type = CELType.object("kubernetes.authorization.Decision")
    let answer: CELAuthorizationAnswer
    var celType: CELType { Self.type }

    func isEqual(_ other: any CELOpaque) -> Bool { (other as? DecisionValue)?.answer == answer }
}

/// `authorizer.group('apps').resource('deployments').check('create').allowed()`
enum AuthorizerLibrary {
    typealias Failure = CELEvaluationError

    private static let prefix = "kubernetes.authorization."

    static let functions: FunctionTable = {
        var table = FunctionTable()
        addBuilders(&table)
        addResource(&table)
        addChecks(&table)
        return table
    }()

    private static func text(_ value: CELValue) -> String { value.stringValue ?? "" }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    private static func addBuilders(_ table: inout FunctionTable) {
        table.add(
            "path",
            .two("authorizer_path", "\(prefix)Authorizer.(string) \(prefix)PathCheck") { value, path throws(Failure) in
                guard case .opaque(let authorizer as AuthorizerValue) = value else { throw noOverload }
                if isBlank(text(path)) { throw Failure("path must not be empty") }
                return .opaque(PathCheckValue(serviceAccount: authorizer.serviceAccount, path: text(path)))
            })
        table.add(
            "group",
            .two("authorizer_group", "\(prefix)Authorizer.(string) \(prefix)GroupCheck") {
                value, group throws(Failure) in
                guard case .opaque(let authorizer as AuthorizerValue) = value else { throw noOverload }
                return .opaque(GroupCheckValue(serviceAccount: authorizer.serviceAccount, group: text(group)))
            })
        table.add(
            "serviceAccount",
            .many("authorizer_serviceaccount", "\(prefix)Authorizer.(string, string) \(prefix)Authorizer") {
                values throws(Failure) in
                let namespace = text(values[1])
                let name = text(values[2])
                if !Names.dns1123Subdomain(name).isEmpty { throw Failure("Invalid service account name") }
                if !Names.dns1123Label(namespace).isEmpty { throw Failure("Invalid service account namespace") }
                let account = CELAuthorizationQuestion.ServiceAccount(namespace: namespace, name: name)
                return .opaque(AuthorizerValue(serviceAccount: account))
            })
        table.add(
            "resource",
            .two("groupcheck_resource", "\(prefix)GroupCheck.(string) \(prefix)ResourceCheck") {
                value, resource throws(Failure) in
                guard case .opaque(let group as GroupCheckValue) = value else { throw noOverload }
                if isBlank(text(resource)) { throw Failure("resource must not be empty") }
                var check = ResourceCheckValue(group: group.group, resource: text(resource))
                check.serviceAccount = group.serviceAccount
                return .opaque(check)
            })
    }

    private static let noOverload = Failure("no such overload")

    private static func addResource(_ table: inout FunctionTable) {
        let changes: [(String, String, @Sendable (inout ResourceCheckValue, String) -> Void)] = [
            ("subresource", "resourcecheck_subresource", { $0.subresource = $1 }),
            ("namespace", "resourcecheck_namespace", { $0.namespace = $1 }),
            ("name", "resourcecheck_name", { $0.name = $1 }),
            ("fieldSelector", "authorizer_fieldselector", { $0.fieldSelector = $1 }),
            ("labelSelector", "authorizer_labelselector", { $0.labelSelector = $1 }),
        ]
        for (name, id, change) in changes {
            table.add(
                name,
                .two(id, "\(prefix)ResourceCheck.(string) \(prefix)ResourceCheck") { value, argument throws(Failure) in
                    guard case .opaque(var check as ResourceCheckValue) = value else { throw noOverload }
                    change(&check, text(argument))
                    return .opaque(check)
                })
        }
    }

    private static func addChecks(_ table: inout FunctionTable) {
        table.add(
            "check",
            .two("pathcheck_check", "\(prefix)PathCheck.(string) \(prefix)Decision") { value, verb throws(Failure) in
                guard case .opaque(let check as PathCheckValue) = value else { throw noOverload }
                let question = CELAuthorizationQuestion(
                    target: .path(check.path), verb: text(verb), serviceAccount: check.serviceAccount,
                    fieldSelector: nil, labelSelector: nil)
                return .opaque(PendingCheck(question: question))
            },
            .two("resourcecheck_check", "\(prefix)ResourceCheck.(string) \(prefix)Decision") {
                value, verb throws(Failure) in
                guard case .opaque(let check as ResourceCheckValue) = value else { throw noOverload }
                return .opaque(PendingCheck(question: check.question(text(verb))))
            })
        let readings: [(String, String, @Sendable (CELAuthorizationAnswer) -> CELValue)] = [
            ("errored", "bool", { .bool($0.error != nil) }), ("error", "string", { .string($0.error ?? "") }),
            ("allowed", "bool", { .bool($0.isAllowed) }), ("reason", "string", { .string($0.reason) }),
        ]
        for (name, result, reading) in readings {
            table.add(
                name,
                .one("decision_\(name)", "\(prefix)Decision.() \(result)") { value throws(Failure) in
                    guard case .opaque(let decision as DecisionValue) = value else { throw noOverload }
                    return reading(decision.answer)
                })
        }
    }
}
