import Synchronization

/// Names a derived value; the API server defines them. At most one value is kept for each name.
package struct DerivedKey: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }
}

/// Values computed from an immutable object or event and kept with it, such as its protobuf bytes or its watch frame,
/// so that they are made once for everyone who needs them.
package struct DerivedValues: ~Copyable, Sendable {
    private let values = Mutex<[(key: DerivedKey, value: any Sendable)]>([])

    init() {}

    /// The value kept under `key`, made by `make` when there is none of this type yet. Two callers at the same moment
    /// may both make it; all get the one kept first.
    package func value<Value: Sendable, Failure: Error>(
        _ key: DerivedKey, make: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let kept: Value = kept(key) { return kept }
        let made = try make()
        return values.withLock { values in
            if let index = values.firstIndex(where: { $0.key == key }) {
                if let earlier = values[index].value as? Value { return earlier }
                values[index].value = made
            } else {
                values.append((key, made))
            }
            return made
        }
    }

    /// Lets go of all values; they are made anew where somebody asks once more.
    func clear() {
        // Released outside the lock.
        let old = values.withLock { values in
            defer { values = [] }
            return values
        }
        withExtendedLifetime(old) {}
    }

    private func kept<Value: Sendable>(_ key: DerivedKey) -> Value? {
        values.withLock { values in values.first { $0.key == key }?.value as? Value }
    }
}
