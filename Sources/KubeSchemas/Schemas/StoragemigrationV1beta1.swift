/// The types and resources of `storagemigration.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let storagemigrationV1beta1 = #"""
        package io.k8s.api.storagemigration.v1beta1
        version storagemigration.k8s.io v1beta1
        resource storageversionmigrations StorageVersionMigration cluster singular:storageversionmigration
        subresource storageversionmigrations/status StorageVersionMigration verbs:get,patch,update

        type StorageVersionMigration kind
          metadata ObjectMeta @1
          spec StorageVersionMigrationSpec @2
          status StorageVersionMigrationStatus @3

        type StorageVersionMigrationList kind
          items! [StorageVersionMigration] @2
          metadata ListMeta @1

        type StorageVersionMigrationSpec
          resource! GroupResource @1

        type StorageVersionMigrationStatus
          conditions [Condition] @1 map(type) merge(type)
          resourceVersion string @2
        """#
}
