import Machinery

/// How a webhook is reached: by URL or by Service.
package enum WebhookClientValidation {
    private static let form = "; desired format: https://host[/path]"

    package static func validate(_ client: WebhookClientConfig, at path: FieldPath) -> [FieldError] {
        let service = client.json["service"]?.objectValue
        switch (client.url, service) {
        case (nil, nil), (_?, _?): return [.required(path, "exactly one of url or service is required")]
        case (let url?, nil): return validate(url: url, at: path.child("url"))
        case (nil, let service?): return validate(service: service, at: path.child("service"))
        }
    }

    package static func validate(url: String, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var rest = url[...]
        func cut(_ mark: Character) -> String {
            guard let place = rest.firstIndex(of: mark) else { return "" }
            defer { rest = rest[..<place] }
            return String(rest[rest.index(after: place)...])
        }
        let fragment = cut("#")
        let query = cut("?")
        var scheme = ""
        if let colon = rest.firstIndex(of: ":"), rest[..<colon].allSatisfy(isSchemeCharacter) {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
        }
        if scheme != "https" {
            errors.append(.invalid(path, scheme, "'https' is the only allowed URL scheme\(form)"))
        }
        var host = rest.hasPrefix("//") ? rest.dropFirst(2).prefix { $0 != "/" } : ""
        var user: Substring?
        if let at = host.lastIndex(of: "@") {
            user = host[..<at]
            host = host[host.index(after: at)...]
        }
        if host.isEmpty { errors.append(.invalid(path, "", "host must be specified\(form)")) }
        if let user { errors.append(.invalid(path, String(user), "user information is not permitted in the URL")) }
        if !fragment.isEmpty { errors.append(.invalid(path, fragment, "fragments are not permitted in the URL")) }
        if !query.isEmpty { errors.append(.invalid(path, query, "query parameters are not permitted in the URL")) }
        return errors
    }

    private static func isSchemeCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "+-.".contains(character))
    }

    package static func validate(service: JSONObject, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for key in ["name", "namespace"] where (service.string(key) ?? "").isEmpty {
            errors.append(.required(path.child(key), "service \(key) is required"))
        }
        let port = service.int64("port") ?? 443
        let problems = Names.portNumber(port)
        if !problems.isEmpty {
            errors.append(
                .invalid(path.child("port"), port, "port is not valid: \(problems.joined(separator: ", "))"))
        }
        guard let urlPath = service.string("path") else { return errors }
        return errors + validate(urlPath: urlPath, at: path.child("path"))
    }

    private static func validate(urlPath: String, at path: FieldPath) -> [FieldError] {
        if urlPath.isEmpty || urlPath == "/" { return [] }
        if urlPath == "//" { return [.invalid(path, urlPath, "segment[0] may not be empty")] }
        var errors: [FieldError] = []
        if !urlPath.hasPrefix("/") { errors.append(.invalid(path, urlPath, "must start with a '/'")) }
        var steps = urlPath.dropFirst()
        if steps.hasSuffix("/") { steps = steps.dropLast() }
        for (index, step) in steps.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            if step.isEmpty {
                errors.append(.invalid(path, urlPath, "segment[\(index)] may not be empty"))
            } else {
                errors += Names.dns1123Subdomain(String(step)).map {
                    .invalid(path, urlPath, "segment[\(index)]: \($0)")
                }
            }
        }
        return errors
    }
}
