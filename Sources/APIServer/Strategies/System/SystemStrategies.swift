import KubeAPI
import Machinery

struct LeaseCandidateStrategy: Strategy {
    var allowsCreateOnUpdate: Bool { true }
    var allowsUnconditionalUpdate: Bool { false }

    func validateName(_ name: String, isPrefix: Bool) -> [String] { Names.configMapKey(name) }
    func validate(_ candidate: LeaseCandidate) -> [FieldError] { LeaseCandidateValidation.validate(candidate) }
    func validateUpdate(_ candidate: LeaseCandidate, from old: LeaseCandidate) -> [FieldError] {
        LeaseCandidateValidation.validateUpdate(candidate, from: old)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("LeaseName", description: "The Lease it would hold."),
            TableColumn("BinaryVersion", description: "The version of its program."),
            TableColumn("EmulationVersion", description: "The version it behaves like."), .age,
        ]
    }

    func cells(_ candidate: LeaseCandidate, now: Timestamp) -> [JSON] {
        let spec = candidate.spec
        return [
            .string(candidate.name), .string(spec.leaseName), .string(spec.binaryVersion),
            .string(spec.emulationVersion ?? ""), TableCell.age(candidate.metadata.creationTimestamp, now: now),
        ]
    }
}

struct StorageVersionStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func validateName(_ name: String, isPrefix: Bool) -> [String] { StorageVersionValidation.validateName(name) }
    func validateStatusUpdate(_ version: StorageVersion, from old: StorageVersion) -> [FieldError] {
        StorageVersionValidation.validateStatus(version)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("CommonEncodingVersion", description: "The version in which all servers write."),
            TableColumn("StorageVersions", description: "What each server writes."), .age,
        ]
    }

    func cells(_ version: StorageVersion, now: Timestamp) -> [JSON] {
        let servers = version.status.storageVersions.map { "\($0.apiServerID)=\($0.encodingVersion)" }
        return [
            .string(version.name), .string(version.status.commonEncodingVersion ?? "<unset>"),
            TableCell.few(servers, empty: "<unset>"), TableCell.age(version.metadata.creationTimestamp, now: now),
        ]
    }
}

struct StorageVersionMigrationStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func validate(_ migration: StorageVersionMigration) -> [FieldError] {
        StorageVersionValidation.validate(migration)
    }
    func validateUpdate(_ migration: StorageVersionMigration, from old: StorageVersionMigration) -> [FieldError] {
        StorageVersionValidation.validateUpdate(migration, from: old)
    }
    func validateStatusUpdate(
        _ migration: StorageVersionMigration, from old: StorageVersionMigration
    ) -> [FieldError] {
        StorageVersionValidation.validateStatusUpdate(migration, from: old)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Resource", description: "What is written anew."),
            TableColumn("Status", description: "How far that is."),
        ]
    }

    func cells(_ migration: StorageVersionMigration, now: Timestamp) -> [JSON] {
        let resource = migration.spec.resource.json
        let (name, group) = (resource.string("resource") ?? "", resource.string("group") ?? "")
        let states = ["Running", "Failed", "Succeeded"]
        let state = migration.status.conditions.last { $0.status == "True" && states.contains($0.type) }
        return [
            .string(migration.name), .string(group.isEmpty ? name : "\(name).\(group)"),
            .string(state?.type ?? "Unknown"),
        ]
    }
}
