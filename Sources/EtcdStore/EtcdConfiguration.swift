import HTTPClient
import Store

/// Where etcd is, and the limits of its use.
package struct EtcdConfiguration: Sendable {
    /// The members of the etcd cluster; the first that answers is used, and the next when it fails. Not empty.
    package var endpoints: [HTTPEndpoint]
    package var tls: ClientTLS?
    /// What all keys begin with.
    package var prefix = "/registry"
    /// How long one attempt of a request may take, and a request with its attempts together.
    package var attemptTimeout = Duration.seconds(3)
    package var requestTimeout = Duration.seconds(10)
    /// How often a request is sent at most.
    package var attempts = 4
    /// How long this server may lag behind a write or a reading that etcd has confirmed.
    package var catchUpTimeout = Duration.seconds(10)
    /// After which time a lagging watch is asked how far it has come.
    package var nudgeAfter = Duration.milliseconds(100)
    /// How often history is removed from etcd, by one of the servers; nil for never.
    package var compactionInterval: Duration? = .seconds(300)
    /// How many objects a page of the first reading has.
    package var pageLimit: Int64 = 500
    /// Limits of the history kept in memory and of writes under way, and the clock.
    package var store = StoreConfiguration()
    /// Told of lost and regained connections.
    package var log: @Sendable (String) -> Void = { _ in }

    package init(endpoints: [HTTPEndpoint], tls: ClientTLS? = nil) {
        self.endpoints = endpoints
        self.tls = tls
    }
}
