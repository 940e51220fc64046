/// Names that gateway, `ModelService` controller, cost and doctor share.
package enum InferenceNames {
    /// The API group of Gantry's own kinds.
    package static let group = "gantry.dev"

    /// On every object made for a `ModelService`, and on its pods: its name.
    package static let serviceLabel = "gantry.dev/model-service"
    /// On pods and pools of a `ModelService`: which version of the model they serve.
    package static let versionLabel = "gantry.dev/model-version"
    /// On pods and pools: who pays, a name free to choose. Cost is grouped by it.
    package static let teamLabel = "gantry.dev/team"

    /// The request header in which routes find the model that the body names, as of the Gateway API Inference
    /// Extension. What a client sends under this name is overwritten.
    package static let modelHeader = "x-gateway-model-name"
    /// The request header in which a client names its class of traffic.
    package static let classHeader = "x-gantry-class"

    /// On Secrets that hold an API key of the gateway: `true`. The key is the Secret's `key`, or `sha256` is its hash.
    package static let apiKeyLabel = "gantry.dev/api-key"
    /// On such a Secret: whose key it is; the Secret's namespace where it says nothing.
    package static let tenantAnnotation = "gantry.dev/tenant"
    /// On such a Secret, and on HTTPRoutes: the class of traffic of requests that name none themselves.
    package static let classAnnotation = "gantry.dev/class"
    /// On InferencePools: how many requests a replica works on at a time; others wait in the gateway.
    package static let concurrencyAnnotation = "gantry.dev/max-concurrency"
    /// On InferencePools: how many requests may wait for a replica.
    package static let queueLimitAnnotation = "gantry.dev/max-queue"
    /// On InferencePools: how long a request may wait for a replica, as `60s`.
    package static let queueTimeoutAnnotation = "gantry.dev/queue-timeout"
    /// On a pod that is about to go, with the time since when: it is given no new request, and goes when it works on
    /// none.
    package static let drainingAnnotation = "gantry.dev/draining-since"
}
