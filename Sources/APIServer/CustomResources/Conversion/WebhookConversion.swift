import KubeAPI
import Machinery
import PKI

/// Conversion by the strategy `Webhook`: a program of the cluster turns objects into other versions.
///
/// It may change everything but an object's identity; of its metadata, labels and annotations. What it answers is then
/// pruned by the schema of the version it was asked for.
/// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/conversion.
struct WebhookConversion: VersionConverter {
    private static let timeout = Duration.seconds(30)
    /// What one call may hold; lists are converted in pieces of about this size.
    private static let maximumCallBytes = 2 * 1024 * 1024

    private let client: WebhookClient
    private let config: JSONObject
    /// `v1` or `v1beta1`: the first one listed that is known.
    private let reviewVersion: String?
    private let kind: String
    private let family: @Sendable () -> CustomFamily?

    /// - Parameter family: the versions, by whose schemas answers are pruned.
    init?(
        _ definition: CustomResourceDefinition, client: WebhookClient,
        family: @escaping @Sendable () -> CustomFamily?
    ) {
        guard let conversion = definition.spec.conversion, conversion.strategy == "Webhook",
            let config = conversion.clientConfig
        else { return nil }
        self.client = client
        self.config = config
        self.family = family
        kind = definition.status.acceptedNames.kind
        reviewVersion = conversion.reviewVersions.first { $0 == "v1" || $0 == "v1beta1" }
    }

    func convert(_ objects: [JSONObject], to target: GroupVersion) async throws(StatusError) -> [JSONObject] {
        var result: [JSONObject] = []
        result.reserveCapacity(objects.count)
        var rest = objects[...]
        while !rest.isEmpty {
            var count = 0
            var bytes = 0
            while count < rest.count, bytes < Self.maximumCallBytes {
                bytes += rest[rest.startIndex + count].encoded().count
                count += 1
            }
            result += try await call(Array(rest.prefix(count)), target)
            rest = rest.dropFirst(count)
        }
        return result
    }

    private func call(_ objects: [JSONObject], _ target: GroupVersion) async throws(StatusError) -> [JSONObject] {
        let name = "\(objects[0].string("apiVersion") ?? ""), Kind=\(kind)"
        guard let reviewVersion else { throw Self.failure("no supported conversion review versions") }
        let uid = UUIDv4.text()
        let review: JSONObject = [
            "kind": "ConversionReview", "apiVersion": .string("apiextensions.k8s.io/\(reviewVersion)"),
            "request": [
                "uid": .string(uid), "desiredAPIVersion": .string(target.apiVersion),
                "objects": .array(objects.map(JSON.object)),
            ],
        ]
        let answer: [UInt8]
        do throws(WebhookCallError) {
            answer = try await client.post(
                review.encoded(), to: try WebhookTarget(config), timeout: Self.timeout)
        } catch {
            throw Self.failure("conversion webhook for \(name) failed: \(error)")
        }
        let converted: [JSON]
        do throws(WebhookCallError) {
            converted = try Self.objects(in: answer, uid: uid, version: reviewVersion)
        } catch {
            throw Self.failure("conversion webhook for \(name) failed: \(error)")
        }
        guard converted.count == objects.count else {
            throw Self.failure(
                "conversion webhook for \(name) returned \(converted.count) objects, expected \(objects.count)")
        }
        var result: [JSONObject] = []
        result.reserveCapacity(objects.count)
        for (index, pair) in zip(objects, converted).enumerated() {
            result.append(try check(pair.1, against: pair.0, target, index: index, name: name))
        }
        return result
    }

    static func failure(_ message: String) -> StatusError {
        StatusError(code: 500, reason: .unknown, message: message)
    }

    /// The objects of an answer.
    private static func objects(
        in bytes: [UInt8], uid: String, version: String
    ) throws(WebhookCallError) -> [JSON] {
        let review: JSONObject
        do {
            guard case .object(let object) = try JSON(parsing: bytes) else {
                throw WebhookCallError("the answer is not an object")
            }
            review = object
        } catch {
            throw WebhookCallError("invalid answer: \(error)")
        }
        if version == "v1" {
            let expected = "apiextensions.k8s.io/v1, Kind=ConversionReview"
            let found = "\(review.string("apiVersion") ?? ""), Kind=\(review.string("kind") ?? "")"
            guard found == expected else {
                throw WebhookCallError("expected webhook response of \(expected), got \(found)")
            }
        }
        guard let response = review["response"]?.objectValue else { throw WebhookCallError("no response provided") }
        let answered = response.string("uid") ?? ""
        guard version != "v1" || answered == uid else {
            throw WebhookCallError("expected response.uid=\(GoQuote.quote(uid)), got \(GoQuote.quote(answered))")
        }
        let result = response["result"]?.objectValue ?? JSONObject()
        guard result.string("status") == "Success" else {
            if let message = result.string("message"), !message.isEmpty { throw WebhookCallError(message) }
            throw WebhookCallError("response.result.status was '\(result.string("status") ?? "")', not 'Success'")
        }
        return response.values("convertedObjects")
    }

    private func check(
        _ value: JSON, against original: JSONObject, _ target: GroupVersion, index: Int, name: String
    ) throws(StatusError) -> JSONObject {
        let head = "conversion webhook for \(name) returned invalid"
        guard case .object(var object) = value else {
            throw Self.failure("\(head) converted object at index \(index): unexpected type")
        }
        let version = object.string("apiVersion") ?? ""
        guard version == target.apiVersion else {
            throw Self.failure(
                "\(head) converted object at index \(index): invalid groupVersion (expected \(target), received "
                    + "\(version))")
        }
        let kind = object.string("kind") ?? ""
        guard kind == original.string("kind") else {
            throw Self.failure(
                "\(head) converted object at index \(index): invalid kind (expected \(original.string("kind") ?? ""), "
                    + "received \(kind))")
        }
        do throws(WebhookCallError) {
            object["metadata"] = .object(
                try Self.metadata(object["metadata"], original["metadata"]?.objectValue ?? JSONObject()))
        } catch {
            throw Self.failure("\(head) \(error.description)".replacing("@", with: " in object at index \(index): "))
        }
        return try family()?.version(target.version)?.coerced(object) ?? object
    }

    /// The original's metadata with labels and annotations as the webhook gave them. Errors have an `@` where the place
    /// is told.
    private static func metadata(_ answered: JSON?, _ original: JSONObject) throws(WebhookCallError) -> JSONObject {
        guard let answered else { throw WebhookCallError("metadata@missing metadata in converted object") }
        guard case .object(let given) = answered else {
            throw WebhookCallError("metadata@invalid metadata of type \(answered.typeName) in converted object")
        }
        for (key, word) in [("name", "name"), ("namespace", "namespace"), ("uid", "UID")] {
            let (before, after) = (original.string(key) ?? "", given.string(key) ?? "")
            guard before == after else {
                throw WebhookCallError("converted object@must have the same \(word): \(before) != \(after)")
            }
        }
        var metadata = original
        for key in ["labels", "annotations"] {
            guard let value = given[key], !value.isNull else {
                metadata[key] = nil
                continue
            }
            guard case .object(let map) = value else {
                throw WebhookCallError(
                    "metadata@invalid metadata.\(key) of type \(value.typeName) in converted object")
            }
            for member in map.members where member.value.stringValue == nil {
                throw WebhookCallError(
                    "metadata@metadata.\(key)[\(member.key)] must be a string, but is \(member.value.typeName) in "
                        + "converted object")
            }
            if original[key] != value {
                let path = FieldPath("metadata").child(key)
                let problems =
                    key == "labels"
                    ? ObjectMetaRules.validateLabels(value, path) : ObjectMetaRules.validateAnnotations(value, path)
                guard problems.isEmpty else { throw WebhookCallError("metadata@\(problems.aggregated)") }
            }
            metadata[key] = value
        }
        return metadata
    }
}

extension String {
    /// The text with the first occurrence of a character replaced.
    fileprivate func replacing(_ character: Character, with text: String) -> String {
        guard let place = firstIndex(of: character) else { return self }
        return self[..<place] + text + self[index(after: place)...]
    }
}
