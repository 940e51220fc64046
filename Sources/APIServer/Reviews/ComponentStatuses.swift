import KubeAPI
import Machinery

/// `componentstatuses`: how the control plane's parts are, made up at each reading. Deprecated since Kubernetes 1.19, but
/// listed by old tools.
struct ComponentStatuses: ReviewHandler {
    private static let loopsLease = "gantry-control-loops"
    private static let defaultLeaseSeconds: Int64 = 15

    private let objects = MadeUpObjects(ComponentStatusStrategy(), "ComponentStatus", "v1")
    private let lease: @Sendable (_ namespace: String, _ name: String) -> Lease?
    private let health: @Sendable () -> Bool

    init(
        lease: @escaping @Sendable (_ namespace: String, _ name: String) -> Lease?,
        health: @escaping @Sendable () -> Bool
    ) {
        self.lease = lease
        self.health = health
    }

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        request.warnings.add("v1 ComponentStatus is deprecated in v1.19+")
        let form = try ResponseForm.negotiate(accept: request.accept)
        let all = components(now: server.clock.now)
        switch request.info.verb {
        case "list":
            return try objects.response(all.map(\.json), form: form, request: request, now: server.clock.now)
        case "get":
            guard let found = all.first(where: { $0.name == request.info.name }) else {
                throw StatusError.notFound(ComponentStatus.resource.groupResource, name: request.info.name)
            }
            return try objects.response([found.json], form: form, request: request, now: server.clock.now)
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
