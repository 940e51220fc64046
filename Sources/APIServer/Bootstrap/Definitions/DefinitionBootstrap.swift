import Client
import KubeAPI
import Machinery

/// Brings the bundled definitions into the cluster, and up to date.
///
/// What is not there is created. What Gantry wrote in an older edition is replaced, unless somebody else has written
/// part of its spec since: from then on it is theirs. A definition that Gantry did not write is never touched.
struct DefinitionBootstrap: Sendable {
    let client: Client

    func run(_ bundled: BundledDefinition) async throws(StatusError) {
        let wanted = bundled.object
        guard var present = try await existing(wanted.key) else { return try await create(wanted) }
        guard let edition = Self.edition(present), edition < bundled.edition, Self.isOnlyOurs(present, client) else {
            return
        }
        present.json["spec"] = wanted.json["spec"]
        present.metadata.annotations.merge(wanted.annotations) { _, new in new }
        do throws(StatusError) {
            _ = try await client.update(present)
        } catch {
            // Another server that starts at the same time does the same.
            guard error.isConflict else { throw error }
        }
    }

    private static func edition(_ definition: CustomResourceDefinition) -> Int64? {
        definition.annotations[BundledDefinition.editionAnnotation].flatMap(Int64.init)
    }

    private static func isOnlyOurs(_ definition: CustomResourceDefinition, _ client: Client) -> Bool {
        definition.metadata.managedFields.allSatisfy { entry in
            entry.subresource != nil || entry.manager == client.userAgent || entry.fieldsV1?["f:spec"] == nil
        }
    }

    private func existing(_ key: ObjectKey) async throws(StatusError) -> CustomResourceDefinition? {
        do throws(StatusError) {
            return try await client.get(CustomResourceDefinition.self, key)
        } catch {
            guard error.reason == .notFound else { throw error }
            return nil
        }
    }

    private func create(_ definition: CustomResourceDefinition) async throws(StatusError) {
        do throws(StatusError) {
            _ = try await client.create(definition)
        } catch {
            guard error.reason == .alreadyExists else { throw error }
        }
    }
}
