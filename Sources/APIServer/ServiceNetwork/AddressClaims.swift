import KubeAPI
import KubeSchemas
import Machinery
import Store

/// Which Service has which address, as IPAddress objects named by the address (KEP-1880): making one is a claim that
/// only one of several servers on one store can win.
struct AddressClaims: Sendable {
    static let manager = "ipallocator.k8s.io"
    private static let managerLabel = "ipaddress.kubernetes.io/managed-by"
    private static let familyLabel = "ipaddress.kubernetes.io/ip-family"
    private static let key = DerivedKey(rawValue: 11)

    /// Serves IPAddresses, also where the API does not.
    let registry: Registry

    /// Whether the address is taken as far as is known here.
    func isTaken(_ address: InternetAddress) -> Bool { claim(address) != nil }

    /// The claim to an address.
    func claim(_ address: InternetAddress) -> StoredObject? { registry.find("", address.description) }

    /// All claims made by Services.
    var all: [StoredObject] {
        registry.cache.snapshot(registry.bucket).objects().filter { $0.header.label(Self.managerLabel) == Self.manager }
    }

    private struct Owner: Sendable {
        /// Nil where the claim is not a Service's.
        var service: ObjectKey?
    }

    /// The Service that a claim is for.
    static func owner(_ claim: StoredObject) -> ObjectKey? {
        claim.derived.value(key) { () -> Owner in
            guard let json = try? JSON(parsing: claim.bytes, keys: BuiltinSchemas.keys), let object = json.objectValue
            else { return Owner() }
            let parent = NetworkingIPAddress(json: object).spec.parentRef
            guard parent.resource == "services", (parent.group ?? "").isEmpty else { return Owner() }
            return Owner(service: ObjectKey(namespace: parent.namespace ?? "", name: parent.name))
        }.service
    }

    /// When a claim was made, in seconds since the epoch.
    static func time(_ claim: StoredObject) -> Int64? {
        let json = try? JSON(parsing: claim.bytes, keys: BuiltinSchemas.keys)
        return (json?.objectValue).map(NetworkingIPAddress.init(json:))?.metadata.creationTimestamp?.seconds
    }

    /// Claims an address for a Service; false when it is taken.
    func make(_ address: InternetAddress, for service: ObjectKey) async throws(StatusError) -> Bool {
        let object = try object(address, service)
        let write = try await registry.write(of: object)
        do {
            _ = try await registry.store.create(registry.key("", address.description), write)
            return true
        } catch {
            if case .alreadyExists = error { return false }
            throw StoreErrorMapping.status(
                error, resource: registry.resource.gvr.groupResource, name: address.description)
        }
    }

    /// Gives up a claim of this Service; nothing where there is none.
    func release(_ address: InternetAddress, of service: ObjectKey) async throws(StatusError) {
        guard let claim = claim(address), Self.owner(claim) == service else { return }
        try await remove(claim)
    }

    /// Removes a claim as it was seen; nothing where it has changed or gone since.
    func remove(_ claim: StoredObject) async throws(StatusError) {
        do {
            _ = try await registry.store.delete(claim.key, expecting: claim.revision, last: nil)
        } catch {
            switch error {
            case .notFound, .conflict: return
            default:
                throw StoreErrorMapping.status(
                    error, resource: registry.resource.gvr.groupResource, name: claim.key.name)
            }
        }
    }

    private func object(_ address: InternetAddress, _ service: ObjectKey) throws(StatusError) -> JSONObject {
        var claim = NetworkingIPAddress(name: address.description)
        claim.apiVersion = registry.resource.gvk.apiVersion
        claim.kind = registry.resource.gvk.kind
        claim.metadata.labels = [
            Self.managerLabel: Self.manager, Self.familyLabel: address.is6 ? "IPv6" : "IPv4",
        ]
        var parent = ParentReference()
        parent.resource = "services"
        parent.namespace = service.namespace
        parent.name = service.name
        claim.spec.parentRef = parent
        var object = claim.json
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        try ObjectMetaRules.prepareForCreate(
            &metadata, resource: registry.resource, namespace: "", now: registry.clock.now)
        object["metadata"] = .object(metadata)
        return object
    }
}
