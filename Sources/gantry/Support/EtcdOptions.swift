import ArgumentParser
import HTTPClient

/// Which etcd keeps the objects instead of a file of this machine: the API server's own flags in Kubernetes.
struct EtcdOptions: ParsableArguments {
    @Option(help: "The etcd servers that keep the objects, instead of this machine: https://host:2379,…")
    var etcdServers: String?

    @Option(name: .customLong("etcd-cafile"), help: "The authorities that etcd's certificates are from.")
    var authorities: String?

    @Option(name: .customLong("etcd-certfile"), help: "The certificate to show to etcd.")
    var certificate: String?

    @Option(name: .customLong("etcd-keyfile"), help: "The key of that certificate.")
    var key: String?

    @Option(help: "What the keys in etcd begin with.")
    var etcdPrefix: String?

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        guard let etcdServers else {
            guard authorities == nil, certificate == nil, key == nil, etcdPrefix == nil else {
                throw CommandFailure("the other options of etcd need --etcd-servers")
            }
            return
        }
        guard (certificate == nil) == (key == nil) else {
            throw CommandFailure("--etcd-certfile and --etcd-keyfile belong together")
        }
        var etcd = EtcdSettings(servers: etcdServers.split(separator: ",").map(String.init))
        etcd.authorities = authorities
        etcd.certificate = certificate
        etcd.key = key
        if let etcdPrefix { etcd.prefix = etcdPrefix }
        // A mistake is told at once rather than by a process in the background.
        _ = try etcd.configuration()
        settings.etcd = etcd
    }
}
