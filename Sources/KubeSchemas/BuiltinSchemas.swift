import Machinery

/// The built-in API of Kubernetes 1.36: every type by its OpenAPI definition name, every resource by its group version.
///
/// The texts in Schemas/ are the one source; they are read once, at first use.
package enum BuiltinSchemas {
    /// The texts, one per group version, in the order in which typed models claim short names.
    static let texts = [
        metaV1, coreV1, appsV1, batchV1, rbacV1, authenticationV1, authorizationV1, autoscalingV2, autoscalingV1,
        certificatesV1, coordinationV1, discoveryV1, eventsV1, policyV1, schedulingV1, nodeV1, networkingV1, storageV1,
        apiextensionsV1, apiregistrationV1, admissionregistrationV1, flowcontrolV1, resourceV1, version,
        admissionregistrationV1beta1, admissionregistrationV1alpha1, apiserverinternalV1alpha1, certificatesV1beta1,
        certificatesV1alpha1, coordinationV1beta1, coordinationV1alpha2, networkingV1beta1, resourceV1beta2,
        resourceV1beta1, resourceV1alpha3, schedulingV1alpha2, storageV1beta1, storagemigrationV1beta1,
        metricsV1beta1,
    ]

    /// Everything that was read, indexed.
    struct Catalog: Sendable {
        /// Schemas by definition name.
        let schemas: [String: Schema]
        /// Definition names in the order of the texts.
        let order: [String]
        let resources: [APIResource]
        let kinds: [GroupVersionKind: Schema]
    }

    static let catalog: Catalog = {
        var schemas: [String: Schema] = [:]
        var order: [String] = []
        var resources: [APIResource] = []
        var kinds: [GroupVersionKind: Schema] = [:]
        for text in texts {
            let package: SchemaText.Package
            do {
                package = try SchemaText.read(text)
            } catch {
                // Unreachable: the texts are part of the program, and a test reads them all.
                preconditionFailure("built-in schema text: \(error)")
            }
            let names = Set(package.types.map(\.name))
            let reader = SchemaTypeReader(prefix: package.prefix, names: names)
            for declaration in package.types {
                let schema = reader.schema(declaration)
                schemas[schema.definition] = schema
                order.append(schema.definition)
                if let group = package.group, declaration.isKind {
                    kinds[GroupVersionKind(group: group, version: package.version, kind: schema.name)] = schema
                }
            }
            guard let group = package.group else { continue }
            for declaration in package.resources {
                guard let schema = schemas["\(package.prefix).\(declaration.kind)"] else { continue }
                resources.append(
                    reader.resource(declaration, group: group, version: package.version, schema: schema))
            }
        }
        return Catalog(schemas: schemas, order: order, resources: resources, kinds: kinds)
    }()

    /// The schema of a definition such as `io.k8s.api.core.v1.PodSpec`.
    package static func schema(definition: String) -> Schema? { catalog.schemas[definition] }

    /// The schema of a built-in kind.
    package static func schema(kind: GroupVersionKind) -> Schema? { catalog.kinds[kind] }

    /// Every resource that Kubernetes 1.36 knows, in the order of the texts.
    package static var resources: [APIResource] { catalog.resources }

    /// Definition names in the order of the texts.
    package static var definitions: [String] { catalog.order }

    /// Changes with every change of the texts (FNV-1a over all of them), so that clients may keep what is derived from
    /// them.
    package static let fingerprint: UInt64 = texts.reduce(0xcbf2_9ce4_8422_2325) { hash, text in
        text.utf8.reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// Long member names, for parsers.
    package static let keys = JSONKeyTable(catalog.schemas.values.flatMap { $0.fields.map(\.name) })
}
