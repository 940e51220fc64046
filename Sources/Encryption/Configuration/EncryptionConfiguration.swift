import Foundation
import Machinery

/// Kubernetes' EncryptionConfiguration (`apiserver.config.k8s.io/v1`): which resources are encrypted at rest, and how.
package struct EncryptionConfiguration: Sendable {
    let rules: [EncryptionRule]
    /// The key services in use, which are to be started before anything is written.
    let services: [KMSProvider]

    /// What a configuration must not say: the field, and why.
    package struct Flaw: Error, Hashable, CustomStringConvertible {
        package let description: String

        init(_ field: String, _ reason: String) { description = "\(field): \(reason)" }
    }

    /// - Parameter statusPeriod: how often key services are asked whether they have another key.
    package init(parsing text: [UInt8], statusPeriod: Duration = .seconds(60)) throws(Flaw) {
        let document: JSON
        do throws(YAMLError) {
            document = try YAMLParser.parse(text).value
        } catch {
            throw Flaw("encryption configuration", "\(error)")
        }
        guard let object = document.objectValue, object.string("kind") == "EncryptionConfiguration",
            object.string("apiVersion") == "apiserver.config.k8s.io/v1"
        else {
            throw Flaw("kind", "an EncryptionConfiguration of apiserver.config.k8s.io/v1 is expected")
        }
        let entries = object["resources"]?.arrayValue ?? []
        guard !entries.isEmpty else { throw Flaw("resources", "Required value: at least one resource is required") }
        var parser = ConfigurationParser(statusPeriod: statusPeriod)
        var rules: [EncryptionRule] = []
        for (index, entry) in entries.enumerated() {
            rules.append(try parser.rule(entry.objectValue ?? JSONObject(), at: "resources[\(index)]"))
        }
        self.rules = rules
        services = parser.services
    }

    /// Gets the key services' first keys. Fails when one does not answer.
    package func start() async throws(Flaw) {
        for service in services {
            do throws(KMSError) {
                try await service.renew()
            } catch {
                throw Flaw("kms provider \(service.name)", "\(error)")
            }
        }
    }

    /// Looks after the key services until cancelled: when one has a new key, it is used from then on.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { await service.run() } }
        }
    }
}
