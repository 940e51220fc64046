import KubeAPI
import Machinery

/// `componentstatuses`: how the control plane's parts are, made up at each reading. Deprecated since Kubernetes 1.19, but
/// listed by old tools.
struct ComponentStatuses: ReviewHandler {
    private static let loopsLease = "gantry-control-loops"
    private static let defaultLeaseSeconds: Int64 = 15

    let strategy = ComponentStatusStrategy()
    let lease: @Sendable (_ namespace: String, _ name: String) -> Lease?
    let health: @Sendable () -> Bool

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        request.warnings.add("v1 ComponentStatus is deprecated in v1.19+")
        let form = try ResponseForm.negotiate(accept: request.accept)
        let all = components(now: server.clock.now)
        switch request.info.verb {
        case "list":
            return try respond(all, isList: true, form: form, request: request, now: server.clock.now)
        case "get":
            guard let found = all.first(where: { $0.name == request.info.name }) else {
                throw StatusError.notFound(ComponentStatus.resource.groupResource, name: request.info.name)
            }
            return try respond([found], isList: false, form: form, request: request, now: server.clock.now)
        default:
            throw StatusError.methodNotAllowed()
        }
    }

    private func components(now: Timestamp) -> [ComponentStatus] {
        let loops = areLoopsAlive(now: now)
        let lost = "the lease kube-system/\(Self.loopsLease) is not held"
        return [
            Self.component("controller-manager", failure: loops ? nil : lost),
            Self.component("scheduler", failure: loops ? nil : lost),
            Self.component("etcd-0", failure: health() ? nil : "the store is not ready"),
        ]
    }

    /// Controllers and scheduler run where the lease is held.
    private func areLoopsAlive(now: Timestamp) -> Bool {
        guard let lease = lease("kube-system", Self.loopsLease), let renewed = lease.spec.renewTime else {
            return false
        }
        let seconds = lease.spec.leaseDurationSeconds.map(Int64.init) ?? Self.defaultLeaseSeconds
        return now.seconds - renewed.seconds <= seconds
    }

    private static func component(_ name: String, failure: String?) -> ComponentStatus {
        var component = ComponentStatus(name: name)
        var condition = ComponentCondition()
        condition.type = "Healthy"
        condition.status = failure == nil ? "True" : "False"
        condition.message = failure == nil ? "ok" : ""
        condition.error = failure
        component.conditions = [condition]
        return component
    }

    private func respond(
        _ components: [ComponentStatus], isList: Bool, form: ResponseForm, request: ServerRequest, now: Timestamp
    ) throws(StatusError) -> ServerResponse {
        let objects = components.map(\.json)
        switch form.shape {
        case .table:
            let table = try TableBuilder(strategy, now: now, include: request.query["includeObject"])
            return try ObjectResponse.encode(
                table.table(objects.map { TableSubject(working: $0, served: $0) }, metadata: JSONObject()), form: form)
        case .partialMetadata:
            return try ObjectResponse.encode(
                isList
                    ? PartialMetadata.list(objects, metadata: JSONObject()) : PartialMetadata.make(objects[0]),
                form: form)
        case .object where isList:
            return try ObjectResponse.encode(
                [
                    "kind": "ComponentStatusList", "apiVersion": "v1", "metadata": .object(JSONObject()),
                    "items": .array(objects.map(JSON.object)),
                ], form: form)
        case .object:
            return try ObjectResponse.encode(objects[0], form: form)
        }
    }
}

/// The columns of ComponentStatuses.
struct ComponentStatusStrategy: Strategy {
    var columns: [TableColumn] {
        [
            .name, TableColumn("Status", description: "Whether it is well."),
            TableColumn("Message", description: "What it says of itself."),
            TableColumn("Error", description: "What is wrong."),
        ]
    }

    func cells(_ component: ComponentStatus, now: Timestamp) -> [JSON] {
        let condition = component.conditions.first { $0.type == "Healthy" }
        let state = condition.map { $0.status == "True" ? "Healthy" : "Unhealthy" } ?? "Unknown"
        return [
            .string(component.name), .string(state), .string(condition?.message ?? ""),
            .string(condition?.error ?? ""),
        ]
    }
}
