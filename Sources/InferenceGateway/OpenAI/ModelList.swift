import Machinery

/// The models that can be asked for, as `GET /v1/models` tells them.
package struct ModelList: Sendable, Hashable {
    package struct Model: Sendable, Hashable {
        package let name: String
        /// The namespace of the route that serves it.
        package let owner: String
        /// In seconds since the epoch.
        package let created: Int64

        var json: JSONObject {
            [
                "id": .string(name), "object": "model", "created": .int(created), "owned_by": .string(owner),
            ]
        }
    }

    package let models: [Model]

    /// - Parameter models: of several of one name the first is told.
    init(_ models: [Model]) {
        var seen: Set<String> = []
        self.models = models.filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
    }

    subscript(name: String) -> Model? { models.first { $0.name == name } }

    var json: JSONObject { ["object": "list", "data": .array(models.map { .object($0.json) })] }
}
