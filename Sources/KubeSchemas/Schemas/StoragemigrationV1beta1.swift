/// The types and resources of `storagemigration.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let storagemigrationV1beta1 = #"""
        package io.k8s.api.storagemigration.v1beta1
        version storagemigration.k8s.io v1beta1
        resource storageversionmigrations StorageVersionMigration cluster singular:storageversionmigration
        subresource storageversionmigrations/status StorageVersionMigration verbs:get,patch,update

        type StorageVersionMigration kind  # Rewrites all stored objects of a resource in the current storage version.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec StorageVersionMigrationSpec @2  # The resource to migrate.
          status StorageVersionMigrationStatus @3  # Progress of the migration; written by the system.

        type StorageVersionMigrationList kind  # A list of StorageVersionMigration objects.
          items! [StorageVersionMigration] @2  # The StorageVersionMigration objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type StorageVersionMigrationSpec  # What to migrate.
          resource! GroupResource @1  # Group and resource to migrate. Immutable.

        type StorageVersionMigrationStatus  # Progress of a migration.
          conditions [Condition] @1 map(type) merge(type)  # The current conditions: Running, Succeeded or Failed.
          resourceVersion string @2  # Resource version at the start; objects written after it are up to date already.
        """#
}
