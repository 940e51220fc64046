import KubeAPI
import Machinery

/// A page of objects with the version it was read at.
package struct ObjectList<Object: Sendable>: Sendable {
    package var items: [Object]
    /// The version of the whole list: where a watch goes on from.
    package var resourceVersion: String
    /// Where the next page starts; `nil` after the last one.
    package var continueToken: String?

    package init(items: [Object], resourceVersion: String, continueToken: String? = nil) {
        self.items = items
        self.resourceVersion = resourceVersion
        self.continueToken = continueToken
    }
}

extension ObjectList {
    /// Reads the tree of a list; items that are no objects are left out.
    init(reading list: JSONObject, item: (JSONObject) -> Object) {
        let metadata = list["metadata"]
        let token = metadata?["continue"]?.stringValue ?? ""
        self.init(
            items: list["items"]?.arrayValue?.compactMap { $0.objectValue.map(item) } ?? [],
            resourceVersion: metadata?["resourceVersion"]?.stringValue ?? "",
            continueToken: token.isEmpty ? nil : token)
    }
}
