import Inference
import Metrics

/// By what requests are told apart in metrics. All but the tenants' number is bounded by what routes and pools there are;
/// a table of series bounds the rest.
struct GatewayLabels: MetricLabels {
    static let names = ["pool", "model_name", "version", "tenant", "class"]

    let pool: String
    let model: String
    let version: String
    let tenant: String
    let routeClass: String

    init(_ request: InferenceRequest) {
        pool = request.pool?.description ?? ""
        // A model that no route knows is the client's invention.
        model = request.route == nil ? "" : request.model
        version = request.version
        tenant = request.tenant
        routeClass = request.routeClass
    }

    var values: [String] { [pool, model, version, tenant, routeClass] }
}
