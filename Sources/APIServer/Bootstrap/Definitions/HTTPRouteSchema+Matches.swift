/// How an HTTPRoute recognizes requests.
extension HTTPRouteSchema {
    static let match = KindSchema.object(
        "Matches a request if everything that is given does.",
        [
            "path": path.defaulting(to: ["type": "PathPrefix", "value": "/"]),
            "headers": .list(
                "Headers the request must have. Gantry's gateway sets X-Gateway-Model-Name to the model that the body "
                    + "names.",
                of: .object(
                    "A header.",
                    [
                        "name": KindSchema.string(
                            "Its name, in any case.", length: 1...256, pattern: headerName
                        ).required,
                        "type": matchType,
                        "value": KindSchema.string("Its value, or an expression that it matches.", length: 1...4096)
                            .required,
                    ]), count: 0...16, .map(keys: ["name"])),
            "queryParams": .list(
                "Query parameters the request must have.",
                of: .object(
                    "A query parameter.",
                    [
                        "name": KindSchema.string("Its name, exactly.", length: 1...256, pattern: headerName).required,
                        "type": matchType,
                        "value": KindSchema.string("Its value, or an expression that it matches.", length: 1...1024)
                            .required,
                    ]), count: 0...16, .map(keys: ["name"])),
            "method": .choice("The method the request must have.", methods),
        ])

    private static let matchType = KindSchema.choice(
        "Whether the value is to be the same, or to match a regular expression.", ["Exact", "RegularExpression"]
    ).defaulting(to: "Exact")

    private static let path: KindSchema = {
        let types = "['Exact','PathPrefix']"
        let schema = KindSchema.object(
            "The path the request must have.",
            [
                "type": KindSchema.choice(
                    "Exact, PathPrefix by whole segments, or RegularExpression.",
                    ["Exact", "PathPrefix", "RegularExpression"]
                ).defaulting(to: "PathPrefix"),
                "value": KindSchema.string("The path, prefix or expression.", length: 0...1024).defaulting(to: "/"),
            ]
        ).rule(
            "(self.type in \(types)) ? self.value.startsWith('/') : true",
            "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']"
        ).rule(
            "self.type in \(types) || self.type == 'RegularExpression'",
            "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']"
        ).rule(
            "(self.type in \(types)) ? "
                + #"self.value.matches(r"""^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$""") : true"#,
            "must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for "
                + "types ['Exact', 'PathPrefix']")
        let contained = ["//", "/./", "/../", "%2f", "%2F", "#"].reduce(schema) { schema, text in
            schema.rule(
                "(self.type in \(types)) ? !self.value.contains('\(text)') : true",
                "must not contain '\(text)' when type one of ['Exact', 'PathPrefix']")
        }
        return ["/..", "/."].reduce(contained) { schema, text in
            schema.rule(
                "(self.type in \(types)) ? !self.value.endsWith('\(text)') : true",
                "must not end with '\(text)' when type one of ['Exact', 'PathPrefix']")
        }
    }()
}
