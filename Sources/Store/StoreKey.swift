/// The name of an object in the store.
///
/// Keys are ordered by bucket, then namespace, then name, each by its UTF-8 bytes; two keys are equal when their bytes
/// are.
package struct StoreKey: Sendable {
    /// The resource, `pods` or `deployments.apps`.
    package var bucket: String
    /// Empty for cluster-scoped resources.
    package var namespace: String
    package var name: String

    package init(bucket: String, namespace: String, name: String) {
        self.bucket = bucket
        self.namespace = namespace
        self.name = name
    }
}

extension StoreKey: Hashable {
    package static func == (left: StoreKey, right: StoreKey) -> Bool {
        ByteOrder.compare(left.name, right.name) == 0 && ByteOrder.compare(left.namespace, right.namespace) == 0
            && ByteOrder.compare(left.bucket, right.bucket) == 0
    }

    package func hash(into hasher: inout Hasher) {
        name.hash(into: &hasher)
        namespace.hash(into: &hasher)
        bucket.hash(into: &hasher)
    }
}

extension StoreKey: Comparable {
    package static func < (left: StoreKey, right: StoreKey) -> Bool {
        let bucket = ByteOrder.compare(left.bucket, right.bucket)
        if bucket != 0 { return bucket < 0 }
        let namespace = ByteOrder.compare(left.namespace, right.namespace)
        if namespace != 0 { return namespace < 0 }
        return ByteOrder.compare(left.name, right.name) < 0
    }
}

extension StoreKey: CustomStringConvertible {
    package var description: String {
        namespace.isEmpty ? "\(bucket)/\(name)" : "\(bucket)/\(namespace)/\(name)"
    }
}
