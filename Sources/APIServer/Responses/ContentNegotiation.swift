import Machinery

/// The form in which a client wants objects: a media type and the kind they are turned into.
package struct ResponseForm: Sendable, Hashable {
    package enum Encoding: Sendable, Hashable { case json, yaml }
    package enum Shape: Sendable, Hashable { case object, table, partialMetadata }

    package var encoding: Encoding = .json
    package var shape: Shape = .object
    package var isPretty = false

    /// Chooses the first form in an `Accept` header that is served here; the empty header takes anything.
    package static func negotiate(accept: String) throws(StatusError) -> ResponseForm {
        if accept.isEmpty || accept == "application/json" || accept == "*/*" { return ResponseForm() }
        for clause in accept.split(separator: ",") {
            let parts = clause.split(separator: ";").map { $0.trimmingSpaces() }
            guard let media = parts.first else { continue }
            var form = ResponseForm()
            switch media {
            case "application/json", "*/*", "application/*": form.encoding = .json
            case "application/yaml", "text/yaml", "application/x-yaml": form.encoding = .yaml
            default: continue
            }
            var parameters: [Substring: Substring] = [:]
            for part in parts.dropFirst() {
                guard let equals = part.firstIndex(of: "=") else { continue }
                parameters[part[..<equals]] = part[part.index(after: equals)...]
            }
            switch parameters["as"] {
            case nil: form.shape = .object
            case "Table" where parameters["g"] == "meta.k8s.io" && ["v1", "v1beta1"].contains(parameters["v"] ?? ""):
                form.shape = .table
            case "PartialObjectMetadata" where parameters["g"] == "meta.k8s.io",
                "PartialObjectMetadataList" where parameters["g"] == "meta.k8s.io":
                form.shape = .partialMetadata
            default: continue
            }
            form.isPretty = parameters["pretty"] == "1"
            return form
        }
        throw StatusError.notAcceptable(accepted: ["application/json", "application/yaml"])
    }
}

extension Substring {
    func trimmingSpaces() -> Substring {
        var text = self
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return text
    }
}
