import Synchronization

/// All objects of a bucket or of one of its namespaces, in key order, as one array for everybody who lists them at the
/// same time: many large lists at once cost the memory of one.
package final class SharedObjects: Sendable {
    package let objects: [StoredObject]

    init(_ objects: [StoredObject]) {
        self.objects = objects
    }
}

/// Finds the array that another list is being answered from. It lives as long as somebody uses it.
final class SharedObjectsMemo: Sendable {
    private struct Entry {
        weak var shared: SharedObjects?
        var version: UInt64
        var namespace: String?
    }

    private let latest = Mutex<Entry?>(nil)

    /// - Parameter version: the revision of the bucket's latest change.
    func objects(at version: UInt64, namespace: String?, _ make: () -> [StoredObject]) -> SharedObjects {
        let present = latest.withLock { entry -> SharedObjects? in
            guard let entry, entry.version == version, entry.namespace == namespace else { return nil }
            return entry.shared
        }
        if let present { return present }
        let made = SharedObjects(make())
        latest.withLock { $0 = Entry(shared: made, version: version, namespace: namespace) }
        return made
    }
}
