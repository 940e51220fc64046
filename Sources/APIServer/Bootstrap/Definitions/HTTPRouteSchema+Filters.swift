/// What an HTTPRoute does to requests and answers.
extension HTTPRouteSchema {
    static func filters(_ description: String) -> KindSchema {
        let once = ["CORS", "RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "URLRewrite"]
        let list = KindSchema.list(description, of: filter, count: 0...16).rule(
            "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
            "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both")
        return once.reduce(list) { list, type in
            list.rule("self.filter(f, f.type == '\(type)').size() <= 1", "\(type) filter cannot be repeated")
        }
    }

    /// The types of filters, and the field of each.
    private static let kinds = [
        ("CORS", "cors"), ("RequestHeaderModifier", "requestHeaderModifier"),
        ("ResponseHeaderModifier", "responseHeaderModifier"), ("RequestMirror", "requestMirror"),
        ("RequestRedirect", "requestRedirect"), ("URLRewrite", "urlRewrite"), ("ExtensionRef", "extensionRef"),
    ]

    private static let filter: KindSchema = {
        let schema = KindSchema.object(
            "One thing that is done to a request or its answer.",
            [
                "type": KindSchema.choice("Which; the field of that name says how.", kinds.map(\.0)).required,
                "requestHeaderModifier": headers("Changes the request's headers."),
                "responseHeaderModifier": headers("Changes the answer's headers."),
                "requestMirror": mirror, "requestRedirect": redirect, "urlRewrite": rewrite, "cors": cors,
                "extensionRef": .object(
                    "A filter of the gateway's own, in the route's namespace.",
                    [
                        "group": KindSchema.group.required, "kind": KindSchema.kind.required, "name": .objectName,
                    ]),
            ])
        return kinds.reduce(schema) { schema, kind in
            schema.rule(
                "!(has(self.\(kind.1)) && self.type != '\(kind.0)')",
                "filter.\(kind.1) must be nil if the filter.type is not \(kind.0)"
            ).rule(
                "!(!has(self.\(kind.1)) && self.type == '\(kind.0)')",
                "filter.\(kind.1) must be specified for \(kind.0) filter.type")
        }
    }()

    private static func headers(_ description: String) -> KindSchema {
        let header = KindSchema.object(
            "A header.",
            [
                "name": KindSchema.string("Its name, in any case.", length: 1...256, pattern: headerName).required,
                "value": KindSchema.string("Its value.", length: 1...4096).required,
            ])
        return .object(
            description,
            [
                "set": .list(
                    "Headers that replace those of the same name.", of: header, count: 0...16, .map(keys: ["name"])),
                "add": .list(
                    "Headers that join those of the same name.", of: header, count: 0...16, .map(keys: ["name"])),
                "remove": .list("Names of headers that go.", of: .string(""), count: 0...16, .set),
            ])
    }

    private static let mirror = KindSchema.object(
        "Sends a copy of the request to another backend too, whose answer nobody sees.",
        [
            "backendRef": backendReference().required,
            "percent": .integer("How many of a hundred requests.", 0...100),
            "fraction": KindSchema.object(
                "How many of the requests, as a fraction.",
                [
                    "numerator": KindSchema.integer("Above the line.", 0...Int.max).required,
                    "denominator": KindSchema.integer("Below the line.", 1...Int.max).defaulting(to: 100),
                ]
            ).rule("self.numerator <= self.denominator", "numerator must be less than or equal to denominator"),
        ]
    ).rule(
        "!(has(self.percent) && has(self.fraction))",
        "Only one of percent or fraction may be specified in HTTPRequestMirrorFilter")

    private static let hostname = KindSchema.string(
        "The host to put in place of the request's.", length: 1...253, pattern: KindSchema.subdomain)

    private static let replacedPath: KindSchema = {
        let schema = KindSchema.object(
            "What becomes of the path.",
            [
                "type": KindSchema.choice(
                    "Whether the whole path is replaced or the prefix that matched.",
                    ["ReplaceFullPath", "ReplacePrefixMatch"]
                ).required,
                "replaceFullPath": .string("The new path.", length: 0...1024),
                "replacePrefixMatch": .string("The new prefix.", length: 0...1024),
            ])
        return [("ReplaceFullPath", "replaceFullPath"), ("ReplacePrefixMatch", "replacePrefixMatch")].reduce(schema) {
            schema, pair in
            schema.rule(
                "self.type == '\(pair.0)' ? has(self.\(pair.1)) : true",
                "\(pair.1) must be specified when type is set to '\(pair.0)'"
            ).rule(
                "has(self.\(pair.1)) ? self.type == '\(pair.0)' : true",
                "type must be '\(pair.0)' when \(pair.1) is set")
        }
    }()

    private static let redirect = KindSchema.object(
        "Answers with a redirection.",
        [
            "scheme": .choice("The scheme of where to go; the request's by default.", ["http", "https"]),
            "hostname": hostname, "path": replacedPath,
            "port": .port("The port of where to go; that of the scheme, or the listener's, by default."),
            "statusCode": KindSchema.choice("The status of the answer.", [301, 302, 303, 307, 308])
                .defaulting(to: 302),
        ])

    private static let rewrite = KindSchema.object(
        "Changes where the request seems to be going.", ["hostname": hostname, "path": replacedPath])

    private static let cors = KindSchema.object(
        "Says which pages of other origins may read the answers.",
        [
            "allowOrigins": KindSchema.list(
                "Origins that may; * alone for all.",
                of: .string(
                    "", length: 1...253,
                    pattern:
                        #"(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)"#
                ), count: 0...64, .set
            ).rule(alone, "AllowOrigins cannot contain '*' alongside other origins"),
            "allowCredentials": .boolean("Whether requests may carry cookies and the like."),
            "allowMethods": KindSchema.list(
                "Methods that may be used; * alone for all.", of: .choice("", methods + ["*"]), count: 0...9, .set
            ).rule(alone, "AllowMethods cannot contain '*' alongside other methods"),
            "allowHeaders": KindSchema.list(
                "Headers that may be sent; * alone for all.",
                of: .string("", length: 1...256, pattern: headerName), count: 0...64, .set
            ).rule(alone, "AllowHeaders cannot contain '*' alongside other methods"),
            "exposeHeaders": .list(
                "Headers of answers that pages may read.",
                of: .string("", length: 1...256, pattern: headerName), count: 0...64, .set),
            "maxAge": KindSchema.integer("How many seconds this may be remembered.", 1...Int.max).defaulting(to: 5),
        ])

    private static let alone = "!('*' in self && self.size() > 1)"
}
