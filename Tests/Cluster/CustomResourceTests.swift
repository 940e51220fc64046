import Foundation
import Testing

extension Clusters {
    /// Custom resources as kubectl sees them.
    @Suite("Custom resources with kubectl", .cluster)
    struct CustomResources {
        private static let definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: backups.shop.example.com}
            spec:
              group: shop.example.com
              scope: Namespaced
              names: {plural: backups, kind: Backup, shortNames: [bk]}
              versions:
              - name: v1
                served: true
                storage: true
                subresources:
                  status: {}
                  scale: {specReplicasPath: .spec.copies, statusReplicasPath: .status.copies}
                selectableFields: [{jsonPath: .spec.disk}]
                additionalPrinterColumns:
                - {name: Disk, type: string, jsonPath: .spec.disk}
                - {name: Copies, type: integer, jsonPath: .spec.copies}
                schema:
                  openAPIV3Schema:
                    type: object
                    description: A backup of a disk.
                    properties:
                      spec:
                        type: object
                        description: What is backed up.
                        required: [disk]
                        x-kubernetes-validations:
                        - {rule: "self.copies <= 5", message: "too many copies"}
                        properties:
                          disk: {type: string, description: The name of the disk.}
                          copies: {type: integer, default: 1}
                      status:
                        type: object
                        properties: {copies: {type: integer}, phase: {type: string}}
            """

        private static func backup(_ name: String, disk: String) -> String {
            """
            apiVersion: shop.example.com/v1
            kind: Backup
            metadata: {name: \(name)}
            spec: {disk: \(disk)}
            """
        }

        @Test("a definition, its objects, columns, explanation, subresources, selectors and end")
        func everyday() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("custom")
            let kubectl = { (arguments: [String], input: String?) in
                try await Command(
                    program: "kubectl", arguments: ["--kubeconfig", cluster.kubeconfig, "-n", name] + arguments,
                    input: input
                ).run().trimmed
            }
            _ = try await kubectl(["apply", "-f", "-"], Self.definition)
            _ = try await kubectl(
                ["wait", "--for=condition=Established", "crd/backups.shop.example.com", "--timeout=30s"], nil)
            #expect(
                try await kubectl(["apply", "-f", "-"], Self.backup("a", disk: "red"))
                    == "backup.shop.example.com/a created")
            _ = try await kubectl(["apply", "-f", "-"], Self.backup("b", disk: "blue"))
            let table = try await kubectl(["get", "bk"], nil)
            #expect(table.hasPrefix("NAME   DISK   COPIES\na      red    1"), "\(table)")
            #expect(
                try await kubectl(["get", "bk", "--field-selector", "spec.disk=blue", "-o", "name"], nil)
                    == "backup.shop.example.com/b")
            let explained = try await kubectl(["explain", "backup.spec"], nil)
            #expect(explained.contains("What is backed up.") && explained.contains("The name of the disk."))
            #expect(try await kubectl(["scale", "bk/a", "--replicas=3"], nil) == "backup.shop.example.com/a scaled")
            _ = try await kubectl(
                ["patch", "bk", "a", "--subresource=status", "--type=merge", "-p", #"{"status":{"phase":"done"}}"#], nil
            )
            #expect(
                try await kubectl(["get", "bk", "a", "-o", "jsonpath={.spec.copies}{.status.phase}"], nil) == "3done")
            #expect(
                try await kubectl(
                    ["apply", "--server-side", "--field-manager=other", "-f", "-"], Self.backup("c", disk: "red"))
                    == "backup.shop.example.com/c serverside-applied")
            try await cluster.expectFailure(
                "-n", name, "patch", "bk", "a", "--type=merge", "-p", #"{"spec":{"copies":9}}"#, says: "too many copies"
            )
            _ = try await kubectl(["delete", "crd", "backups.shop.example.com"], nil)
            try await cluster.expectFailure("-n", name, "get", "bk", says: "could not find the requested resource")
        }
    }
}
