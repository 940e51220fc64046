import KubeAPI
import Machinery
import PKI

/// Authorities that workloads may trust (KEP-3257).
struct ClusterTrustBundleStrategy: Strategy {
    private static let maximumBytes = 1 << 20
    private static let spec = FieldPath("spec")

    var allowsUnconditionalUpdate: Bool { false }

    /// A signer's bundles are named after it, which depends on the object: see `validate`.
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        name.contains(":") ? [] : Names.dns1123Subdomain(isPrefix ? maskTrailingDash(name) : name)
    }

    func validate(_ bundle: ClusterTrustBundle) -> [FieldError] {
        validateIdentity(bundle) + Self.validate(bundle: bundle.spec.trustBundle)
    }

    /// What was stored once is not parsed again.
    func validateChange(_ bundle: ClusterTrustBundle, from old: ClusterTrustBundle) -> [FieldError] {
        var errors = validateIdentity(bundle)
        if bundle.spec.trustBundle != old.spec.trustBundle { errors += Self.validate(bundle: bundle.spec.trustBundle) }
        if (bundle.spec.signerName ?? "") != (old.spec.signerName ?? "") {
            errors.append(
                .invalid(Self.spec.child("signerName"), bundle.spec.signerName ?? "", "field is immutable"))
        }
        return errors
    }

    private func validateIdentity(_ bundle: ClusterTrustBundle) -> [FieldError] {
        let path = FieldPath("metadata").child("name")
        let signer = bundle.spec.signerName ?? ""
        guard !signer.isEmpty else {
            guard bundle.name.contains(":") else { return [] }
            return [
                .invalid(path, bundle.name, "ClusterTrustBundle without signer name must not have \":\" in its name")
            ]
        }
        let prefix = signer.split(separator: "/").joined(separator: ":") + ":"
        var errors = SignerNameValidation.validate(signer, at: Self.spec.child("signerName"))
        if bundle.name.hasPrefix(prefix) {
            errors += Names.dns1123Subdomain(String(bundle.name.dropFirst(prefix.count))).map {
                .invalid(path, bundle.name, $0)
            }
        } else {
            errors.append(
                .invalid(
                    path, bundle.name,
                    "ClusterTrustBundle for signerName \(signer) must be named with prefix \(prefix)"))
        }
        return errors
    }

    private static func validate(bundle text: String) -> [FieldError] {
        let path = spec.child("trustBundle")
        guard text.utf8.count <= maximumBytes else { return [.tooLong(path, maximumBytes: maximumBytes)] }
        func wrong(_ detail: String) -> FieldError { .invalid(path, "<value omitted>", detail) }
        let blocks: [PEM.Block]
        do {
            blocks = try PEM.parse(text)
        } catch {
            return [wrong("\(error)")]
        }
        var errors: [FieldError] = []
        var places: [[UInt8]: [Int]] = [:]
        for (index, block) in blocks.enumerated() {
            guard block.label == "CERTIFICATE" else {
                errors.append(wrong("entry \(index) has bad block type: \(block.label)"))
                continue
            }
            do {
                let certificate = try Certificate(der: block.der)
                if !certificate.isCA { errors.append(wrong("entry \(index) does not have the CA bit set")) }
                places[block.der, default: []].append(index)
            } catch {
                errors.append(wrong("entry \(index) does not parse as X.509"))
            }
        }
        guard errors.isEmpty else { return errors }
        if places.isEmpty { return [wrong("at least one trust anchor must be provided")] }
        return places.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { places in
            wrong("duplicate trust anchor (indices [\(places.map(String.init).joined(separator: " "))])")
        }
    }

    var selectableFieldNames: [String] { ["spec.signerName"] }
    func selectableFields(_ bundle: ClusterTrustBundle) -> [(name: String, value: String)] {
        [("spec.signerName", bundle.spec.signerName ?? "")]
    }

    var columns: [TableColumn] { [.name, TableColumn("SignerName", description: "The signer it belongs to.")] }
    func cells(_ bundle: ClusterTrustBundle, now: Timestamp) -> [JSON] {
        [.string(bundle.name), TableCell.text(bundle.spec.signerName)]
    }
}
