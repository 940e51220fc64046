import Machinery

/// In which versions servers write, and the work of writing everything anew in another one.
package enum StorageVersionValidation {
    private static let status = FieldPath("status")

    /// `<group>.<resource>`.
    package static func validateName(_ name: String) -> [String] {
        guard let dot = name.lastIndex(of: ".") else { return ["name must be in the form of <group>.<resource>"] }
        return Names.dns1123Subdomain(String(name[..<dot])).map { "the group segment " + $0 }
            + Names.dns1035Label(String(name[name.index(after: dot)...])).map { "the resource segment " + $0 }
    }

    package static func validateStatus(_ version: StorageVersion) -> [FieldError] {
        let place = status.child("storageVersions")
        let servers = version.status.storageVersions
        var errors = Check.unique(servers.map(\.apiServerID), at: place, key: "apiServerID")
        for (index, server) in servers.enumerated() { errors += validate(server, at: place.index(index)) }
        return errors + validateCommon(version.status) + validate(version.status.conditions)
    }

    private static func validate(_ server: ServerStorageVersion, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = Names.dns1123Subdomain(server.apiServerID).map {
            .invalid(path.child("apiServerID"), server.apiServerID, $0)
        }
        errors += validate(apiVersion: server.encodingVersion, at: path.child("encodingVersion"))
        let decodable = path.child("decodableVersions")
        for (index, version) in server.decodableVersions.enumerated() {
            errors += validate(apiVersion: version, at: decodable.index(index))
        }
        if !server.decodableVersions.contains(server.encodingVersion) {
            errors.append(
                .invalid(
                    decodable, .array(server.decodableVersions.map(JSON.string)),
                    "decodableVersions must include encodingVersion \(server.encodingVersion)"))
        }
        for (index, version) in server.servedVersions.enumerated() {
            let place = path.child("servedVersions").index(index)
            errors += validate(apiVersion: version, at: place)
            guard !server.decodableVersions.contains(version) else { continue }
            errors.append(
                .invalid(
                    place, version,
                    "individual served version : \(version) must be included in decodableVersions : "
                        + "[\(server.decodableVersions.joined(separator: " "))]"))
        }
        return errors
    }

    private static func validate(apiVersion: String, at path: FieldPath) -> [FieldError] {
        let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2 else {
            let text =
                "an apiVersion is a DNS-1035 label, which must consist of lower case alphanumeric characters or '-', "
                + "start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or "
                + "'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?') with an optional DNS "
                + "subdomain prefix and '/' (e.g. 'example.com/MyVersion')"
            return [.invalid(path, apiVersion, text)]
        }
        var problems: [String] = []
        if parts.count == 2 {
            problems += (parts[0].isEmpty ? ["must be non-empty"] : Names.dns1123Subdomain(parts[0])).map {
                "group part: " + $0
            }
        }
        let version = parts[parts.count - 1]
        problems += (version.isEmpty ? ["must be non-empty"] : Names.dns1035Label(version)).map {
            "version part: " + $0
        }
        return problems.isEmpty ? [] : [.invalid(path, apiVersion, problems.joined(separator: ","))]
    }

    private static func validateCommon(_ versions: StorageVersionStatus) -> [FieldError] {
        let place = status.child("commonEncodingVersion")
        let encodings = Set(versions.storageVersions.map(\.encodingVersion))
        switch (encodings.count == 1 ? encodings.first : nil, versions.commonEncodingVersion) {
        case (nil, nil):
            return []
        case (nil, let given?):
            return [
                .invalid(
                    place, given,
                    "should be nil if servers do not agree on the same encoding version, or if there is no server "
                        + "reporting the supported versions yet")
            ]
        case (let common?, nil):
            return [.invalid(place, .null, "the common encoding version is \(common)")]
        case (let common?, let given?):
            return common == given
                ? [] : [.invalid(place, given, "the actual common encoding version is \(common)")]
        }
    }

    /// The path leaves out `conditions`, as Kubernetes does.
    private static func validate(_ conditions: [StorageVersionCondition]) -> [FieldError] {
        var errors: [FieldError] = []
        var seen: [String: Int] = [:]
        for (index, condition) in conditions.enumerated() {
            let place = status.index(index)
            if let first = seen[condition.type] {
                errors.append(
                    .invalid(
                        place.child("type"), condition.type,
                        "the type of the condition is not unique, it also appears in conditions[\(first)]"))
            }
            seen[condition.type] = index
            for (key, value) in [("type", condition.type), ("status", condition.status)] {
                errors += Names.qualifiedName(value).map { .invalid(place.child(key), value, $0) }
            }
            if condition.reason.isEmpty { errors.append(.required(place.child("reason"))) }
            if condition.message.isEmpty { errors.append(.required(place.child("message"))) }
        }
        return errors
    }

    // MARK: Migrations

    package static func validate(_ migration: StorageVersionMigration) -> [FieldError] {
        let place = FieldPath("spec").child("resource")
        let resource = migration.spec.resource.json.string("resource") ?? ""
        let group = migration.spec.resource.json.string("group") ?? ""
        var errors: [FieldError] = []
        if resource.isEmpty {
            errors.append(.required(place.child("resource"), "resource is required to be set"))
        } else {
            let problems = Names.dns1035Label(resource)
            if !problems.isEmpty {
                errors.append(.invalid(place.child("resource"), resource, problems.joined(separator: ",")))
            }
        }
        let problems = group.isEmpty ? [] : Names.dns1123Subdomain(group)
        if !problems.isEmpty { errors.append(.invalid(place.child("group"), group, problems.joined(separator: ","))) }
        return errors
    }

    package static func validateUpdate(
        _ new: StorageVersionMigration, from old: StorageVersionMigration
    ) -> [FieldError] {
        Check.unchanged(new.json["spec"], from: old.json["spec"], at: "spec")
    }

    package static func validateStatusUpdate(
        _ new: StorageVersionMigration, from old: StorageVersionMigration
    ) -> [FieldError] {
        let (revision, before) = (new.status.resourceVersion ?? "", old.status.resourceVersion ?? "")
        var errors: [FieldError] = []
        if !revision.isEmpty, UInt64(revision) == nil {
            errors.append(
                .invalid(
                    status.child("resourceVersion"), revision,
                    "resource version is not well formed: \(revision)"))
        }
        errors += Check.conditions(new.status.conditions, at: status.child("conditions"))
        if !before.isEmpty, revision != before {
            errors.append(.invalid(status.child("resourceVersion"), revision, Check.immutableText))
        }
        let place = status.child("conditions")
        let value = JSON.array(new.status.conditions.map { .object($0.json) })
        let (succeeded, failed) = (isTrue("Succeeded", new), isTrue("Failed", new))
        if succeeded, failed {
            errors.append(
                .invalid(place, value, "Both success and failed conditions cannot be true at the same time"))
        }
        if isTrue("Succeeded", old), !succeeded {
            errors.append(.invalid(place, value, "Success condition cannot be set to false once it is true"))
        }
        if isTrue("Failed", old), !failed {
            errors.append(.invalid(place, value, "Failed condition cannot be set to false once it is true"))
        }
        return errors
    }

    private static func isTrue(_ type: String, _ migration: StorageVersionMigration) -> Bool {
        migration.status.conditions.contains { $0.type == type && $0.status == "True" }
    }
}
