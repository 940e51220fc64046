import Machinery

/// A patch or an update that would create an object needs the right to create it.
struct CreateByOtherVerb: ValidatingAdmission {
    let name = "CreateByOtherVerb"
    let authorizer: any Authorizer

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.operation == .create, attributes.requestVerb != "create" else { return }
        let access = AccessAttributes(
            user: attributes.user, verb: "create", group: attributes.resource.group,
            version: attributes.resource.version, resource: attributes.resource.resource,
            namespace: attributes.namespace, name: attributes.name)
        if let refusal = access.refusal(await authorizer.authorize(access)) { throw refusal }
    }
}
