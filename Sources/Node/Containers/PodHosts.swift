import KubeAPI

/// A pod's names: its hostname, and what its `/etc/hosts` says.
package enum PodHosts {
    /// The longest hostname the kernel takes.
    private static let limit = 63

    package static func hostname(_ pod: Pod, clusterDomain: String) -> String {
        if let override = pod.spec.hostnameOverride, !override.isEmpty { return override }
        var name = pod.spec.hostname ?? ""
        if name.isEmpty {
            name = String(pod.name.prefix(limit))
            while name.hasSuffix("-") || name.hasSuffix(".") { name.removeLast() }
        }
        if pod.spec.setHostnameAsFQDN == true, let domain = domain(pod, clusterDomain: clusterDomain) {
            return "\(name).\(domain)"
        }
        return name
    }

    /// The domain of a pod with a subdomain.
    static func domain(_ pod: Pod, clusterDomain: String) -> String? {
        guard let subdomain = pod.spec.subdomain, !subdomain.isEmpty else { return nil }
        return "\(subdomain).\(pod.namespace).svc.\(clusterDomain)"
    }

    /// - Parameter hostFile: the host's own file, for pods in its network.
    package static func file(_ pod: Pod, addresses: [String], clusterDomain: String, hostFile: String) -> String {
        var text: String
        if pod.usesHostNetwork {
            text = "# Kubernetes-managed hosts file (host network).\n" + hostFile
            if !text.hasSuffix("\n") { text += "\n" }
        } else {
            text = "# Kubernetes-managed hosts file.\n"
            text += "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
            text += "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n"
            let short = hostname(pod, clusterDomain: clusterDomain).split(separator: ".").first.map(String.init) ?? ""
            for address in addresses {
                if let domain = domain(pod, clusterDomain: clusterDomain) {
                    text += "\(address)\t\(short).\(domain)\t\(short)\n"
                } else {
                    text += "\(address)\t\(short)\n"
                }
            }
        }
        guard !pod.spec.hostAliases.isEmpty else { return text }
        text += "\n# Entries added by HostAliases.\n"
        for alias in pod.spec.hostAliases {
            text += "\(alias.ip)\t\(alias.hostnames.joined(separator: "\t"))\n"
        }
        return text
    }
}
