import KubeAPI
import Machinery

/// What every node has to know of its cluster before it can run pods: a ConfigMap that nodes may read.
enum ClusterFacts {
    static let key = ObjectKey(namespace: "kube-system", name: "gantry-cluster")

    static func configMap(_ settings: ClusterSettings) -> ConfigMap {
        var map = ConfigMap(name: key.name, namespace: key.namespace)
        map.data = [
            "clusterDomain": settings.clusterDomain, "dnsAddress": settings.dnsAddress,
            "podNetwork": settings.podNetwork, "serviceNetwork": settings.serviceNetwork,
        ]
        return map
    }

    static func read(_ map: ConfigMap, into settings: inout ClusterSettings) throws {
        func value(_ name: String) throws -> String {
            guard let value = map.data[name], !value.isEmpty else {
                throw CommandFailure("the cluster's ConfigMap \(key) says nothing of \(name)")
            }
            return value
        }
        settings.clusterDomain = try value("clusterDomain")
        settings.dnsAddress = try value("dnsAddress")
        settings.podNetwork = try value("podNetwork")
        settings.serviceNetwork = try value("serviceNetwork")
    }
}
