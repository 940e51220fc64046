import Machinery

package enum PersistentVolumeValidation {
    private static let path = FieldPath("spec")
    static let accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]
    static let volumeModes = ["Block", "Filesystem"]
    /// Every kind of storage a volume can be, with what each cannot do without.
    private static let sources: [(name: String, required: [String])] = [
        ("hostPath", ["path"]), ("gcePersistentDisk", ["pdName"]), ("awsElasticBlockStore", ["volumeID"]),
        ("glusterfs", ["endpoints", "path"]), ("flocker", []), ("nfs", ["server", "path"]),
        ("rbd", ["monitors", "image"]), ("quobyte", ["registry", "volume"]), ("cephfs", ["monitors"]),
        ("iscsi", ["targetPortal", "iqn"]), ("cinder", ["volumeID"]), ("fc", []), ("flexVolume", ["driver"]),
        ("azureFile", ["secretName", "shareName"]), ("vsphereVolume", ["volumePath"]),
        ("photonPersistentDisk", ["pdID"]), ("portworxVolume", ["volumeID"]), ("azureDisk", ["diskName", "diskURI"]),
        ("scaleIO", ["gateway", "system", "volumeName"]), ("local", ["path"]), ("storageos", []),
        ("csi", ["driver", "volumeHandle"]),
    ]

    package static func validate(_ volume: PersistentVolume) -> [FieldError] {
        let spec = volume.spec
        var errors: [FieldError] = []
        if spec.accessModes.isEmpty { errors.append(.required(path.child("accessModes"))) }
        errors += validateAccessModes(spec.accessModes, at: path.child("accessModes"))
        errors += validateCapacity(spec)
        errors += Check.oneOfIfGiven(
            spec.persistentVolumeReclaimPolicy, ["Delete", "Recycle", "Retain"],
            at: path.child("persistentVolumeReclaimPolicy"))
        let affinity = spec.nodeAffinity
        if let affinity { errors += validate(affinity, at: path.child("nodeAffinity")) }
        errors += validateSource(spec)
        if spec.local != nil, affinity?.required == nil {
            errors.append(.required(path.child("nodeAffinity"), "Local volume requires node affinity"))
        }
        errors += Check.nameIfGiven(
            spec.storageClassName, at: path.child("storageClassName"), Names.dns1123Subdomain)
        errors += Check.oneOfIfGiven(spec.volumeMode, volumeModes, at: path.child("volumeMode"))
        if let name = spec.volumeAttributesClassName {
            let place = path.child("volumeAttributesClassName")
            errors +=
                name.isEmpty
                ? [.required(place, "an empty string is disallowed")]
                : Check.nameIfGiven(name, at: place, Names.dns1123Subdomain)
            if spec.csi == nil {
                errors.append(
                    .required(path.child("csi"), "has to be specified when using volumeAttributesClassName"))
            }
        }
        return errors
    }

    static func validateAccessModes(_ modes: [String], at place: FieldPath) -> [FieldError] {
        var errors = modes.filter { !accessModes.contains($0) }.map {
            FieldError.notSupported(place, $0, supported: accessModes)
        }
        let others = modes.contains { $0 != "ReadWriteOncePod" && accessModes.contains($0) }
        if modes.contains("ReadWriteOncePod"), others {
            errors.append(.forbidden(place, "may not use ReadWriteOncePod with other access modes"))
        }
        return errors
    }

    private static func validateCapacity(_ spec: PersistentVolumeSpec) -> [FieldError] {
        let place = path.child("capacity")
        var errors: [FieldError] = []
        if spec.capacity.isEmpty { errors.append(.required(place)) }
        if spec.capacity["storage"] == nil || spec.capacity.count > 1 {
            errors.append(
                FieldError(
                    .notSupported, field: place.description, value: spec.json["capacity"] ?? .null,
                    detail: "supported values: \"storage\""))
        }
        for (name, quantity) in spec.capacity.sorted(by: { $0.key < $1.key }) {
            errors += ResourceValidation.positive(quantity, at: place.key(name))
        }
        return errors
    }

    private static func validateSource(_ spec: PersistentVolumeSpec) -> [FieldError] {
        let given = sources.filter { spec.json[$0.name] != nil }
        guard let first = given.first else { return [.required(path, "must specify a volume type")] }
        var errors = given.dropFirst().map {
            FieldError.forbidden(path.child($0.name), "may not specify more than 1 volume type")
        }
        for field in first.required {
            let value = spec.json[first.name]?[field]
            if value == nil || value?.stringValue == "" || value?.arrayValue?.isEmpty == true {
                errors.append(.required(path.child(first.name, field)))
            }
        }
        if let host = spec.hostPath {
            errors += VolumeValidation.validate(host, at: path.child("hostPath"))
                .filter { $0.kind != .required }
            if host.path == "/", spec.persistentVolumeReclaimPolicy == "Recycle" {
                errors.append(
                    .forbidden(
                        path.child("persistentVolumeReclaimPolicy"),
                        "may not be 'recycle' for a hostPath mount of '/'"))
            }
        }
        if let nfs = spec.nfs, !nfs.path.isEmpty, !nfs.path.hasPrefix("/") {
            errors.append(.invalid(path.child("nfs", "path"), nfs.path, "must be an absolute path"))
        }
        if let local = spec.local, !local.path.isEmpty {
            errors += VolumeValidation.parentSteps(local.path, at: path.child("local", "path"))
        }
        if let csi = spec.csi, !csi.driver.isEmpty {
            errors += validateDriver(csi.driver, at: path.child("csi", "driver"))
        }
        return errors
    }

    /// The name of a CSI driver.
    package static func validateDriver(_ name: String, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if name.utf8.count > 63 { errors.append(.tooLong(place, maximumBytes: 63)) }
        return errors + Names.dns1123Subdomain(name.lowercased()).map { .invalid(place, name, $0) }
    }

    private static func validate(_ affinity: VolumeNodeAffinity, at place: FieldPath) -> [FieldError] {
        guard let required = affinity.required else {
            return [.required(place.child("required"), "must specify required node constraints")]
        }
        return SchedulingValidation.validate(required, at: place.child("required"))
    }

    package static func validateUpdate(_ volume: PersistentVolume, from old: PersistentVolume) -> [FieldError] {
        var errors: [FieldError] = []
        var isChanged = false
        for (name, _) in sources {
            var now = volume.spec.json[name]
            // How to get at the secret for growing may be told later.
            if name == "csi", old.spec.csi?.json["controllerExpandSecretRef"] == nil {
                now?.setMember("controllerExpandSecretRef", nil)
            }
            isChanged = isChanged || now != old.spec.json[name]
        }
        if isChanged {
            errors.append(
                .forbidden(
                    path.child("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation"))
        }
        errors += Check.unchanged(
            volume.spec.json["volumeMode"], from: old.spec.json["volumeMode"], at: FieldPath("volumeMode"))
        if let before = old.spec.json["nodeAffinity"], before != volume.spec.json["nodeAffinity"] {
            errors += Check.unchanged(volume.spec.json["nodeAffinity"], from: before, at: FieldPath("nodeAffinity"))
        }
        if old.spec.volumeAttributesClassName != nil, volume.spec.volumeAttributesClassName == nil {
            errors.append(
                .forbidden(
                    path.child("volumeAttributesClassName"), "update from non-nil value to nil is forbidden"))
        }
        return errors
    }
}
