/// Who owns which fields of an object: the list in `metadata.managedFields`.
package struct ManagedFields: Sendable {
    package enum Operation: String, Hashable, Sendable {
        case apply = "Apply"
        case update = "Update"
    }

    /// A manager as an owner: the same program counts as several when it works in different ways.
    package struct Owner: Hashable, Sendable {
        package let manager: String
        package let operation: Operation
        /// Part of the identity for updates only: an applier stays the same when it changes versions.
        package let apiVersion: String
        package let subresource: String

        package init(manager: String, operation: Operation, apiVersion: String, subresource: String = "") {
            self.manager = manager
            self.operation = operation
            self.apiVersion = apiVersion
            self.subresource = subresource
        }

        package static func == (left: Owner, right: Owner) -> Bool {
            left.manager == right.manager && left.operation == right.operation && left.subresource == right.subresource
                && (left.operation == .apply || left.apiVersion == right.apiVersion)
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(manager)
            hasher.combine(operation)
            hasher.combine(subresource)
            if operation == .update { hasher.combine(apiVersion) }
        }

        /// As conflict messages name it.
        var description: String {
            var text = GoQuote.quote(manager)
            if !subresource.isEmpty { text += " with subresource \(GoQuote.quote(subresource))" }
            if operation == .update { text += " using \(apiVersion)" }
            return text
        }
    }

    package struct Entry: Sendable {
        package var owner: Owner
        package var fields: FieldSet
        package var time: Timestamp?
    }

    package var entries: [Entry] = []

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    package subscript(owner: Owner) -> Entry? {
        entries.first { $0.owner == owner }
    }

    mutating func set(_ entry: Entry) {
        if let index = entries.firstIndex(where: { $0.owner == entry.owner }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
    }

    mutating func remove(_ owner: Owner) {
        entries.removeAll { $0.owner == owner }
    }

    /// The fields that anyone owns.
    var union: FieldSet { entries.reduce(FieldSet()) { $0.union($1.fields) } }
}

extension ManagedFields {
    /// Reads `metadata.managedFields`; `nil` when an entry is malformed, which counts as no list at all.
    package init?(json: [JSON]) {
        self.init(json, fields: FieldSet.init(fieldsV1:))
    }

    /// Reads the list of a stored object, whose sets were checked when they came in.
    init?(stored json: [JSON]) {
        self.init(json, fields: FieldSet.init(trusted:))
    }

    private init?(_ json: [JSON], fields read: (JSONObject) -> FieldSet?) {
        for element in json {
            guard case .object(let object) = element,
                let operation = Operation(rawValue: object.string("operation") ?? ""),
                let apiVersion = object.string("apiVersion"), !apiVersion.isEmpty,
                object.string("fieldsType") == "FieldsV1",
                let fields = read(object["fieldsV1"]?.objectValue ?? JSONObject())
            else { return nil }
            let owner = Owner(
                manager: object.string("manager") ?? "", operation: operation, apiVersion: apiVersion,
                subresource: object.string("subresource") ?? "")
            entries.append(Entry(owner: owner, fields: fields, time: object.time("time")))
        }
    }

    /// The entries in the order Kubernetes keeps: appliers first, then by time, manager, version and subresource.
    package var json: [JSON] {
        entries.sorted(by: Self.precedes).map { entry in
            var object: JSONObject = [
                "apiVersion": .string(entry.owner.apiVersion), "fieldsType": "FieldsV1",
                "fieldsV1": .object(entry.fields.json), "operation": .string(entry.owner.operation.rawValue),
            ]
            if !entry.owner.manager.isEmpty { object["manager"] = .string(entry.owner.manager) }
            if !entry.owner.subresource.isEmpty { object["subresource"] = .string(entry.owner.subresource) }
            if let time = entry.time { object["time"] = time.json }
            return .object(object)
        }
    }

    private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        if left.owner.operation != right.owner.operation { return left.owner.operation == .apply }
        return precedesInTime(left, right)
    }

    private static func precedesInTime(_ left: Entry, _ right: Entry) -> Bool {
        let leftSeconds = left.time?.seconds ?? 0
        let rightSeconds = right.time?.seconds ?? 0
        if leftSeconds != rightSeconds { return leftSeconds < rightSeconds }
        let order = UTF8Order.compare(left.owner.manager, right.owner.manager)
        if order != 0 { return order < 0 }
        if left.owner.apiVersion != right.owner.apiVersion {
            return UTF8Order.isLess(left.owner.apiVersion, right.owner.apiVersion)
        }
        return UTF8Order.isLess(left.owner.subresource, right.owner.subresource)
    }

    /// Update entries beyond the limit: the oldest become one entry a version.
    static let maximumUpdaters = 10
    static let oldUpdatesManager = "ancient-changes"

    mutating func capUpdaters() {
        var excess = entries.count { $0.owner.operation == .update } - Self.maximumUpdaters
        guard excess > 0 else { return }
        let oldest = entries.filter { $0.owner.operation == .update }.sorted(by: Self.precedesInTime)
        var firstOfVersion: [String: Entry] = [:]
        for entry in oldest where excess > 0 {
            let version = entry.owner.apiVersion
            let bucket = Owner(manager: Self.oldUpdatesManager, operation: .update, apiVersion: version)
            guard let first = firstOfVersion[version] else {
                firstOfVersion[version] = entry
                continue
            }
            if self[bucket] == nil {
                remove(first.owner)
                set(Entry(owner: bucket, fields: first.fields, time: first.time))
            }
            guard entry.owner != bucket else { continue }
            let merged = entry.fields.union(self[bucket]?.fields ?? FieldSet())
            remove(entry.owner)
            set(Entry(owner: bucket, fields: merged, time: entry.time))
            excess -= 1
        }
    }
}
