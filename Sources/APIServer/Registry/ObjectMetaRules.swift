import KubeAPI
import KubeSchemas
import Machinery
import PKI

/// What holds for the metadata of every object (API conventions: Metadata).
enum ObjectMetaRules {
    private static let path = FieldPath("metadata")
    private static let totalAnnotationBytes = 256 * 1024

    /// Sets what the server decides at creation.
    static func prepareForCreate(
        _ metadata: inout JSONObject, resource: APIResource, namespace: String, now: Timestamp
    ) throws(StatusError) {
        let given = metadata.string("namespace") ?? ""
        if resource.isNamespaced {
            guard given.isEmpty || given == namespace else {
                throw StatusError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request")
            }
            metadata.set("namespace", namespace)
        } else {
            guard given.isEmpty else {
                throw StatusError.badRequest(
                    "namespace may not be set on cluster-scoped objects")
            }
            metadata["namespace"] = nil
        }
        guard (metadata.string("resourceVersion") ?? "").isEmpty else {
            throw StatusError.badRequest("resourceVersion should not be set on objects to be created")
        }
        for key in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields"] {
            metadata[key] = nil
        }
        metadata.set("uid", UUIDv4.text())
        metadata.setTime("creationTimestamp", now)
        metadata.set("generation", tracksGeneration(resource) ? Int64(1) : nil)
        if (metadata.string("name") ?? "").isEmpty, let prefix = metadata.string("generateName"), !prefix.isEmpty {
            metadata.set("name", GeneratedName.make(prefix: prefix))
        }
    }

    /// Kinds with a spec count its changes in `generation`.
    static func tracksGeneration(_ resource: APIResource) -> Bool {
        if resource.isCustom { return true }
        return hasSpec(resource)
    }

    private static func hasSpec(_ resource: APIResource) -> Bool {
        resource.schema.field("spec") != nil && !withoutGeneration.contains(resource.gvr.groupResource.description)
    }

    /// Kinds that Kubernetes leaves without, though they have a spec.
    private static let withoutGeneration: Set<String> = [
        "nodes", "namespaces", "services", "persistentvolumes", "persistentvolumeclaims", "limitranges",
        "resourcequotas", "horizontalpodautoscalers.autoscaling", "ipaddresses.networking.k8s.io",
        "servicecidrs.networking.k8s.io", "leases.coordination.k8s.io", "leasecandidates.coordination.k8s.io",
        "certificatesigningrequests.certificates.k8s.io", "csinodes.storage.k8s.io",
        "volumeattachments.storage.k8s.io", "apiservices.apiregistration.k8s.io",
        "clustertrustbundles.certificates.k8s.io", "podcertificaterequests.certificates.k8s.io",
        "resourceclaims.resource.k8s.io", "resourceclaimtemplates.resource.k8s.io",
        "resourcepoolstatusrequests.resource.k8s.io", "podgroups.scheduling.k8s.io", "workloads.scheduling.k8s.io",
        "storageversionmigrations.storagemigration.k8s.io", "storageversions.internal.apiserver.k8s.io",
    ]

    /// Carries over what an update may not change, and fills in what clients leave out.
    static func prepareForUpdate(_ metadata: inout JSONObject, from old: JSONObject) {
        for key in ["generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
            metadata[key] = old[key]
        }
        if (metadata.string("uid") ?? "").isEmpty { metadata["uid"] = old["uid"] }
        if (metadata.string("namespace") ?? "").isEmpty { metadata["namespace"] = old["namespace"] }
        if metadata["generateName"] == nil { metadata["generateName"] = old["generateName"] }
    }

    static func validate(
        _ metadata: JSONObject, resource: APIResource, nameRule: (String, Bool) -> [String]
    ) -> [FieldError] {
        var errors: [FieldError] = []
        let name = metadata.string("name") ?? ""
        if let prefix = metadata.string("generateName"), !prefix.isEmpty {
            errors += nameRule(prefix, true).map { .invalid(path.child("generateName"), .string(prefix), $0) }
        }
        if name.isEmpty {
            errors.append(.required(path.child("name"), "name or generateName is required"))
        } else {
            errors += nameRule(name, false).map { .invalid(path.child("name"), .string(name), $0) }
        }
        errors += validateLabels(metadata["labels"], path.child("labels"))
        errors += validateAnnotations(metadata["annotations"], path.child("annotations"))
        for finalizer in metadata.strings("finalizers") {
            errors += Names.qualifiedName(finalizer).map {
                .invalid(path.child("finalizers"), .string(finalizer), $0)
            }
        }
        return errors + validateOwners(metadata)
    }

    static func validateLabels(_ labels: JSON?, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (key, value) in labels?.objectValue ?? JSONObject() {
            errors += Names.qualifiedName(key).map { .invalid(path, .string(key), $0) }
            let text = value.stringValue ?? ""
            errors += Names.labelValue(text).map { .invalid(path, .string(text), $0) }
        }
        return errors
    }

    static func validateAnnotations(_ annotations: JSON?, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var total = 0
        for (key, value) in annotations?.objectValue ?? JSONObject() {
            errors += Names.qualifiedName(key.lowercased()).map { .invalid(path, .string(key), $0) }
            total += key.utf8.count + (value.stringValue?.utf8.count ?? 0)
        }
        if total > totalAnnotationBytes { errors.append(.tooLong(path, maximumBytes: totalAnnotationBytes)) }
        return errors
    }

    private static func validateOwners(_ metadata: JSONObject) -> [FieldError] {
        var errors: [FieldError] = []
        var controller: String?
        for (index, owner) in (metadata.views("ownerReferences") as [OwnerReference]).enumerated() {
            let place = path.child("ownerReferences").index(index)
            if owner.apiVersion.isEmpty || GroupVersion(apiVersion: owner.apiVersion) == nil {
                errors.append(
                    .invalid(place.child("apiVersion"), .string(owner.apiVersion), "version must not be empty"))
            }
            if owner.kind.isEmpty { errors.append(.invalid(place.child("kind"), "", "must not be empty")) }
            if owner.name.isEmpty { errors.append(.invalid(place.child("name"), "", "must not be empty")) }
            if owner.uid.isEmpty { errors.append(.invalid(place.child("uid"), "", "must not be empty")) }
            guard owner.controller == true else { continue }
            if let first = controller {
                errors.append(
                    .invalid(
                        path.child("ownerReferences"), .array([]),
                        "Only one reference can have Controller set to true. "
                            + "Found \"true\" in references for \(first) and \(owner.kind)/\(owner.name)"))
            } else {
                controller = "\(owner.kind)/\(owner.name)"
            }
        }
        return errors
    }

    static func validateUpdate(_ metadata: JSONObject, from old: JSONObject) -> [FieldError] {
        var errors: [FieldError] = []
        for key in ["name", "namespace", "uid"] where metadata[key] != old[key] {
            errors.append(.invalid(path.child(key), metadata[key] ?? "", "field is immutable"))
        }
        if old["deletionTimestamp"] != nil {
            let before = Set(old.strings("finalizers"))
            let added = metadata.strings("finalizers").filter { !before.contains($0) }
            if !added.isEmpty {
                errors.append(
                    .forbidden(
                        path.child("finalizers"),
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                            + "\(added.map { "\"\($0)\"" })"))
            }
        }
        return errors
    }
}
