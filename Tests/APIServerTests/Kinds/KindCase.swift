import Machinery
import Testing

/// A kind with an object that is right, wrong ones, and what changes of it lead to.
struct KindCase: Sendable, CustomTestStringConvertible {
    struct Wrong: Sendable {
        /// Members to set, by dotted path; `nil` removes one.
        let changes: [(path: String, value: JSON?)]
        /// Part of the message.
        let text: String

        init(_ changes: KeyValuePairs<String, JSON?>, _ text: String) {
            self.changes = changes.map { ($0.key, $0.value) }
            self.text = text
        }
    }

    /// Of the collection.
    let path: String
    let good: JSON
    /// Refused at creation.
    var wrong: [Wrong] = []
    /// Refused as updates of the good one.
    var wrongUpdates: [Wrong] = []
    /// The cells of the good one in the Table form, but for the age.
    var cells: [JSON] = []

    var testDescription: String { path }
}

extension JSON {
    /// The value with a member at a dotted path set, or removed.
    func setting(_ path: String, _ value: JSON?) -> JSON {
        setting(path.split(separator: ".").map(String.init)[...], value)
    }

    private func setting(_ path: ArraySlice<String>, _ value: JSON?) -> JSON {
        guard let first = path.first else { return value ?? .null }
        if case .array(var elements) = self, let index = Int(first), elements.indices.contains(index) {
            elements[index] = elements[index].setting(path.dropFirst(), value)
            return .array(elements)
        }
        var object = objectValue ?? JSONObject()
        object[first] = path.count == 1 ? value : (object[first] ?? [:]).setting(path.dropFirst(), value)
        return .object(object)
    }
}
