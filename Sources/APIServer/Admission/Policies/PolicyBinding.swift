import Machinery

/// What puts a policy to work: for which requests, with which parameters, to what effect. Read once.
struct PolicyBinding: Sendable {
    enum Action: String, Sendable {
        case deny = "Deny"
        case warn = "Warn"
        case audit = "Audit"
    }

    let name: String
    let policy: String
    /// `nil`: for all requests the policy is for.
    let matcher: AdmissionMatcher?
    let parameters: ParameterReference?
    /// Of validating policies.
    let actions: [Action]

    /// - Parameter json: a `ValidatingAdmissionPolicyBinding` or a `MutatingAdmissionPolicyBinding`.
    init(_ json: JSONObject) {
        let spec = json["spec"]?.objectValue ?? JSONObject()
        name = json["metadata"]?["name"]?.stringValue ?? ""
        policy = spec.string("policyName") ?? ""
        matcher = spec["matchResources"]?.objectValue.map(AdmissionMatcher.init(resources:))
        parameters = spec["paramRef"]?.objectValue.map(ParameterReference.init)
        actions = spec.strings("validationActions").compactMap(Action.init(rawValue:))
    }

    func matches(_ attributes: AdmissionAttributes, _ namespaces: NamespaceLabels) throws(StatusError) -> Bool {
        guard let matcher else { return true }
        return try matcher.match(attributes, namespaces) != nil
    }
}

/// Which objects a binding gives to its policy as `params`.
struct ParameterReference: Sendable {
    let name: String
    /// Empty: that of the request.
    let namespace: String
    let selector: Result<Selector, SelectorError>?
    let deniesWhenMissing: Bool

    init(_ json: JSONObject) {
        name = json.string("name") ?? ""
        namespace = json.string("namespace") ?? ""
        selector = json["selector"]?.objectValue.map { object in
            do throws(SelectorError) {
                return .success(try Selector(labelSelector: object))
            } catch {
                return .failure(error)
            }
        }
        deniesWhenMissing = json.string("parameterNotFoundAction") == "Deny"
    }
}
