import Glibc

/// Labels for the node that programs on it leave in files, as Node Feature Discovery takes them: `KEY=VALUE` by lines.
///
/// GPU feature discovery writes such a file. Only names of a vendor's own are taken: those of Kubernetes' domains, and
/// names without one, are the administrator's and the agent's.
struct NodeFeatures: Sendable {
    /// Where GPU feature discovery writes unless told otherwise.
    static let standardFolder = "/etc/kubernetes/node-feature-discovery/features.d"
    private static let maxBytes = 64 << 10
    private static let maxFiles = 32

    let folders: [String]

    var labels: [String: String] {
        var labels: [String: String] = [:]
        for folder in folders {
            for name in Files.list(folder).sorted().prefix(Self.maxFiles) where !name.hasPrefix(".") {
                guard let text = Files.text("\(folder)/\(name)"), text.utf8.count <= Self.maxBytes else { continue }
                labels.merge(Self.labels(in: text)) { $1 }
            }
        }
        return labels
    }

    static func labels(in text: String) -> [String: String] {
        var labels: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(parts[0])
            let value = parts.count > 1 ? String(parts[1]) : "true"
            if isVendors(key), isLabelValue(value) { labels[key] = value }
        }
        return labels
    }

    private static func isVendors(_ key: String) -> Bool {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 253, isLabelValue(String(parts[1])),
            !parts[1].isEmpty
        else { return false }
        let isKubernetes = ["kubernetes.io", "k8s.io"].contains { parts[0] == $0 || parts[0].hasSuffix("." + $0) }
        return !isKubernetes
            && parts[0].utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func isLabelValue(_ value: String) -> Bool {
        guard let first = value.utf8.first, let last = value.utf8.last else { return true }
        return value.utf8.count <= 63 && isAlphanumeric(first) && isAlphanumeric(last)
            && value.utf8.allSatisfy { isAlphanumeric($0) || [0x2d, 0x2e, 0x5f].contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
