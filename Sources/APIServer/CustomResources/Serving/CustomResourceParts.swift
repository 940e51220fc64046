import KubeSchemas
import Machinery
import Store

/// Makes what the catalog serves of a definition: a registry per served version, all over one bucket.
struct CustomResourceParts: Sendable {
    private static let verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]
    /// While its definition goes, a resource is only read and emptied.
    private static let verbsOfTerminating = ["delete", "deletecollection", "get", "list", "watch"]

    let store: any Store
    let cache: WatchCache
    let admission: AdmissionChain
    let clock: any WallClock

    func served(
        _ family: CustomFamily, _ definition: CustomResourceDefinition, converter: (any VersionConverter)?,
        life: WatchLife
    ) -> [ResourceCatalog.Served] {
        let isTerminating = definition.isTrue(.terminating)
        var admission = admission
        if isTerminating {
            admission = AdmissionChain(
                mutating: admission.mutating, validating: [NoCreation()] + admission.validating,
                metrics: admission.metrics)
        }
        let versions = family.versionFamily(converter)
        return family.versions.filter(\.isServed).map { version in
            // Objects must be changed for their finalizers to go, though discovery does not offer it any more.
            let registry = Registry(
                resource: resource(version, family, verbs: Self.verbs), versions: versions,
                strategy: CustomResourceStrategy(version), store: store,
                cache: cache, admission: admission, clock: clock, life: life)
            var subresources: [String: any SubresourceHandler] = [:]
            if version.hasStatus { subresources["status"] = StatusSubresource(registry: registry) }
            if let scale = version.scale {
                subresources["scale"] = CustomScaleSubresource(registry: registry, paths: scale)
            }
            return ResourceCatalog.Served(
                resource: resource(version, family, verbs: isTerminating ? Self.verbsOfTerminating : Self.verbs),
                serving: .stored(registry), subresources: subresources, custom: version)
        }
    }

    private func resource(_ version: CustomVersion, _ family: CustomFamily, verbs: [String]) -> APIResource {
        var subresources: [APIResource.Subresource] = []
        if version.hasStatus {
            subresources.append(.init(name: "status", kind: version.gvk, verbs: ["get", "patch", "update"]))
        }
        if version.scale != nil {
            subresources.append(.init(name: "scale", kind: ScaleSubresource.kind, verbs: ["get", "patch", "update"]))
        }
        return APIResource(
            gvr: GroupVersionResource(
                group: family.group, version: version.gvk.version, resource: family.names.plural),
            gvk: version.gvk, isNamespaced: family.scopeIsNamespaced, singularName: family.names.singular,
            shortNames: family.names.shortNames, categories: family.names.categories,
            verbs: verbs, subresources: subresources,
            schema: version.mergeSchema, listKind: family.names.listKind, isCustom: true)
    }
}

/// Refuses new objects of a resource whose definition is being deleted.
private struct NoCreation: ValidatingAdmission {
    let name = "CustomResourceTerminating"

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.operation == .create else { return }
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: attributes.name,
            "create not allowed while custom resource definition is terminating")
    }
}
