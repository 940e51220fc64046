import Machinery

/// A configuration file as Kubernetes reads its own: YAML or JSON with `apiVersion` and `kind`, in which nothing
/// unknown may stand. A misspelt member of a security setting must not be passed over in silence.
package struct ConfigurationDocument: Sendable {
    /// What members an object may have.
    package indirect enum Shape: Sendable {
        /// Anything.
        case value
        case object([String: Shape])
        case list(Shape)
    }

    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }
    }

    package let version: String
    package let object: JSONObject

    /// - Parameters:
    ///   - group: the API group it has to be of; with `kind` and `versions` all that is read.
    ///   - shape: the members besides `apiVersion` and `kind`.
    package init(
        _ bytes: [UInt8], group: String, versions: [String], kind: String, shape: [String: Shape]
    ) throws(Failure) {
        let value: JSON
        do {
            let document = try YAMLParser.parse(bytes)
            if let twice = document.duplicates.first { throw Failure("strict decoding error: \(twice)") }
            value = document.value
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("couldn't get version/kind; yaml parse error: \(error)")
        }
        guard case .object(let object) = value else { throw Failure("the file is no YAML or JSON object") }
        let given = GroupVersion(apiVersion: object.string("apiVersion") ?? "")
        guard let given, given.group == group, versions.contains(given.version), object.string("kind") == kind else {
            throw Failure(
                "no kind \(GoQuote.quote(object.string("kind") ?? "")) is registered for version "
                    + GoQuote.quote(object.string("apiVersion") ?? ""))
        }
        var known = shape
        known["apiVersion"] = .value
        known["kind"] = .value
        var problems: [String] = []
        Self.check(value, .object(known), "", &problems)
        guard problems.isEmpty else {
            throw Failure("strict decoding error: " + problems.joined(separator: ", "))
        }
        version = given.version
        self.object = object
    }

    private static func check(_ value: JSON, _ shape: Shape, _ path: String, _ problems: inout [String]) {
        switch (shape, value) {
        case (.value, _), (_, .null):
            return
        case (.object(let members), .object(let object)):
            for member in object.members {
                let place = path.isEmpty ? member.key : "\(path).\(member.key)"
                guard let known = members[member.key] else {
                    problems.append("unknown field \(GoQuote.quote(place))")
                    continue
                }
                check(member.value, known, place, &problems)
            }
        case (.list(let element), .array(let elements)):
            for (index, item) in elements.enumerated() { check(item, element, "\(path)[\(index)]", &problems) }
        case (.object, _):
            problems.append("\(path) is no object")
        case (.list, _):
            problems.append("\(path) is no list")
        }
    }
}

extension [FieldError] {
    /// All at once as one text, as Go's aggregated errors print themselves.
    var configurationFailure: ConfigurationDocument.Failure? {
        isEmpty ? nil : ConfigurationDocument.Failure(aggregated)
    }
}
