/// A label of an object.
package struct LabelPair: Hashable, Sendable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// The value of a selectable field of an object, `spec.nodeName` = `n1`.
package struct FieldPair: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What selectors and preconditions need to know of an object without parsing its bytes.
package struct ObjectHeader: Hashable, Sendable {
    package var uid: String
    /// Sorted by the bytes of the key, keys unique.
    package var labels: [LabelPair]
    /// The selectable fields. `metadata.name` and `metadata.namespace` may be left out: the key answers for them.
    package var fields: [FieldPair]
    /// When the object is to be deleted, in seconds since the epoch; nil for never.
    package var expires: Int64?

    /// Sorts the labels.
    package init(uid: String, labels: [LabelPair] = [], fields: [FieldPair] = [], expires: Int64? = nil) {
        self.uid = uid
        self.labels = labels.sorted { ByteOrder.compare($0.key, $1.key) < 0 }
        self.fields = fields
        self.expires = expires
    }

    /// Takes labels that have been sorted before.
    init(uid: String, sortedLabels: [LabelPair], fields: [FieldPair], expires: Int64?) {
        self.uid = uid
        labels = sortedLabels
        self.fields = fields
        self.expires = expires
    }

    /// The value of a label.
    package func label(_ key: String) -> String? {
        var low = 0
        var high = labels.count
        while low < high {
            let middle = (low + high) / 2
            let order = ByteOrder.compare(labels[middle].key, key)
            if order == 0 { return labels[middle].value }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The value of a selectable field listed in `fields`.
    package func field(_ name: String) -> String? {
        fields.first { ByteOrder.compare($0.name, name) == 0 }?.value
    }
}
