/// The objects of a bucket at one revision; never changes.
package struct BucketSnapshot: Sendable {
    package let bucket: String
    /// The state holds every change up to this revision of the store, and none after it.
    package let revision: UInt64
    let table: ObjectTable
    /// The revision of the bucket's latest change in the table.
    let version: UInt64
    let memo: SharedObjectsMemo

    package var count: Int { table.count }

    package func get(namespace: String, name: String) -> StoredObject? {
        table.get(namespace: namespace, name: name)
    }

    /// All objects of a namespace, or of all (nil), as an array that others who want the same share.
    package func shared(namespace: String?) -> SharedObjects {
        memo.objects(at: version, namespace: namespace) { Array(table.objects(namespace: namespace)) }
    }

    /// The objects of a namespace, or of all (nil), in key order, after `after` (a namespace and a name).
    package func objects(
        namespace: String? = nil, after: (namespace: String, name: String)? = nil
    ) -> ObjectSlice {
        table.objects(namespace: namespace, after: after)
    }
}
