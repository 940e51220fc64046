import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Serves the custom resources of a cluster: follows the definitions in the store, and has the catalog serve what they
/// say.
///
/// What is established is served before anybody can read that it is, so a client that waited for the condition finds the
/// resource. A changed definition replaces the registries of its resource and ends their watches.
final class CustomResources: Sendable {
    private struct State {
        var served: [String: Installed] = [:]
    }

    /// A definition as it is being served.
    private struct Installed {
        /// What of the definition decides how its resource is served.
        let form: JSON
        let life: WatchLife
        let group: String
        let plural: String
        /// The number of the next watch frame of this resource.
        let nextFrame: Int
    }

    private let catalog: LiveCatalog
    private let parts: CustomResourceParts
    private let webhooks: WebhookClient
    private let state = Mutex(State())

    init(_ catalog: LiveCatalog, parts: CustomResourceParts, webhooks: WebhookClient) {
        self.catalog = catalog
        self.parts = parts
        self.webhooks = webhooks
    }

    static let bucket = CustomResourceDefinition.resource.groupResource.description

    /// The definitions there are.
    func definitions() -> [CustomResourceDefinition] {
        parts.cache.snapshot(Self.bucket).objects().compactMap(Self.parse)
    }

    func definition(_ name: String) -> CustomResourceDefinition? {
        parts.cache.snapshot(Self.bucket).get(namespace: "", name: name).flatMap(Self.parse)
    }

    /// An object at rest that cannot be read defines nothing.
    private static func parse(_ object: StoredObject) -> CustomResourceDefinition? {
        (try? JSON(parsing: object.bytes, keys: BuiltinSchemas.keys))?.objectValue.map(
            CustomResourceDefinition.init(json:))
    }

    /// Serves what all definitions in the store say; at the start.
    func installAll() {
        var all: [String: [ResourceCatalog.Served]] = [:]
        var ended: [WatchLife] = []
        for definition in definitions() where definition.isTrue(.established) {
            guard let (served, former) = prepare(definition) else { continue }
            all[definition.name] = served
            if let former { ended.append(former) }
        }
        catalog.set(all)
        for life in ended { life.end() }
    }

    /// Serves what a definition says, if that is something else than before.
    func install(_ definition: CustomResourceDefinition) {
        guard let (served, former) = prepare(definition) else { return }
        catalog.set([definition.name: served])
        former?.end()
    }

    /// Serves nothing of a definition any more.
    func remove(_ name: String) {
        guard let former = state.withLock({ $0.served.removeValue(forKey: name) }) else { return }
        catalog.set([name: []])
        former.life.end()
    }

    /// The bucket that holds the objects of a definition that is being served.
    func bucket(of name: String) -> String? {
        state.withLock { $0.served[name] }.map {
            GroupResource(group: $0.group, resource: $0.plural).description
        }
    }

    /// What is to be served of a definition, and what that ends; `nil` when it is served as it is.
    private func prepare(
        _ definition: CustomResourceDefinition
    ) -> (served: [ResourceCatalog.Served], former: WatchLife?)? {
        let form = Self.form(of: definition)
        let former = state.withLock { $0.served[definition.name] }
        guard former?.form != form else { return nil }
        let life = WatchLife()
        let firstFrame = former?.nextFrame ?? 0
        let family = CustomFamily(definition, firstFrame: firstFrame)
        let converter = WebhookConversion(definition, client: webhooks) { [weak family] in family }
        let served = parts.served(family, definition, converter: converter, life: life)
        let spec = definition.spec
        state.withLock {
            $0.served[definition.name] = Installed(
                form: form, life: life, group: spec.group, plural: definition.status.acceptedNames.plural,
                nextFrame: (firstFrame + spec.versions.count) % CustomFamily.frames)
        }
        return (served, former?.life)
    }

    private static func form(of definition: CustomResourceDefinition) -> JSON {
        [
            "spec": definition.json["spec"] ?? .null, "names": .object(definition.status.acceptedNames.json),
            "terminating": .bool(definition.isTrue(.terminating)), "uid": .string(definition.uid),
        ]
    }
}
