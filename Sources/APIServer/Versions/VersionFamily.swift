import Machinery

/// The versions in which one kind is served, and the ways between them.
///
/// Objects are stored in one version, `stored`. Versions whose schemas have the same shape differ in their `apiVersion`
/// alone, which is replaced in the bytes; between others a converter works.
package struct VersionFamily: Sendable {
    /// What has to be done to an object to get it in another version.
    enum Passage: Sendable {
        case none
        /// The shapes are the same.
        case relabel
        case compute(any PureVersionConverter)
        case ask(any VersionConverter)
    }

    /// The version new bytes are written in.
    package let stored: GroupVersionKind
    /// Every version in a fixed order; the stored one is first.
    package let versions: [GroupVersion]
    private let schemas: [Schema]
    /// Versions with the same number have the same shape.
    private let shapes: [String: Int]
    private let converter: (any VersionConverter)?
    /// Whether all bytes at rest are of the stored version. Not so where the version to store can change (custom
    /// resources) until every object was written anew.
    let isUniform: Bool

    /// - Parameters:
    ///   - stored: the version to store, with its schema.
    ///   - others: the other versions served, or found at rest.
    ///   - converter: `nil` when all versions have the same shape.
    ///   - comparesShapes: whether versions of the same shape are alike. Not so where a webhook converts: what it does
    ///     is its own business.
    package init(
        stored: (kind: GroupVersionKind, schema: Schema), others: [(version: GroupVersion, schema: Schema)],
        converter: (any VersionConverter)?, isUniform: Bool = true, comparesShapes: Bool = true
    ) {
        let members = [(version: stored.kind.groupVersion, schema: stored.schema)] + others
        self.stored = stored.kind
        versions = members.map(\.version)
        schemas = members.map(\.schema)
        self.converter = converter
        self.isUniform = isUniform
        var shapes: [String: Int] = [:]
        for (index, member) in members.enumerated() {
            let same =
                converter == nil
                ? 0 : !comparesShapes ? nil : members[..<index].firstIndex { $0.schema.hasSameShape(as: member.schema) }
            shapes[member.version.apiVersion] = same ?? index
        }
        self.shapes = shapes
    }

    /// The schema of a version; `nil` for one that is not of the family.
    func schema(_ apiVersion: String) -> Schema? {
        versions.firstIndex { $0.apiVersion == apiVersion }.map { schemas[$0] }
    }

    /// The place of a version in the family: 0 for the stored one.
    func index(of version: GroupVersion) -> Int { versions.firstIndex(of: version) ?? 0 }

    func hasSameShape(_ left: String, _ right: String) -> Bool {
        left == right || shapes[left] != nil && shapes[left] == shapes[right]
    }

    func passage(from: String, to: String) -> Passage {
        if from == to { return .none }
        guard let converter, !hasSameShape(from, to) else { return .relabel }
        if let pure = converter as? any PureVersionConverter { return .compute(pure) }
        return .ask(converter)
    }

    /// Whether objects of every version can be had in `version` without waiting.
    package func isImmediate(to version: GroupVersion) -> Bool {
        versions.allSatisfy { from in
            if case .ask = passage(from: from.apiVersion, to: version.apiVersion) { return false }
            return true
        }
    }

    package func convert(_ object: JSONObject, to version: GroupVersion) async throws(StatusError) -> JSONObject {
        if let converted = try convertNow(object, to: version) { return converted }
        guard let converted = try await converter?.convert([object], to: version).first else {
            throw StatusError.internalError("the conversion to \(version) gave no object")
        }
        return converted
    }

    /// Converts many at once, for converters that answer over a network.
    package func convert(
        _ objects: [JSONObject], to version: GroupVersion
    ) async throws(StatusError) -> [JSONObject] {
        var result: [JSONObject] = []
        result.reserveCapacity(objects.count)
        var waiting: [JSONObject] = []
        var places: [Int] = []
        for object in objects {
            if let converted = try convertNow(object, to: version) {
                result.append(converted)
            } else {
                places.append(result.count)
                waiting.append(object)
                result.append(object)
            }
        }
        guard let converter, !waiting.isEmpty else { return result }
        let converted = try await converter.convert(waiting, to: version)
        guard converted.count == places.count else {
            throw StatusError.internalError(
                "the conversion to \(version) gave \(converted.count) of \(places.count) objects")
        }
        for (place, object) in zip(places, converted) { result[place] = object }
        return result
    }

    /// Converts without waiting; `nil` where that cannot be done.
    func convertNow(_ object: JSONObject, to version: GroupVersion) throws(StatusError) -> JSONObject? {
        let target = version.apiVersion
        switch passage(from: object.string("apiVersion") ?? "", to: target) {
        case .none:
            return object
        case .relabel:
            var relabelled = object
            relabelled["apiVersion"] = .string(target)
            return relabelled
        case .compute(let converter):
            return try converter.convert(object, to: version)
        case .ask:
            return nil
        }
    }
}
