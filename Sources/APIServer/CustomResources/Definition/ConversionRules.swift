import HTTPClient
import KubeAPI
import Machinery

/// The rules for how a definition's versions are converted.
enum ConversionRules {
    static func validate(
        _ conversion: CustomResourceDefinition.Conversion, old: CustomResourceDefinition?,
        preservesUnknownFields: Bool, at path: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        if conversion.strategy != "None", preservesUnknownFields {
            errors.append(
                .invalid(
                    path.child("strategy"), conversion.strategy, "must be None if spec.preserveUnknownFields is true"))
        }
        switch conversion.strategy {
        case "": errors.append(.required(path.child("strategy")))
        case "None":
            if conversion.clientConfig != nil {
                errors.append(
                    .forbidden(
                        path.child("webhookClientConfig"), "should not be set when strategy is not set to Webhook"))
            }
            if !conversion.reviewVersions.isEmpty {
                errors.append(
                    .forbidden(
                        path.child("conversionReviewVersions"), "should not be set when strategy is not set to Webhook"
                    ))
            }
        case "Webhook":
            errors += client(conversion.clientConfig, old, path.child("webhookClientConfig"))
            errors += reviewVersions(conversion, old, path.child("conversionReviewVersions"))
        default:
            errors.append(.notSupported(path.child("strategy"), conversion.strategy, supported: ["None", "Webhook"]))
        }
        return errors
    }

    private static func client(
        _ config: JSONObject?, _ old: CustomResourceDefinition?, _ path: FieldPath
    ) -> [FieldError] {
        guard let config else { return [.required(path, "required when strategy is set to Webhook")] }
        var errors: [FieldError] = []
        switch (config.string("url"), config["service"]?.objectValue) {
        case (nil, nil), (_?, _?): errors.append(.required(path, "exactly one of url or service is required"))
        case (let url?, nil): errors += WebhookClientValidation.validate(url: url, at: path.child("url"))
        case (nil, let service?):
            errors += WebhookClientValidation.validate(service: service, at: path.child("service"))
        }
        if let bundle = config.string("caBundle"), !bundle.isEmpty, demandsAuthorities(old) {
            errors += authorities(bundle, at: path.child("caBundle"))
        }
        return errors
    }

    /// What is not yet served may name its authorities later; what named bad ones may keep them.
    private static func demandsAuthorities(_ old: CustomResourceDefinition?) -> Bool {
        guard let old, old.isTrue(.established) else { return false }
        guard let bundle = old.spec.conversion?.clientConfig?.string("caBundle"), !bundle.isEmpty else { return true }
        return authorities(bundle, at: .root).isEmpty
    }

    private static func authorities(_ bundle: String, at path: FieldPath) -> [FieldError] {
        do {
            let pem = String(decoding: Base64.decode(bundle) ?? [], as: UTF8.self)
            _ = try ClientTLS(ClientTLS.Identity(trust: .authorities(pem: pem)))
            return []
        } catch {
            return [
                .invalid(path, bundle, "unable to load root certificates: unable to parse bytes as PEM block")
            ]
        }
    }

    private static func reviewVersions(
        _ conversion: CustomResourceDefinition.Conversion, _ old: CustomResourceDefinition?, _ path: FieldPath
    ) -> [FieldError] {
        let accepted = ["v1", "v1beta1"]
        let versions = conversion.reviewVersions
        guard !versions.isEmpty else { return [.required(path)] }
        var errors: [FieldError] = []
        var seen: Set<String> = []
        for (index, version) in versions.enumerated() {
            guard seen.insert(version).inserted else {
                errors.append(.invalid(path.index(index), version, "duplicate version"))
                continue
            }
            errors += Names.dns1035Label(version).map { .invalid(path.index(index), version, $0) }
        }
        let before = old?.spec.conversion?.reviewVersions ?? []
        let demands = before.isEmpty || before.contains(where: accepted.contains)
        if demands, !versions.contains(where: accepted.contains) {
            errors.append(
                .invalid(
                    path, .array(versions.map(JSON.string)),
                    "must include at least one of \(accepted.joined(separator: ", "))"))
        }
        return errors
    }
}
