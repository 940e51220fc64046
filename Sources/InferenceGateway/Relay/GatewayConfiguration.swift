/// What the gateway allows.
package struct GatewayConfiguration: Sendable {
    /// Bytes of one request's body: long conversations with images in them fit.
    package var bodyBytes = 32 * 1024 * 1024
    /// Bytes of all bodies that are read or wait.
    package var allBodyBytes = 512 * 1024 * 1024
    /// How long a model server may take until its answer begins, where the route says nothing.
    package var answerTimeout = Duration.seconds(600)
    /// Attempts of a request that its replica took no connection for, or closed the connection on before it answered.
    package var attempts = 8
    /// Times a replica may end the connection on one request: it may be the request that makes it.
    package var hangUps = 2

    package init() {}
}
