/// Which admission plugins run: the names of Kubernetes, some on and some off by default.
package struct AdmissionPlugins: Hashable, Sendable {
    /// A choice that cannot be met.
    package struct Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    package static let onByDefault: Set<String> = [
        "NamespaceLifecycle", "LimitRanger", "ServiceAccount", "NodeRestriction", "TaintNodesByCondition",
        "PodSecurity", "Priority", "DefaultTolerationSeconds", "DefaultStorageClass", "StorageObjectInUseProtection",
        "PersistentVolumeClaimResize", "RuntimeClass", "CertificateApproval", "CertificateSubjectRestriction",
        "MutatingAdmissionPolicy", "MutatingAdmissionWebhook", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionWebhook", "ResourceQuota",
        // Off in Kubernetes; here nodes with GPUs are tainted, and pods that ask for one are to land there.
        "ExtendedResourceToleration",
    ]
    package static let offByDefault: Set<String> = [
        "AlwaysPullImages", "PodTolerationRestriction", "EventRateLimit", "DenyServiceExternalIPs",
    ]

    private let running: Set<String>

    package init() {
        running = Self.onByDefault
    }

    package init(enabled: [String], disabled: [String]) throws(Flaw) {
        let known = Self.onByDefault.union(Self.offByDefault)
        for (flag, names) in [("enable-admission-plugins", enabled), ("disable-admission-plugins", disabled)] {
            if let unknown = names.first(where: { !known.contains($0) }) {
                throw Flaw(description: "\(flag) plugin \"\(unknown)\" is unknown")
            }
        }
        let both = Set(enabled).intersection(disabled)
        guard both.isEmpty else {
            throw Flaw(
                description: "[\(both.sorted().joined(separator: " "))] in enable-admission-plugins and "
                    + "disable-admission-plugins overlapped")
        }
        running = Self.onByDefault.union(enabled).subtracting(disabled)
    }

    /// Names separated by commas, as on a command line.
    package init(enabled: String, disabled: String) throws(Flaw) {
        func names(_ text: String) -> [String] {
            text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
        }
        try self.init(enabled: names(enabled), disabled: names(disabled))
    }

    package func runs(_ name: String) -> Bool { running.contains(name) }

    /// Parts of the server that check requests in the way of plugins have no such name, and always run.
    package func isSwitchedOff(_ name: String) -> Bool {
        !running.contains(name) && (Self.onByDefault.contains(name) || Self.offByDefault.contains(name))
    }
}
