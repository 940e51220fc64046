import CRI
import KubeAPI

/// A pod's resolver configuration by its `dnsPolicy` and `dnsConfig`.
package enum PodDNS {
    /// What glibc reads at most of each.
    private static let maxServers = 3
    private static let maxSearches = 32

    package static func config(_ pod: Pod, settings: NodeSettings) -> RuntimeV1.DNSConfig {
        var config: RuntimeV1.DNSConfig
        let policy = pod.spec.dnsPolicy ?? "ClusterFirst"
        let isCluster = policy == "ClusterFirstWithHostNet" || policy == "ClusterFirst" && !pod.usesHostNetwork
        if policy == "None" {
            config = RuntimeV1.DNSConfig()
        } else if isCluster, !settings.clusterDNS.isEmpty {
            let host = parse(settings.hostResolver())
            config = RuntimeV1.DNSConfig()
            config.servers = settings.clusterDNS
            let domain = settings.clusterDomain
            let own = ["\(pod.namespace).svc.\(domain)", "svc.\(domain)", domain]
            config.searches = own + host.searches.filter { !own.contains($0) }
            config.options = ["ndots:5"]
        } else {
            config = parse(settings.hostResolver())
        }
        if let wanted = pod.spec.dnsConfig { merge(wanted, into: &config) }
        config.servers = Array(config.servers.prefix(maxServers))
        config.searches = Array(config.searches.prefix(maxSearches))
        return config
    }

    private static func merge(_ wanted: PodDNSConfig, into config: inout RuntimeV1.DNSConfig) {
        config.servers = unique(wanted.nameservers.isEmpty ? config.servers : config.servers + wanted.nameservers)
        config.searches = unique(config.searches + wanted.searches)
        var options = config.options
        for option in wanted.options {
            let name = option.name ?? ""
            options.removeAll { $0 == name || $0.hasPrefix(name + ":") }
            options.append(option.value.map { "\(name):\($0)" } ?? name)
        }
        config.options = options
    }

    private static func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }

    /// Reads a `resolv.conf`.
    static func parse(_ text: String) -> RuntimeV1.DNSConfig {
        var config = RuntimeV1.DNSConfig()
        var servers: [String] = []
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first, words.count > 1 else { continue }
            switch first {
            case "nameserver": servers.append(words[1])
            case "search": config.searches = Array(words.dropFirst())
            case "options": config.options = Array(words.dropFirst())
            default: continue
            }
        }
        config.servers = servers
        return config
    }
}
