import KubeAPI
import Machinery

package struct CustomResourceDefinitionStrategy: Strategy {
    package typealias Object = CustomResourceDefinition

    package init() {}

    package func applyDefaults(_ object: inout CustomResourceDefinition) {
        guard case .object(var spec)? = object.json["spec"] else { return }
        if case .object(var names)? = spec["names"] {
            let kind = names.string("kind") ?? ""
            if (names.string("singular") ?? "").isEmpty, !kind.isEmpty { names.set("singular", kind.lowercased()) }
            if (names.string("listKind") ?? "").isEmpty, !kind.isEmpty { names.set("listKind", kind + "List") }
            spec["names"] = .object(names)
        }
        var conversion = spec["conversion"]?.objectValue ?? JSONObject()
        if (conversion.string("strategy") ?? "").isEmpty { conversion.set("strategy", "None") }
        if case .object(var service)? = conversion["webhook"]?["clientConfig"]?["service"], service["port"] == nil {
            service.set("port", Optional(Int64(443)))
            var client = conversion["webhook"]?["clientConfig"]
            client?.setMember("service", .object(service))
            conversion["webhook"]?.setMember("clientConfig", client)
        }
        spec["conversion"] = .object(conversion)
        object.json["spec"] = .object(spec)
    }

    package func prepareForCreate(_ object: inout CustomResourceDefinition) {
        object.json["status"] = nil
        rememberStorage(&object)
    }

    package func prepareForUpdate(_ object: inout CustomResourceDefinition, from old: CustomResourceDefinition) {
        object.json["status"] = old.json["status"]
        rememberStorage(&object)
    }

    /// Objects may lie in the store in this version from now on.
    private func rememberStorage(_ object: inout CustomResourceDefinition) {
        guard let version = object.spec.storageVersion?.name else { return }
        var status = object.status
        guard !status.storedVersions.contains(version) else { return }
        status.storedVersions.append(version)
        object.status = status
    }

    /// The instances go first, while the definition waits.
    package func prepareForDeletion(_ object: inout CustomResourceDefinition) {
        guard !object.isBeingDeleted else { return }
        if !object.metadata.finalizers.contains(CustomResourceDefinition.cleanupFinalizer) {
            object.metadata.finalizers.append(CustomResourceDefinition.cleanupFinalizer)
        }
        object.setCondition(
            .terminating, true, reason: "InstanceDeletionPending",
            message: "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
            now: SystemWallClock().now)
    }

    package var returnsDeletedObject: Bool { true }

    // MARK: Rules

    package func validate(_ object: CustomResourceDefinition) -> [FieldError] {
        DefinitionValidation(object).errors
    }

    package func validateChange(_ object: CustomResourceDefinition, from old: CustomResourceDefinition) -> [FieldError]
    {
        DefinitionValidation(object, from: old).errors
    }

    package func validateStatusUpdate(_ object: CustomResourceDefinition, from old: CustomResourceDefinition)
        -> [FieldError]
    {
        NamesRules.validate(object.status.acceptedNames, at: FieldPath("status").child("acceptedNames"))
    }

    package func warnings(for object: CustomResourceDefinition, from old: CustomResourceDefinition?) -> [String] {
        let before = Set(old.map(unknownFormats) ?? [])
        return unknownFormats(object).filter { !before.contains($0) }.map { "unrecognized format \(GoQuote.quote($0))" }
    }

    private func unknownFormats(_ definition: CustomResourceDefinition) -> [String] {
        var formats: [String] = []
        for version in definition.spec.versions {
            guard let schema = version.schema else { continue }
            _ = StructuralSchema(schema).contains { part in
                if !part.format.isEmpty, !ValueFormat.isKnown(part.format, types: [part.type]) {
                    formats.append(part.format)
                }
                return false
            }
        }
        return formats
    }

    // MARK: Reading

    package var columns: [TableColumn] {
        [.name, TableColumn("Created At", type: "date", description: "When the definition was created.")]
    }

    package func cells(_ object: CustomResourceDefinition, now: Timestamp) -> [JSON] {
        [.string(object.name), object.metadata.json["creationTimestamp"] ?? "<unknown>"]
    }
}
