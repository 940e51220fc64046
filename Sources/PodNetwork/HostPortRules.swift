import LinuxHost
import Machinery

/// What the `portmap` plugin leaves in the packet filter for pods' host ports.
///
/// The plugin works through `iptables`: a chain for each pod, and three chains that all networks with the plugin share.
/// It takes a pod's chain away with the pod, and the shared ones never. The comment on each rule says whose it is.
package struct HostPortRules: Sendable {
    private static let dispatch = "CNI-HOSTPORT-DNAT"
    private static let shared = [dispatch, "CNI-HOSTPORT-SETMARK", "CNI-HOSTPORT-MASQ"]
    private static let podPrefix = "CNI-DN-"
    /// The chains that `iptables` makes with the table; without a rule they do nothing.
    private static let builtin: Set<String> = ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"]
    private static let limit = Duration.seconds(30)

    /// The network's name in its CNI configuration.
    private let network: String
    /// What commands are run by: another network namespace's entrance in tests.
    private let launcher: [String]

    package init(network: String, launcher: [String] = []) {
        self.network = network
        self.launcher = launcher
    }

    /// Takes away what the plugin made for the network's pods, the shared chains when no other network's pods use them,
    /// and the table when nothing at all is left in it.
    package func remove() async throws(PodNetworkError) {
        for (prefix, family) in [("iptables", "ip"), ("ip6tables", "ip6")] {
            // Without the tools the plugin could not make anything either.
            guard Executable.path(of: prefix + "-save") != nil else { continue }
            let saved = try await run([prefix + "-save", "-t", "nat"])
            if let script = Self.removal(of: network, from: saved) {
                _ = try await run([prefix + "-restore", "--noflush", "--wait", "5"], script)
                try await removeEmptyTable(family)
            }
        }
    }

    /// The script for `iptables-restore`; `nil` when the plugin has nothing there.
    ///
    /// - Parameter saved: what `iptables-save -t nat` tells.
    package static func removal(of network: String, from saved: String) -> String? {
        let lines = saved.split(separator: "\n").map(String.init)
        let chains = Set(lines.filter { $0.hasPrefix(":") }.compactMap { $0.dropFirst().split(separator: " ").first })
        guard chains.contains(dispatch[...]) else { return nil }
        let rules = lines.filter { $0.hasPrefix("-A ") }
        let comment = #"--comment "dnat name: \"\#(network)\" id: "#
        let dispatching = rules.filter { $0.hasPrefix("-A \(dispatch) ") }
        let own = dispatching.filter { $0.contains(comment) }
        let pods = own.compactMap(target).filter { $0.hasPrefix(podPrefix) }
        let others = chains.contains { $0.hasPrefix(podPrefix) && !pods.contains(String($0)) }
        var script = ["*nat"]
        var leaving = pods
        if own.count == dispatching.count, !others {
            // Whatever leads into the shared chains goes first; they refer to each other only by way of pods' chains.
            let present = shared.filter { chains.contains($0[...]) }
            let inside = (present + pods).map { "-A \($0) " }
            script += rules.filter { rule in
                !inside.contains { rule.hasPrefix($0) } && target(rule).map(present.contains) == true
            }.map(deletion)
            leaving = present + pods
        } else {
            script += own.map(deletion)
        }
        // All are emptied before the first is deleted. A rule must not be deleted and its chain emptied in one go: the
        // tool then takes the chains it leads to for busy.
        script += leaving.map { "-F \($0)" } + leaving.map { "-X \($0)" }
        return script.count == 1 ? nil : (script + ["COMMIT"]).joined(separator: "\n") + "\n"
    }

    private static func deletion(_ rule: String) -> String { "-D" + rule.dropFirst(2) }

    private static func target(_ rule: String) -> String? {
        let words = rule.split(separator: " ")
        guard let jump = words.lastIndex(of: "-j"), jump + 1 < words.count else { return nil }
        return String(words[jump + 1])
    }

    /// A table with nothing but the chains it is made with is as good as none.
    private func removeEmptyTable(_ family: String) async throws(PodNetworkError) {
        let listed = try await run(["nft", "-j", "list", "tables"])
        guard Self.objects(listed).contains(where: { Self.isNAT($0["table"], family, key: "name") }) else { return }
        let table = try await run(["nft", "-j", "list", "table", family, "nat"])
        guard Self.isEmpty(table) else { return }
        _ = try await run(["nft", "delete", "table", family, "nat"])
    }

    /// - Parameter listed: what `nft -j list table` tells.
    package static func isEmpty(_ listed: String) -> Bool {
        let entries = objects(listed)
        return !entries.isEmpty
            && entries.allSatisfy { entry in
                entry["metainfo"] != nil || entry["table"] != nil
                    || (entry["chain"]?["name"]?.stringValue).map(builtin.contains) == true
            }
    }

    private static func isNAT(_ table: JSON?, _ family: String, key: String) -> Bool {
        table?["family"]?.stringValue == family && table?[key]?.stringValue == "nat"
    }

    private static func objects(_ listed: String) -> [JSON] {
        do {
            return try JSON(parsing: listed)["nftables"]?.arrayValue ?? []
        } catch {
            // Not what is understood here, so nothing is known to be empty and nothing is deleted.
            return []
        }
    }

    private func run(_ words: [String], _ script: String? = nil) async throws(PodNetworkError) -> String {
        let words = launcher + words
        let result: CommandResult
        do {
            result = try await Command(
                words[0], Array(words.dropFirst()), input: script.map { Array($0.utf8) }, limit: Self.limit,
                longestOutput: 64 << 20
            ).run()
        } catch {
            throw PodNetworkError("host ports: \(error)")
        }
        guard result.status == 0 else { throw PodNetworkError("host ports: \(words[0]): \(result.complaint)") }
        return result.output
    }
}
