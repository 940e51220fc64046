import Machinery

/// Names and name servers of a pod.
enum PodNetworkValidation {
    private static let maximumServers = 3
    private static let maximumSearches = 32
    private static let maximumSearchBytes = 2048

    static func validate(_ spec: PodSpec, at path: FieldPath) -> [FieldError] {
        var errors = validateDNS(spec, at: path.child("dnsConfig"))
        for (index, alias) in spec.hostAliases.enumerated() {
            let place = path.child("hostAliases").index(index)
            errors += Check.address(alias.ip, at: place.child("ip"))
            for (position, name) in alias.hostnames.enumerated() {
                errors += Names.dns1123Subdomain(name).map {
                    .invalid(place.child("hostnames").index(position), name, $0)
                }
            }
        }
        guard let name = spec.hostnameOverride else { return errors }
        let place = path.child("hostnameOverride")
        if spec.setHostnameAsFQDN == true {
            errors.append(.forbidden(place, "may not be specified when setHostnameAsFQDN is true"))
        }
        if spec.hostNetwork == true {
            errors.append(.forbidden(place, "may not be specified when hostNetwork is true"))
        }
        if name.utf8.count > 64 { errors.append(.tooLong(place, maximumBytes: 64)) }
        return errors + Names.dns1123Subdomain(name).map { .invalid(place, name, $0) }
    }

    private static func validateDNS(_ spec: PodSpec, at path: FieldPath) -> [FieldError] {
        guard let config = spec.dnsConfig else {
            return spec.dnsPolicy == "None"
                ? [.required(path, "must provide `dnsConfig` when `dnsPolicy` is None")] : []
        }
        if spec.dnsPolicy == "None", config.nameservers.isEmpty {
            return [
                .required(
                    path.child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None")
            ]
        }
        var errors: [FieldError] = []
        func list(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
        if config.nameservers.count > maximumServers {
            errors.append(
                .invalid(
                    path.child("nameservers"), list(config.nameservers),
                    "must not have more than \(maximumServers) nameservers"))
        }
        for (index, server) in config.nameservers.enumerated() {
            errors += Check.address(server, at: path.child("nameservers").index(index))
        }
        let searches = path.child("searches")
        if config.searches.count > maximumSearches {
            errors.append(
                .invalid(
                    searches, list(config.searches), "must not have more than \(maximumSearches) search paths"))
        }
        if config.searches.joined(separator: " ").utf8.count > maximumSearchBytes {
            errors.append(
                .invalid(
                    searches, list(config.searches),
                    "must not have more than \(maximumSearchBytes) characters (including spaces) in the search list"))
        }
        for (index, search) in config.searches.enumerated() where search != "." {
            let bare = search.hasSuffix(".") ? String(search.dropLast()) : search
            // Names of services may begin with an underscore.
            errors += Names.dns1123Subdomain(bare.replacing("_", with: "x")).map {
                .invalid(searches.index(index), bare, $0)
            }
        }
        for (index, option) in config.options.enumerated() where (option.name ?? "").isEmpty {
            errors.append(.required(path.child("options").index(index), "must not be empty"))
        }
        return errors
    }
}
