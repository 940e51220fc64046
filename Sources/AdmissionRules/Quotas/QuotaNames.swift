import Machinery

/// The kinds of names in quotas.
enum QuotaNames {
    /// Devices of a class, asked for as a resource by the class' name.
    static let deviceClassPrefix = "deviceclass.resource.kubernetes.io/"

    /// Whether a resource comes with neither Kubernetes nor a quota: `nvidia.com/gpu`.
    static func isExtended(_ name: String) -> Bool {
        isForeign(name) && !name.hasPrefix("requests.") && Names.qualifiedName("requests.\(name)").isEmpty
    }

    /// Whether a name limits requests of such a resource, or of a device class by its name.
    static func isExtendedRequest(_ name: String) -> Bool {
        name.hasPrefix("requests.") && (isForeign(name) || name.hasPrefix("requests." + deviceClassPrefix))
    }

    private static func isForeign(_ name: String) -> Bool {
        name.utf8.contains(UInt8(ascii: "/")) && !name.contains("kubernetes.io/")
    }
}
