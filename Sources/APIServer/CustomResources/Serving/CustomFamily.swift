import KubeSchemas
import Machinery
import Store
import Synchronization

/// A custom resource with all its versions, compiled from one state of its definition.
package final class CustomFamily: Sendable {
    /// The field of an object's header that says by which schema its bytes were written. No selector can name it.
    private static let markName = "\u{0}schema"

    let group: String
    let scopeIsNamespaced: Bool
    let names: CustomResourceDefinition.CustomNames
    let storageVersion: String
    /// By version: what of its schema decides how objects are stored.
    private let marks: [String: String]
    private let schemas: [String: StructuralSchema]
    private let compiled = AtomicLazyReference<Versions>()

    private final class Versions: Sendable {
        let all: [CustomVersion]
        init(_ all: [CustomVersion]) { self.all = all }
    }

    /// - Parameter firstFrame: the number of the first version's watch frames; the others follow.
    init(_ definition: CustomResourceDefinition, firstFrame: Int) {
        let spec = definition.spec
        group = spec.group
        scopeIsNamespaced = spec.scope == "Namespaced"
        names = definition.status.acceptedNames
        storageVersion = spec.storageVersion?.name ?? ""
        var marks: [String: String] = [:]
        var schemas: [String: StructuralSchema] = [:]
        for version in spec.versions {
            var root = version.schema ?? JSONObject()
            // A definition from before schemas were demanded keeps everything.
            if version.schema == nil || spec.preservesUnknownFields {
                root["x-kubernetes-preserve-unknown-fields"] = true
            }
            let schema = StructuralSchema(root)
            schemas[version.name] = schema
            marks[version.name] = SchemaMark.text(schema)
        }
        self.marks = marks
        self.schemas = schemas
        let versions = spec.versions.enumerated().compactMap { index, version in
            schemas[version.name].map {
                CustomVersion(
                    version, of: definition, family: self, schema: $0,
                    frameNumber: UInt8((firstFrame + index) % Self.frames))
            }
        }
        _ = compiled.storeIfNil(Versions(versions))
    }

    /// How many numbers there are for watch frames: far more than versions and changes of a definition within the
    /// history that watches can ask for.
    static let frames = 127

    var versions: [CustomVersion] { compiled.load()?.all ?? [] }

    func version(_ name: String) -> CustomVersion? { versions.first { $0.gvk.version == name } }

    // MARK: At rest

    /// What goes into the header of an object that is stored.
    func mark(_ resting: JSONObject) -> FieldPair {
        let version = GroupVersion(apiVersion: resting.string("apiVersion") ?? "")?.version ?? ""
        return FieldPair(name: Self.markName, value: "\(version) \(marks[version] ?? "")")
    }

    /// Whether the bytes of an object are as the schema has them now: pruned and with all defaults.
    func isCurrent(_ object: StoredObject) -> Bool {
        guard let mark = object.header.fields.first, mark.name == Self.markName else { return false }
        guard let space = mark.value.firstIndex(of: " ") else { return false }
        return marks[String(mark.value[..<space])].map { $0 == mark.value[mark.value.index(after: space)...] } ?? false
    }

    /// An object that was written by an earlier schema, as the present one has it.
    func refreshed(_ object: JSONObject) throws(StatusError) -> JSONObject {
        let name = GroupVersion(apiVersion: object.string("apiVersion") ?? "")?.version ?? ""
        guard let version = version(name) else { return object }
        return version.schema.defaulted(try version.coerced(object))
    }

    // MARK: Conversion

    /// The versions as the registries need them; `nil` when there is only one.
    func versionFamily(_ converter: (any VersionConverter)?) -> VersionFamily? {
        guard versions.count > 1, let stored = version(storageVersion) else { return nil }
        let others = versions.filter { $0 !== stored }.map { ($0.gvk.groupVersion, $0.mergeSchema) }
        let isSame = Set(marks.values).count == 1
        return VersionFamily(
            stored: (stored.gvk, stored.mergeSchema), others: others,
            converter: converter ?? (isSame ? nil : Relabelling(family: self)), isUniform: false,
            comparesShapes: converter == nil)
    }
}

/// Conversion by the strategy `None`: another `apiVersion`, without what the other version does not know.
struct Relabelling: PureVersionConverter {
    let family: CustomFamily

    func convert(_ object: JSONObject, to target: GroupVersion) throws(StatusError) -> JSONObject {
        guard let version = family.version(target.version) else {
            throw StatusError.internalError("request to convert CR to an invalid group/version: \(target)")
        }
        var object = object
        object["apiVersion"] = .string(target.apiVersion)
        return try version.coerced(object)
    }
}

/// What of a schema decides how objects are pruned and defaulted, as a short text: equal for schemas that do the same.
package enum SchemaMark {
    package static func text(_ schema: StructuralSchema) -> String {
        let hash = JSON.object(shape(schema)).encoded().reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 36)
    }

    private static func shape(_ schema: StructuralSchema) -> JSONObject {
        var shape = JSONObject()
        shape["d"] = schema.defaultValue
        if schema.preservesUnknownFields { shape["u"] = true }
        if schema.isEmbeddedResource { shape["e"] = true }
        if schema.isNullable { shape["n"] = true }
        if !schema.properties.isEmpty {
            shape["p"] = .object(JSONObject(schema.properties.map { ($0.name, JSON.object(self.shape($0.schema))) }))
        }
        if let items = schema.items { shape["i"] = .object(self.shape(items)) }
        switch schema.additional {
        case .unspecified: break
        case .allowed: shape["a"] = true
        case .schema(let inner): shape["a"] = .object(self.shape(inner))
        }
        return shape
    }
}
