import KubeAPI
import Machinery

/// The Gateway API's route of HTTP requests, with all fields of the standard channel's `v1`.
extension BundledDefinition {
    static let httpRoute = BundledDefinition(
        kind: GroupVersionKind(group: "gateway.networking.k8s.io", version: "v1", kind: "HTTPRoute"),
        plural: "httproutes", categories: ["gateway-api"], edition: 1,
        approval: "https://github.com/kubernetes-sigs/gateway-api/pull/4530",
        columns: [Column(name: "Hostnames", type: "string", path: ".spec.hostnames"), .age],
        description: """
            Says where HTTP requests go: rules that match them by host, path, header, method or query, what is changed \
            about them, and to which backends they go in which shares.
            """,
        spec: .object(
            "What is routed, and where to.",
            [
                "parentRefs": HTTPRouteSchema.parentReferences,
                "hostnames": .list(
                    "The hosts that requests must name; none given means any. A leading *. stands for any labels.",
                    of: .string(
                        "A host, without port.", length: 1...253,
                        pattern: #"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"#),
                    count: 0...16),
                "rules": KindSchema.list(
                    "The rules. Of those that match a request the most particular one decides.",
                    of: HTTPRouteSchema.rule, count: 1...16
                ).defaulting(to: [["matches": [["path": ["type": "PathPrefix", "value": "/"]]]]])
                    .rule(
                        HTTPRouteSchema.matchCount,
                        "While 16 rules and 64 matches per rule are allowed, the total number of matches across all "
                            + "rules in a route must be less than 128"),
            ]),
        status: .object(
            "What the parents say about the route.",
            [
                "parents": KindSchema.list(
                    "One entry for each parent that knows the route.",
                    of: .object(
                        "The state of the route with one parent.",
                        [
                            "parentRef": HTTPRouteSchema.parentReference.required,
                            "controllerName": KindSchema.controllerName.required,
                            "conditions": KindSchema.conditions(
                                "Accepted and ResolvedRefs, as of this parent.", count: 1...8
                            ).required,
                        ]), count: 0...32
                ).required
            ]))
}

/// The parts of an HTTPRoute's schema.
enum HTTPRouteSchema {
    static let headerName = #"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$"#
    static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]

    static let parentReference = KindSchema.object(
        "What the route is attached to: mostly a Gateway.",
        [
            "group": KindSchema.group.defaulting(to: "gateway.networking.k8s.io"),
            "kind": KindSchema.kind.defaulting(to: "Gateway"),
            "name": .objectName,
            "namespace": .namespace,
            "port": .port("The port of the parent that the route is for; all by default."),
            "sectionName": .string(
                "The section of the parent that the route is for, such as a Gateway's listener; all by default.",
                length: 1...253, pattern: KindSchema.subdomain),
        ])

    static let parentReferences = KindSchema.list(
        "What the route is attached to. Gantry's own gateway serves routes with and without parents.",
        of: parentReference, count: 0...32
    ).rule(
        "self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && "
            + "\(sameNamespace) ? ((!has(p1.sectionName) || p1.sectionName == '') == "
            + "(!has(p2.sectionName) || p2.sectionName == '')) : true))",
        "sectionName must be specified when parentRefs includes 2 or more references to the same parent"
    ).rule(
        "self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && "
            + "\(sameNamespace) && (((!has(p1.sectionName) || p1.sectionName == '') && "
            + "(!has(p2.sectionName) || p2.sectionName == '')) || (has(p1.sectionName) && has(p2.sectionName) && "
            + "p1.sectionName == p2.sectionName))))",
        "sectionName must be unique when parentRefs includes 2 or more references to the same parent")

    private static let sameNamespace =
        "(((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) "
        + "|| (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ ))"

    /// Adds the matches of each rule up.
    static let matchCount =
        (0..<16).map { "(self.size() > \($0) ? self[\($0)].matches.size() : 0)" }.joined(separator: " + ") + " <= 128"

    static let rule = KindSchema.object(
        "Which requests, what is changed about them, and where they go.",
        [
            "name": .string("A name of the rule within the route.", length: 1...253, pattern: KindSchema.subdomain),
            "matches": KindSchema.list(
                "A request matches if one of these does; none given means every request.", of: match, count: 0...64
            ).defaulting(to: [["path": ["type": "PathPrefix", "value": "/"]]]),
            "filters": filters("What is done to every request that matches."),
            "backendRefs": .list(
                "Where requests go, each backend getting a share by its weight. Without any, they are answered 500.",
                of: backend, count: 0...16),
            "timeouts": timeouts,
        ]
    ).rule(
        "(has(self.backendRefs) && size(self.backendRefs) > 0) ? "
            + "(!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true",
        "RequestRedirect filter must not be used together with backendRefs"
    ).rule(
        onePrefixMatch(for: "requestRedirect"),
        "When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified"
    ).rule(
        onePrefixMatch(for: "urlRewrite"),
        "When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified"
    ).rule(
        onePrefixMatch(within: "requestRedirect"),
        "Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix "
            + "match must be specified"
    ).rule(
        onePrefixMatch(within: "urlRewrite"),
        "Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match "
            + "must be specified")

    private static let hasNoSinglePrefix =
        "((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') "
        + "? false : true) : true"

    private static func replacesPrefix(_ field: String) -> String {
        "has(f.\(field)) && has(f.\(field).path) && f.\(field).path.type == 'ReplacePrefixMatch' && "
            + "has(f.\(field).path.replacePrefixMatch)"
    }

    private static func onePrefixMatch(for field: String) -> String {
        "(has(self.filters) && self.filters.exists_one(f, \(replacesPrefix(field)))) ? \(hasNoSinglePrefix)"
    }

    private static func onePrefixMatch(within field: String) -> String {
        "(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && "
            + "b.filters.exists_one(f, \(replacesPrefix(field)))) )) ? \(hasNoSinglePrefix)"
    }

    private static let backend = backendReference(
        [
            "weight": KindSchema.integer(
                "The backend's share of the requests: its weight out of the sum of all. Zero means none.", 0...1_000_000
            ).defaulting(to: 1),
            "filters": filters("What is done to the requests that go to this backend."),
        ])

    /// A reference to a Service or another backend, with more fields where it stands among several.
    static func backendReference(_ more: KeyValuePairs<String, KindSchema> = [:]) -> KindSchema {
        KindSchema.object(
            "A backend: a Service, or an InferencePool.",
            [
                "group": KindSchema.group.defaulting(to: ""),
                "kind": KindSchema.kind.defaulting(to: "Service"),
                "name": .objectName,
                "namespace": .namespace,
                "port": .port("The port of a Service; InferencePools know their own."),
            ]
        ).adding(more).rule(
            "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
            "Must have port for Service reference")
    }

    private static let timeouts = KindSchema.object(
        "How long things may take.",
        [
            "request": timeout("The whole of a request at the gateway, its answer included; 0s means no limit."),
            "backendRequest": timeout("One attempt of the gateway at a backend."),
        ]
    ).rule(
        "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && "
            + "duration(self.backendRequest) > duration(self.request))",
        "backendRequest timeout cannot be longer than request timeout")

    private static func timeout(_ description: String) -> KindSchema {
        .string(description, pattern: "^([0-9]{1,5}(h|m|s|ms)){1,4}$")
    }
}
