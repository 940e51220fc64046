/// The objects of a bucket at one revision; never changes.
package struct BucketSnapshot: Sendable {
    package let bucket: String
    /// The state holds every change up to this revision of the store, and none after it.
    package let revision: UInt64
    let table: ObjectTable

    package var count: Int { table.count }

    package func get(namespace: String, name: String) -> StoredObject? {
        table.get(namespace: namespace, name: name)
    }

    /// The objects of a namespace, or of all (nil), in key order, after `after` (a namespace and a name).
    package func objects(
        namespace: String? = nil, after: (namespace: String, name: String)? = nil
    ) -> ObjectSlice {
        table.objects(namespace: namespace, after: after)
    }
}
