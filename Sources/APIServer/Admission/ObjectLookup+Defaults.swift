import KubeAPI
import KubeSchemas
import Machinery
import Store

extension ObjectLookup {
    /// The name of a header field that marks the default class of its kind.
    static let defaultMark = "is-default"

    /// The objects of a resource that are marked as default; others are not parsed.
    func defaults<Object: KubeObject>(_ type: Object.Type) throws(StatusError) -> [Object] {
        let bucket = Object.resource.groupResource.description
        var found: [Object] = []
        for stored in cache.snapshot(bucket).objects()
        where stored.header.fields.contains(where: { $0.name == Self.defaultMark }) {
            do {
                found.append(Object(try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys)))
            } catch {
                throw StatusError.internalError("stored \(bucket) \(stored.key.name) cannot be read: \(error)")
            }
        }
        return found
    }

    /// An object of a cluster-scoped resource.
    func clusterObject<Object: KubeObject>(_ type: Object.Type, _ name: String) -> Object? {
        object(Object.resource.groupResource.description, "", name).map(Object.init(json:))
    }
}
