import Foundation
import Machinery

/// Reads the entries of an EncryptionConfiguration.
struct ConfigurationParser {
    private typealias Flaw = EncryptionConfiguration.Flaw

    let statusPeriod: Duration
    private(set) var services: [KMSProvider] = []
    private var seen: Set<String> = []

    init(statusPeriod: Duration) { self.statusPeriod = statusPeriod }

    mutating func rule(_ entry: JSONObject, at path: String) throws(EncryptionConfiguration.Flaw) -> EncryptionRule {
        let resources = entry.strings("resources")
        guard !resources.isEmpty else {
            throw Flaw("\(path).resources", "Required value: at least one resource is required")
        }
        for (index, resource) in resources.enumerated() { try check(resource, at: "\(path).resources[\(index)]") }
        let given = entry["providers"]?.arrayValue ?? []
        guard !given.isEmpty else {
            throw Flaw("\(path).providers", "Required value: at least one provider is required")
        }
        var providers: [any StorageProvider] = []
        for (index, provider) in given.enumerated() {
            providers += try self.providers(provider.objectValue ?? JSONObject(), at: "\(path).providers[\(index)]")
        }
        return EncryptionRule(resources: resources, providers: providers)
    }

    private mutating func check(_ resource: String, at path: String) throws(EncryptionConfiguration.Flaw) {
        let invalid = "Invalid value: \"\(resource)\": "
        guard !resource.isEmpty else { throw Flaw(path, "Required value: resource must not be empty") }
        guard resource != "*" else {
            throw Flaw(path, invalid + "use '*.' to encrypt all the resources from core API group or *.* for all")
        }
        let star = resource.hasPrefix("*.") ? resource.dropFirst(2) : resource[...]
        guard star == "*" || !star.contains("*") else {
            throw Flaw(path, invalid + "resource name contains a wildcard that is not allowed here")
        }
        guard seen.insert(resource).inserted else { throw Flaw(path, invalid + "the same resource is listed twice") }
    }

    private mutating func providers(
        _ entry: JSONObject, at path: String
    ) throws(EncryptionConfiguration.Flaw) -> [any StorageProvider] {
        guard let first = entry.members.first, entry.members.count == 1 else {
            throw Flaw(
                path,
                "Required value: provider must contain exactly one provider: aesgcm, aescbc, secretbox, identity, kms")
        }
        let (kind, value) = (first.key, first.value.objectValue ?? JSONObject())
        switch kind {
        case "identity": return [IdentityProvider()]
        case "aesgcm":
            return try keys(value, kind, at: path, lengths: AESKey.lengths) { AESGCM(key: $0) }
        case "aescbc":
            return try keys(value, kind, at: path, lengths: AESKey.lengths) { AESCBC(key: $0) }
        case "secretbox":
            return try keys(value, kind, at: path, lengths: [Secretbox.keyLength]) { Secretbox(key: $0) }
        case "kms": return [try service(value, at: "\(path).kms")]
        default: throw Flaw(path, "Invalid value: \"\(kind)\": there is no such provider")
        }
    }

    private func keys(
        _ provider: JSONObject, _ kind: String, at path: String, lengths: Set<Int>,
        _ make: ([UInt8]) -> (any DataCipher)?
    ) throws(EncryptionConfiguration.Flaw) -> [any StorageProvider] {
        let keys = provider["keys"]?.arrayValue ?? []
        let path = "\(path).\(kind).keys"
        guard !keys.isEmpty else { throw Flaw(path, "Required value: at least one key is required") }
        var result: [any StorageProvider] = []
        for (index, key) in keys.enumerated() {
            let name = key["name"]?.stringValue ?? ""
            guard !name.isEmpty, !name.contains(":") else {
                throw Flaw("\(path)[\(index)].name", "Required value: a name without colons is required")
            }
            guard let text = key["secret"]?.stringValue, !text.isEmpty else {
                throw Flaw("\(path)[\(index)].secret", "Required value: a secret is required")
            }
            guard let secret = Data(base64Encoded: text) else {
                throw Flaw("\(path)[\(index)].secret", "Invalid value: \"REDACTED\": secrets must be base64 encoded")
            }
            guard let cipher = make(Array(secret)) else {
                throw Flaw(
                    "\(path)[\(index)].secret",
                    "Invalid value: \"REDACTED\": secret is not of the expected length, got \(secret.count), "
                        + "expected one of [\(lengths.sorted().map(String.init).joined(separator: " "))]")
            }
            result.append(LocalKeyProvider(prefix: "k8s:enc:\(kind):v1:\(name):", cipher: cipher))
        }
        return result
    }

    private mutating func service(
        _ entry: JSONObject, at path: String
    ) throws(EncryptionConfiguration.Flaw) -> KMSProvider {
        guard entry.string("apiVersion") ?? "v1" == "v2" else {
            throw Flaw("\(path).apiVersion", "Invalid value: KMSv1 is off in Kubernetes as well; use v2")
        }
        let name = entry.string("name") ?? ""
        guard !name.isEmpty, !name.contains(":") else {
            throw Flaw("\(path).name", "Required value: a name without colons is required")
        }
        let endpoint = entry.string("endpoint") ?? ""
        guard endpoint.hasPrefix("unix://"), endpoint.count > 7 else {
            throw Flaw("\(path).endpoint", "Invalid value: \"\(endpoint)\": unsupported scheme, must be unix")
        }
        var timeout = Duration.seconds(3)
        if let text = entry.string("timeout") {
            guard let given = (try? GoDuration(parsing: text))?.duration, given > .zero else {
                throw Flaw("\(path).timeout", "Invalid value: \"\(text)\": timeout should be a positive value")
            }
            timeout = given
        }
        if let known = services.first(where: { $0.name == name }) {
            guard known.endpoint == endpoint else {
                throw Flaw("\(path).name", "Invalid value: \"\(name)\": duplicate KMS provider name")
            }
            return known
        }
        let provider = KMSProvider(name: name, endpoint: endpoint, timeout: timeout, period: statusPeriod)
        services.append(provider)
        return provider
    }
}
