import KubeSchemas
import Machinery
import Synchronization

/// One group of the catalog with its documents, which are made when first asked for and live as long as the group stays
/// as it is.
final class CatalogGroup: Sendable {
    let name: String
    /// What the program itself serves.
    let builtin: [ResourceCatalog.Served]
    /// The built-in resources, then those that came at run time.
    let served: [ResourceCatalog.Served]
    /// In the order of preference.
    let versions: [String]
    private let index: [GroupVersionResource: ResourceCatalog.Served]
    private let documents = Mutex<[String: [UInt8]]>([:])

    init(_ name: String, builtin: [ResourceCatalog.Served], added: [ResourceCatalog.Served]) {
        self.name = name
        self.builtin = builtin
        served = builtin + added
        var versions: [String] = []
        for entry in builtin where !versions.contains(entry.resource.gvr.version) {
            versions.append(entry.resource.gvr.version)
        }
        var others: [String] = []
        for entry in added where !versions.contains(entry.resource.gvr.version) {
            if !others.contains(entry.resource.gvr.version) { others.append(entry.resource.gvr.version) }
        }
        self.versions = versions + others.sorted(by: VersionPriority.precedes)
        index = Dictionary(served.map { ($0.resource.gvr, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(gvr: GroupVersionResource) -> ResourceCatalog.Served? { index[gvr] }

    func served(in version: String) -> [ResourceCatalog.Served] {
        served.filter { $0.resource.gvr.version == version }
    }

    /// The path under which the group, or a version of it, is served: `/api`, `/apis/apps/v1`.
    func path(_ version: String) -> String {
        name.isEmpty ? "/api/\(version)" : "/apis/\(name)/\(version)"
    }

    /// A document of this group, made once.
    func document(_ key: String, make: () -> [UInt8]) -> [UInt8] {
        if let bytes = documents.withLock({ $0[key] }) { return bytes }
        let bytes = make()
        documents.withLock { $0[key] = bytes }
        return bytes
    }
}

/// The order of versions in discovery: stable before beta before alpha, greater numbers first, then all other names in
/// alphabetical order.
enum VersionPriority {
    static func precedes(_ left: String, _ right: String) -> Bool {
        guard let first = rank(left) else { return rank(right) == nil && left < right }
        guard let second = rank(right) else { return true }
        return first > second
    }

    /// Stability, major number, minor number; `nil` for names of another form.
    private static func rank(_ version: String) -> (Int, Int, Int)? {
        guard version.hasPrefix("v") else { return nil }
        let rest = version.dropFirst()
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard let major = Int(digits) else { return nil }
        let tail = rest.dropFirst(digits.count)
        if tail.isEmpty { return (2, major, 0) }
        for (name, stability) in [("beta", 1), ("alpha", 0)] where tail.hasPrefix(name) {
            return Int(tail.dropFirst(name.count)).map { (stability, major, $0) }
        }
        return nil
    }
}
