import APIServer
import KubeAPI
import Machinery

/// The authorities of clients and of proxies in front of the server, published for extension API servers
/// (`kube-system/extension-apiserver-authentication`), as Kubernetes' API server does.
enum ClientAuthorities {
    static let name = "extension-apiserver-authentication"

    static func configMap(clients: String, proxies: RequestHeaderSettings?) -> ConfigMap {
        var map = ConfigMap(name: name, namespace: "kube-system")
        var data = ["client-ca-file": clients]
        if let proxies {
            func list(_ texts: [String]) -> String { JSON.array(texts.map(JSON.string)).description }
            data["requestheader-client-ca-file"] = proxies.authorities
            data["requestheader-allowed-names"] = list(proxies.allowedNames)
            data["requestheader-username-headers"] = list(proxies.userNameHeaders)
            data["requestheader-uid-headers"] = list(proxies.uidHeaders)
            data["requestheader-group-headers"] = list(proxies.groupHeaders)
            data["requestheader-extra-headers-prefix"] = list(proxies.extraHeaderPrefixes)
        }
        map.data = data
        return map
    }
}
