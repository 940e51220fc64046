import Machinery

/// Volumes of a pod: unique names, each of exactly one kind.
enum VolumeValidation {
    static func validate(_ volumes: [Volume], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var names: Set<String> = []
        for (index, volume) in volumes.enumerated() {
            let place = path.index(index)
            errors += Check.name(volume.name, at: place.child("name"), Names.dns1123Label)
            if !volume.name.isEmpty, !names.insert(volume.name).inserted {
                errors.append(.duplicate(place.child("name"), volume.name))
            }
            errors += validateSource(volume, at: place)
        }
        return errors
    }

    private static func validateSource(_ volume: Volume, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var hasSource = false
        for source in volume.json.members where source.key != "name" && !source.value.isNull {
            if hasSource {
                errors.append(.forbidden(path.child(source.key), "may not specify more than 1 volume type"))
            }
            hasSource = true
        }
        guard hasSource else { return [.required(path, "must specify a volume type")] }
        if let secret = volume.secret {
            if (secret.secretName ?? "").isEmpty { errors.append(.required(path.child("secret", "secretName"))) }
            errors += validateMode(secret.defaultMode, at: path.child("secret", "defaultMode"))
            errors += validate(secret.items, at: path.child("secret", "items"))
        }
        if let map = volume.configMap {
            if (map.name ?? "").isEmpty { errors.append(.required(path.child("configMap", "name"))) }
            errors += validateMode(map.defaultMode, at: path.child("configMap", "defaultMode"))
            errors += validate(map.items, at: path.child("configMap", "items"))
        }
        if let downward = volume.downwardAPI {
            errors += validateMode(downward.defaultMode, at: path.child("downwardAPI", "defaultMode"))
            errors += validate(downward.items, at: path.child("downwardAPI", "items"))
        }
        if let projected = volume.projected {
            errors += validateMode(projected.defaultMode, at: path.child("projected", "defaultMode"))
            for (index, source) in projected.sources.enumerated() {
                errors += validate(source, at: path.child("projected", "sources").index(index))
            }
        }
        if let host = volume.hostPath { errors += validate(host, at: path.child("hostPath")) }
        if let size = volume.json["emptyDir"]?["sizeLimit"].flatMap(Quantity.init(json:)), size < .zero {
            errors.append(
                .forbidden(path.child("emptyDir", "sizeLimit"), "SizeLimit field must be a valid resource quantity"))
        }
        if let claim = volume.persistentVolumeClaim, claim.claimName.isEmpty {
            errors.append(.required(path.child("persistentVolumeClaim", "claimName")))
        }
        return errors
    }

    static func validate(_ host: HostPathVolumeSource, at path: FieldPath) -> [FieldError] {
        guard !host.path.isEmpty else { return [.required(path.child("path"))] }
        var errors = parentSteps(host.path, at: path.child("path"))
        let types = [
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
        ]
        if let type = host.type, !types.contains(type) {
            errors.append(.notSupported(path.child("type"), type, supported: types))
        }
        return errors
    }

    private static func validate(_ items: [KeyToPath], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, item) in items.enumerated() {
            let place = path.index(index)
            if item.key.isEmpty { errors.append(.required(place.child("key"))) }
            if item.path.isEmpty { errors.append(.required(place.child("path"))) }
            errors += filePath(item.path, at: place.child("path"))
            errors += validateMode(item.mode, at: place.child("mode"))
        }
        return errors
    }

    private static func validate(_ files: [DownwardAPIVolumeFile], at path: FieldPath) -> [FieldError] {
        files.enumerated().flatMap { index, file in
            let place = path.index(index)
            return (file.path.isEmpty ? [.required(place.child("path"))] : filePath(file.path, at: place.child("path")))
                + validateMode(file.mode, at: place.child("mode"))
        }
    }

    private static func validate(_ source: VolumeProjection, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let secret = source.secret { errors += validate(secret.items, at: path.child("secret", "items")) }
        if let map = source.configMap { errors += validate(map.items, at: path.child("configMap", "items")) }
        if let downward = source.downwardAPI {
            errors += validate(downward.items, at: path.child("downwardAPI", "items"))
        }
        // What else is projected is written to the one file that these name.
        for (kind, field) in [
            ("serviceAccountToken", "path"), ("clusterTrustBundle", "path"),
            ("podCertificate", "credentialBundlePath"), ("podCertificate", "keyPath"),
            ("podCertificate", "certificateChainPath"),
        ] {
            guard let file = source.json[kind]?[field]?.stringValue else { continue }
            errors += filePath(file, at: path.child(kind, field))
        }
        return errors
    }

    private static func validateMode(_ mode: Int32?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        guard let mode, !(0...0o777).contains(mode) else { return [] }
        return [.invalid(path(), mode, "must be a number between 0 and 0777 (octal), both inclusive")]
    }

    /// A path below some folder that cannot lead out of it.
    static func localPath(_ path: String, at place: FieldPath) -> [FieldError] {
        if path.hasPrefix("/") { return [.invalid(place, path, "must be a relative path")] }
        return parentSteps(path, at: place)
    }

    /// The path of a file in a volume, whose own entries begin with two dots.
    private static func filePath(_ path: String, at place: FieldPath) -> [FieldError] {
        let errors = localPath(path, at: place)
        guard errors.isEmpty, path.hasPrefix("..") else { return errors }
        return [.invalid(place, path, "must not start with '..'")]
    }

    static func parentSteps(_ path: String, at place: FieldPath) -> [FieldError] {
        let dots: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: ".")]
        guard path.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual(dots) }) else {
            return []
        }
        return [.invalid(place, path, "must not contain '..'")]
    }
}
