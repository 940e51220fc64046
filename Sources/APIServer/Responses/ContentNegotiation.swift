import Machinery

/// The form in which a client wants objects: a media type and the kind they are turned into.
package struct ResponseForm: Sendable, Hashable {
    package enum Encoding: Sendable, Hashable { case json, yaml, protobuf, cbor }
    package enum Shape: Sendable, Hashable { case object, table, partialMetadata }

    package var encoding: Encoding = .json
    package var shape: Shape = .object
    package var isPretty = false

    /// Chooses the form that an `Accept` header likes best among those served here; the empty header takes anything.
    ///
    /// - Parameters:
    ///   - hasProtobuf: whether the kind has a protobuf form; custom resources have none.
    ///   - isReview: whether the answer is a review, which has neither columns nor metadata to show.
    package static func negotiate(
        accept: String, hasProtobuf: Bool = true, isReview: Bool = false
    ) throws(StatusError) -> ResponseForm {
        if accept.isEmpty || accept == "application/json" || accept == "*/*" { return ResponseForm() }
        var best: (form: ResponseForm, quality: Double)?
        for clause in accept.split(separator: ",") {
            guard let (form, quality) = read(clause, hasProtobuf: hasProtobuf), quality > best?.quality ?? 0 else {
                continue
            }
            if isReview, form.shape != .object { continue }
            best = (form, quality)
        }
        guard let best else { throw StatusError.notAcceptable(accepted: served(hasProtobuf: hasProtobuf)) }
        return best.form
    }

    private static func served(hasProtobuf: Bool) -> [String] {
        [ContentType.json, ContentType.yaml] + (hasProtobuf ? [ContentType.protobuf] : []) + [ContentType.cbor]
    }

    /// One media range with its parameters; `nil` when it is none that is served.
    private static func read(_ clause: Substring, hasProtobuf: Bool) -> (form: ResponseForm, quality: Double)? {
        let parts = clause.split(separator: ";").map { $0.trimmingSpaces() }
        guard let media = parts.first, let encoding = encoding(media) else { return nil }
        if encoding == .protobuf, !hasProtobuf { return nil }
        var parameters: [Substring: Substring] = [:]
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            parameters[part[..<equals]] = part[part.index(after: equals)...]
        }
        var form = ResponseForm(encoding: encoding)
        switch parameters["as"] {
        case nil: form.shape = .object
        case "Table"
        where parameters["g"] == "meta.k8s.io" && ["v1", "v1beta1"].contains(parameters["v"] ?? "")
            && encoding != .protobuf:
            form.shape = .table
        case "PartialObjectMetadata" where parameters["g"] == "meta.k8s.io",
            "PartialObjectMetadataList" where parameters["g"] == "meta.k8s.io":
            form.shape = .partialMetadata
        default: return nil
        }
        form.isPretty = parameters["pretty"] == "1"
        return (form, parameters["q"].flatMap { Double($0) } ?? 1)
    }

    private static func encoding(_ media: Substring) -> Encoding? {
        switch media {
        case "application/json", "*/*", "application/*": .json
        case "application/yaml", "text/yaml", "application/x-yaml": .yaml
        case "application/vnd.kubernetes.protobuf": .protobuf
        case "application/cbor", "application/cbor-seq": .cbor
        default: nil
        }
    }

    /// The media type of a watch in this form.
    var watchContentType: String {
        switch encoding {
        case .json, .yaml: ContentType.json
        case .protobuf: ContentType.protobuf + ";stream=watch"
        case .cbor: "application/cbor-seq"
        }
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
