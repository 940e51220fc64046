import KubeAPI
import Machinery

/// Answers with objects that are made up at each reading, in whatever shape and encoding the client asks for.
struct MadeUpObjects {
    private let strategy: any Strategy
    private let kind: String
    private let apiVersion: String

    init(_ strategy: any Strategy, _ kind: String, _ apiVersion: String) {
        self.strategy = strategy
        self.kind = kind
        self.apiVersion = apiVersion
    }

    /// - Parameter objects: what a list has, or the one object that was asked for by name.
    func response(
        _ objects: [JSONObject], form: ResponseForm, request: ServerRequest, now: Timestamp
    ) throws(StatusError) -> ServerResponse {
        let isList = request.info.verb == "list"
        switch form.shape {
        case .table:
            let table = try TableBuilder(strategy, now: now, include: request.query["includeObject"])
            return try ObjectResponse.encode(
                table.table(objects.map { TableSubject(working: $0, served: $0) }, metadata: JSONObject()), form: form)
        case .partialMetadata where isList:
            return try ObjectResponse.encode(PartialMetadata.list(objects, metadata: JSONObject()), form: form)
        case .object where isList:
            return try ObjectResponse.encode(
                [
                    "kind": .string(kind + "List"), "apiVersion": .string(apiVersion),
                    "metadata": .object(JSONObject()), "items": .array(objects.map(JSON.object)),
                ], form: form)
        case .partialMetadata: return try ObjectResponse.encode(PartialMetadata.make(objects[0]), form: form)
        case .object: return try ObjectResponse.encode(objects[0], form: form)
        }
    }
}
