import KubeAPI
import KubeSchemas
import Machinery
import Store

extension ObjectLookup {
    /// The objects of a namespace, of a resource whose objects admission looks at again and again, in the order of
    /// their names.
    func objects<Object: KubeObject>(_ type: Object.Type, namespace: String) throws(StatusError) -> [Object] {
        let bucket = Object.resource.groupResource.description
        var found: [Object] = []
        for stored in cache.snapshot(bucket).objects(namespace: namespace) {
            do {
                found.append(
                    Object(
                        try stored.derived.value(Self.tree) { () throws(JSONError) -> JSON in
                            try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys)
                        }))
            } catch {
                throw StatusError.internalError("stored \(bucket) \(stored.key.name) cannot be read: \(error)")
            }
        }
        return found
    }
}
